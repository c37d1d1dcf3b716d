namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>Makes hostile frames of good ones: some are broken text, some are JSON that no server should send.</summary>
/// <param name="random">Where the choices come from.</param>
internal sealed class FrameMutator(Random random)
{
    private const int MostMutations = 4;

    private readonly ByteMutations _bytes = new(random);
    private readonly JsonMutations _json = new(random);

    /// <summary>Mutates a frame once or several times.</summary>
    /// <param name="frame">A good frame.</param>
    public byte[] Mutate(byte[] frame)
    {
        byte[] mutated = frame;
        for (int left = 1 + random.Next(MostMutations); left > 0; left--)
        {
            // Text that is no JSON any more can only be mutated as bytes.
            mutated = (random.Next(3) > 0 ? _json.Mutate(mutated) : null) ?? _bytes.Mutate(mutated);
        }

        return mutated;
    }
}

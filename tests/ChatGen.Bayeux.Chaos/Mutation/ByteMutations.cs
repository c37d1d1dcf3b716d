namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>Mutations that know nothing of JSON.</summary>
internal sealed class ByteMutations(Random random)
{
    public byte[] Mutate(byte[] frame)
    {
        int at = random.Next(frame.Length + 1);
        int end = Math.Min(frame.Length, at + random.Next(1, 24));
        return random.Next(8) switch
        {
            0 => frame[..at],
            1 => frame[at..],
            2 => [.. frame[..at], .. frame[end..]],
            3 => [.. frame[..end], .. frame[at..]],
            4 => [.. frame[..at], .. Pick(Hostile.Bytes), .. frame[at..]],
            5 => [.. frame[..at], .. Pick(Hostile.Bytes), .. frame[end..]],
            6 => [.. frame[..at], .. Tail(Pick(FrameSeeds.All))],
            _ => Flip(frame),
        };
    }

    private byte[] Flip(byte[] frame)
    {
        byte[] flipped = [.. frame];
        if (flipped.Length > 0)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private byte[] Tail(byte[] frame) => frame[random.Next(frame.Length + 1)..];

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}

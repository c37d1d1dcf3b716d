namespace ChatGen.Differential.Generation;

/// <summary>Where a subschema stands, which decides what it may refer to.</summary>
/// <param name="Depth">How many more levels of subschemas there may be.</param>
/// <param name="FirstDefinition">The first definition that a reference may lead to while the instance is still the same: a schema that applies itself to the same value has no verdict.</param>
/// <param name="HasDescended">Whether the instance is a part of what the enclosing definition was applied to, so that any reference ends.</param>
internal readonly record struct Place(int Depth, int FirstDefinition, bool HasDescended)
{
    /// <summary>A subschema for the same instance.</summary>
    public Place InPlace => this with { Depth = Depth - 1 };

    /// <summary>A subschema for the same instance that may not be a reference.</summary>
    public Place WithoutReferences => this with { FirstDefinition = int.MaxValue, HasDescended = false };

    /// <summary>A subschema for a part of the instance.</summary>
    public Place Below => new(Depth - 1, 0, true);
}

namespace ChatGen.Generator.Model;

/// <summary>A closed hierarchy: a value is one of the records, and the value of one member of its JSON says which.</summary>
/// <param name="Name">The name of the abstract record.</param>
/// <param name="Description">What it is.</param>
/// <param name="Discriminator">The JSON name of the member.</param>
/// <param name="Cases">The records.</param>
/// <param name="IsInput">Whether the client sends it, so that it is validated.</param>
internal sealed record UnionModel(string Name, string? Description, string Discriminator, EquatableArray<UnionCaseModel> Cases, bool IsInput)
{
    /// <summary>The entry of the schema's own validator, if one of the records has one.</summary>
    public int? JsonRules { get; init; }
}

/// <summary>A record of a hierarchy and the value that stands for it.</summary>
internal sealed record UnionCaseModel(string Record, string Value);

namespace ChatGen.Generator.Model;

/// <summary>A generated record.</summary>
internal sealed record RecordModel(
    string Name,
    string? Description,
    EquatableArray<PropertyModel> Properties,
    EquatableArray<EquatableArray<string>> Alternatives,
    bool AllowsOthers,
    bool IsInput,
    bool IsEvent) : IEquatable<RecordModel>
{
    /// <summary>The hierarchy that it belongs to.</summary>
    public string? Base { get; init; }

    /// <summary>Which members may be there together, by their C# names.</summary>
    public EquatableArray<PresenceRule> Presence { get; init; } = EquatableArray<PresenceRule>.Empty;

    /// <summary>Whether only the schema's own validator checks all that the schema demands of the record itself.</summary>
    public bool NeedsJsonRules { get; init; }

    /// <summary>The entry of that validator for the record, which a record that holds such records has too; <see langword="null"/> if no rule is missing in either.</summary>
    public int? JsonRules { get; init; }

    /// <summary>The subschema of the usage rules that the record's values are checked against; <see langword="null"/> if they are not.</summary>
    public int? Subschema { get; init; }

    /// <summary>The definition that the record is made of; <see langword="null"/> if it is made of an inner schema.</summary>
    public string? Definition { get; init; }

    /// <summary>Why the record should not be used any more; <see langword="null"/> if it may be.</summary>
    public string? Obsolete { get; init; }
}

/// <summary>A generated enumeration of strings: closed for what the client sends, open for what a backend sends.</summary>
internal sealed record EnumModel(string Name, string? Description, EquatableArray<EnumValueModel> Values, bool IsOpen);

/// <summary>A value of an enumeration.</summary>
internal sealed record EnumValueModel(string Json, string Name);

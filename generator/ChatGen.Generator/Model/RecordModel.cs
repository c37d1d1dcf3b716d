namespace ChatGen.Generator.Model;

/// <summary>A generated record.</summary>
internal sealed record RecordModel(
    string Name,
    string? Description,
    EquatableArray<PropertyModel> Properties,
    EquatableArray<EquatableArray<string>> Alternatives,
    bool AllowsOthers,
    bool IsInput,
    bool IsEvent) : IEquatable<RecordModel>;

/// <summary>A generated enumeration of strings: closed for what the client sends, open for what a backend sends.</summary>
internal sealed record EnumModel(string Name, string? Description, EquatableArray<EnumValueModel> Values, bool IsOpen);

/// <summary>A value of an enumeration.</summary>
internal sealed record EnumValueModel(string Json, string Name);

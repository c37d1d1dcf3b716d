namespace ChatGen.Generator.Model;

/// <summary>The C# type of a value.</summary>
internal abstract record TypeModel
{
    /// <summary>Whether a value is never <c>null</c> by its C# type.</summary>
    public bool IsValueType => this is EnumType or BuiltInType
    {
        Kind: BuiltInKind.Boolean or BuiltInKind.Int32 or BuiltInKind.Int64 or BuiltInKind.Double or BuiltInKind.Decimal or BuiltInKind.DateTimeOffset
            or BuiltInKind.Guid or BuiltInKind.Seconds or BuiltInKind.Milliseconds or BuiltInKind.ErrorCode
    };
}

/// <summary>A type that the runtime or the framework has.</summary>
internal sealed record BuiltInType(BuiltInKind Kind) : TypeModel
{
    public bool IsNumber => Kind is BuiltInKind.Int32 or BuiltInKind.Int64 or BuiltInKind.Double or BuiltInKind.Decimal or BuiltInKind.Seconds or BuiltInKind.Milliseconds;
}

/// <summary>An item of a list or a value of a dictionary that may be <c>null</c>.</summary>
internal sealed record NullableType(TypeModel Item) : TypeModel;

/// <summary>A generated record, or the abstract one of a hierarchy.</summary>
internal sealed record RecordType(string Name) : TypeModel;

/// <summary>A generated enumeration.</summary>
internal sealed record EnumType(string Name, bool IsOpen) : TypeModel;

/// <summary>A list.</summary>
internal sealed record ListType(TypeModel Item) : TypeModel;

/// <summary>A dictionary by string.</summary>
internal sealed record DictionaryType(TypeModel Value) : TypeModel;

/// <summary>A type that the runtime or the framework has.</summary>
internal enum BuiltInKind
{
    String,
    Boolean,
    Int32,
    Int64,
    Double,
    Decimal,
    Uri,
    DateTimeOffset,
    Guid,
    Seconds,
    Milliseconds,
    JsonObject,
    JsonNode,
    ErrorCode,
    ChatEvent,
    Transport,
    StateStorage,
    Logger,
    ChatFile,
}

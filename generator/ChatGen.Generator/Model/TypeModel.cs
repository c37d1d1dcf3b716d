namespace ChatGen.Generator.Model;

/// <summary>The C# type of a value.</summary>
internal abstract record TypeModel;

/// <summary>A type that the runtime or the framework has.</summary>
internal sealed record BuiltInType(BuiltInKind Kind) : TypeModel;

/// <summary>A generated record.</summary>
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
}

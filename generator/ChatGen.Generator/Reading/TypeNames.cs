using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>Names of the types that are generated into a schema's namespace.</summary>
internal static class TypeNames
{
    /// <summary>The constants within the class of error codes. No code may have this name.</summary>
    public const string ErrorValues = "Values";

    /// <summary>Those that every schema has.</summary>
    public static IReadOnlyList<string> Fixed { get; } = ["ChatClient", "ChatSession", "ChatSessionPromise", "ChatSchema", "ChatJsonContext", "ChatJsonRules", "RestTransport"];

    /// <summary>Members that every record has.</summary>
    public static IReadOnlyList<string> Members { get; } =
    [
        "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "Finalize", "ReferenceEquals", "PrintMembers", "EqualityContract", "Validate", "Clone",
        "Parse", "TryParse",
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Of(ChatSchemaModel model) =>
    [
        .. Fixed,
        model.Errors.Name,
        .. model.Records.Select(record => record.Name),
        .. model.Records.Select(record => record.Name + "JsonConverter"),
        .. model.Unions.Select(union => union.Name),
        .. model.Unions.Select(union => union.Name + "JsonConverter"),
        .. model.Enums.Select(type => type.Name),
        .. model.Enums.Select(type => type.Name + "Json"),
        .. model.Rest is { } rest ? new[] { rest.Interface } : [],
    ];
}

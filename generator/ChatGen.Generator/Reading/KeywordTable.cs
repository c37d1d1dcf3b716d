using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Generator.Reading;

/// <summary>Every keyword of both drafts and of our own, and how it is dealt with in a schema of a value.</summary>
internal static class KeywordTable
{
    /// <summary>The keywords that both drafts have, besides those that are annotations.</summary>
    private static readonly string[] s_common =
    [
        "$schema", "$id", "$ref", "type", "enum", "const", "format",
        "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern",
        "items", "contains", "minItems", "maxItems", "uniqueItems",
        "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties", "maxProperties",
        "dependencies", "definitions", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "default", "readOnly", "writeOnly",
    ];

    private static readonly string[] s_ours =
    [
        "x-chat-service", "x-chat-client", "x-chat-unit", "x-chat-ignored-with", "x-chat-mandatory-when", "x-chat-empty-as-default",
        "x-chat-codes", "x-chat-ranges", "x-chat-any-event", "x-chat-name", "x-chat-enum-names", "x-chat-number", "x-chat-deprecated", "x-chat-file",
    ];

    private static readonly Dictionary<string, KeywordClass> s_draft7 = Build(
        implemented: ["additionalItems"],
        annotations: [],
        refused: ["contentEncoding", "contentMediaType"]);

    private static readonly Dictionary<string, KeywordClass> s_draft202012 = Build(
        implemented:
        [
            "$defs", "$anchor", "$dynamicRef", "$dynamicAnchor", "prefixItems", "minContains", "maxContains", "dependentRequired", "dependentSchemas",
            "unevaluatedItems", "unevaluatedProperties", "deprecated",
        ],
        annotations: ["contentEncoding", "contentMediaType", "contentSchema"],
        refused: ["$vocabulary", "$recursiveRef", "$recursiveAnchor"]);

    /// <summary>How a keyword is dealt with; <see langword="null"/> if no draft and nobody of ours knows it.</summary>
    public static KeywordClass? Find(JsonSchemaDialect dialect, string keyword) =>
        Of(dialect).TryGetValue(keyword, out KeywordClass found) ? found
        : Of(dialect == JsonSchemaDialect.Draft7 ? JsonSchemaDialect.Draft202012 : JsonSchemaDialect.Draft7).ContainsKey(keyword)
            || keyword is "$recursiveRef" or "$recursiveAnchor" or "id" or "divisibleBy" or "disallow" or "extends" or "nullable" ? KeywordClass.OtherDraft
        : null;

    /// <summary>Every keyword with its class.</summary>
    public static IEnumerable<KeyValuePair<string, KeywordClass>> All(JsonSchemaDialect dialect) => Of(dialect);

    /// <summary>The keywords that may be used.</summary>
    public static IEnumerable<string> Known(JsonSchemaDialect dialect) =>
        Of(dialect).Where(pair => pair.Value is KeywordClass.Implemented or KeywordClass.Annotation).Select(pair => pair.Key);

    /// <summary>Whether a keyword demands nothing of a value: an annotation, a name of the schema, one of ours, or none at all.</summary>
    public static bool SaysNothingOfValues(JsonSchemaDialect dialect, string keyword) => Find(dialect, keyword) switch
    {
        KeywordClass.Annotation or null => true,
        KeywordClass.Implemented => keyword.StartsWith("x-", StringComparison.Ordinal)
            || keyword is "$schema" or "$id" or "$anchor" or "$dynamicAnchor" or "$defs" or "definitions" or "default" or "deprecated" or "readOnly" or "writeOnly",
        _ => false,
    };

    /// <summary>What to use for a keyword of another draft, as the end of a sentence.</summary>
    public static string Instead(string keyword) => keyword switch
    {
        "$defs" => "; use 'definitions'",
        "deprecated" => "; use 'x-chat-deprecated'",
        "prefixItems" => "; use an array as 'items'",
        "additionalItems" => "; use 'prefixItems' and 'items'",
        "dependentRequired" or "dependentSchemas" => "; use 'dependencies'",
        "$anchor" or "id" => "; use '$id'",
        "nullable" => "; use 'type' with 'null' among its names",
        _ => "",
    };

    private static Dictionary<string, KeywordClass> Of(JsonSchemaDialect dialect) => dialect == JsonSchemaDialect.Draft7 ? s_draft7 : s_draft202012;

    private static Dictionary<string, KeywordClass> Build(string[] implemented, string[] annotations, string[] refused)
    {
        var table = new Dictionary<string, KeywordClass>(StringComparer.Ordinal);
        Add(KeywordClass.Implemented, [.. s_common, .. s_ours, .. implemented]);
        Add(KeywordClass.Annotation, ["$comment", "title", "description", "examples", .. annotations]);
        Add(KeywordClass.Refused, refused);
        return table;

        void Add(KeywordClass keywordClass, string[] keywords)
        {
            foreach (string keyword in keywords)
            {
                table.Add(keyword, keywordClass);
            }
        }
    }
}

namespace ChatGen.Generator.Reading;

/// <summary>How a keyword is dealt with.</summary>
internal enum KeywordClass
{
    /// <summary>It takes effect.</summary>
    Implemented,

    /// <summary>It has no effect by its own definition.</summary>
    Annotation,

    /// <summary>It would have to take effect and does not yet: an error.</summary>
    Refused,

    /// <summary>It belongs to another draft: an error, since ignoring it would accept what its author meant to reject.</summary>
    OtherDraft,
}

/// <summary>Every keyword of draft-07 and of our own, and how it is dealt with in a schema of a value.</summary>
internal static class KeywordTable
{
    private static readonly Dictionary<string, KeywordClass> s_keywords = Build();

    public static IEnumerable<string> Known => s_keywords.Where(pair => pair.Value is KeywordClass.Implemented or KeywordClass.Annotation).Select(pair => pair.Key);

    public static KeywordClass? Find(string keyword) => s_keywords.TryGetValue(keyword, out KeywordClass found) ? found : null;

    private static Dictionary<string, KeywordClass> Build()
    {
        var table = new Dictionary<string, KeywordClass>(StringComparer.Ordinal);
        Add(KeywordClass.Implemented,
            "$ref", "type", "enum", "default", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
            "minLength", "maxLength", "pattern", "minItems", "maxItems", "items", "properties", "required", "additionalProperties", "anyOf",
            "x-chat-service", "x-chat-client", "x-chat-unit", "x-chat-ignored-with", "x-chat-mandatory-when", "x-chat-empty-as-default",
            "x-chat-codes", "x-chat-ranges", "x-chat-any-event", "x-chat-name", "x-chat-enum-names");
        Add(KeywordClass.Annotation, "$comment", "title", "description", "examples", "readOnly", "writeOnly");
        Add(KeywordClass.Refused,
            "$id", "definitions", "const", "multipleOf", "uniqueItems", "contains", "additionalItems", "minProperties", "maxProperties",
            "patternProperties", "dependencies", "propertyNames", "if", "then", "else", "allOf", "oneOf", "not", "contentEncoding", "contentMediaType");
        Add(KeywordClass.OtherDraft,
            "$defs", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary", "prefixItems", "minContains",
            "maxContains", "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems", "contentSchema", "deprecated",
            "id", "divisibleBy", "disallow", "extends", "nullable");
        return table;

        void Add(KeywordClass keywordClass, params string[] keywords)
        {
            foreach (string keyword in keywords)
            {
                table.Add(keyword, keywordClass);
            }
        }
    }
}

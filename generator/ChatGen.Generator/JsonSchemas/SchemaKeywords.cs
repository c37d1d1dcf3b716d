using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Where subschemas stand.</summary>
internal static class SchemaKeywords
{
    /// <summary>Whether <c>$ref</c> makes all other keywords beside it mean nothing (draft-07, JSON Schema Core, section 8.3).</summary>
    public static bool HidesSiblings(JsonObjectNode schema, JsonSchemaDialect? dialect) => dialect == JsonSchemaDialect.Draft7 && schema["$ref"] is not null;

    /// <summary>The subschemas that a keyword holds. A value that no schema can be is left to the reader to complain about.</summary>
    public static IEnumerable<JsonNode> SubschemasOf(JsonMember member, JsonSchemaDialect dialect) =>
        Candidates(member, dialect == JsonSchemaDialect.Draft7).Where(node => node is JsonObjectNode or JsonBooleanNode);

    private static IEnumerable<JsonNode> Candidates(JsonMember member, bool isDraft7)
    {
        switch (member.Name)
        {
            case "additionalProperties" or "propertyNames" or "contains" or "not" or "if" or "then" or "else":
            case "additionalItems" when isDraft7:
            case "unevaluatedProperties" or "unevaluatedItems" or "contentSchema" when !isDraft7:
            case "items" when member.Value is not JsonArrayNode:
                return [member.Value];
            case "allOf" or "anyOf" or "oneOf":
            case "items" when isDraft7:
            case "prefixItems" when !isDraft7:
                return member.Value is JsonArrayNode array ? array.Items : [];
            case "properties" or "patternProperties" or "definitions" or "dependencies":
            case "$defs" or "dependentSchemas" when !isDraft7:
                return member.Value is JsonObjectNode map ? map.Members.Select(entry => entry.Value) : [];
            default:
                return [];
        }
    }
}

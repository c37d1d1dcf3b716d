using System.Text.Json.Nodes;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Comparison;

/// <summary>A keyword in the schemas of a document, apart from members of instances and of maps that have its name.</summary>
internal static class SchemaKeyword
{
    private static readonly string[] s_common =
    [
        "$ref", "type", "enum", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern", "format",
        "items", "contains", "minItems", "maxItems", "uniqueItems", "properties", "patternProperties", "additionalProperties", "propertyNames", "required",
        "minProperties", "maxProperties", "dependencies", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
    ];

    private static readonly string[] s_maps = ["properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas"];
    private static readonly string[] s_values = ["const", "enum"];

    /// <summary>The keywords that a verdict may depend on.</summary>
    public static IEnumerable<string> All(JsonSchemaDialect dialect) => dialect == JsonSchemaDialect.Draft7
        ? [.. s_common, "additionalItems"]
        : [.. s_common, "prefixItems", "minContains", "maxContains", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties", "$dynamicRef"];

    /// <summary>The document without a keyword; null if it does not have it.</summary>
    public static string? Remove(string schema, string keyword)
    {
        JsonNode root = JsonNode.Parse(schema)!;
        return Rename(root, keyword, null) ? root.ToJsonString() : null;
    }

    /// <summary>The document with another keyword in place of one.</summary>
    public static string Replace(string schema, string keyword, string replacement)
    {
        JsonNode root = JsonNode.Parse(schema)!;
        Rename(root, keyword, replacement);
        return root.ToJsonString();
    }

    private static bool Rename(JsonNode? node, string keyword, string? replacement)
    {
        if (node is JsonArray schemas)
        {
            return RenameAll(schemas, keyword, replacement);
        }

        if (node is not JsonObject schema)
        {
            return false;
        }

        bool isFound = schema.Remove(keyword, out JsonNode? value);
        if (isFound && replacement is not null)
        {
            schema[replacement] = value;
        }

        foreach (KeyValuePair<string, JsonNode?> member in schema.Where(member => !s_values.Contains(member.Key)))
        {
            IEnumerable<JsonNode?> subschemas = s_maps.Contains(member.Key) && member.Value is JsonObject map ? map.Select(entry => entry.Value) : [member.Value];
            isFound |= RenameAll(subschemas, keyword, replacement);
        }

        return isFound;
    }

    private static bool RenameAll(IEnumerable<JsonNode?> nodes, string keyword, string? replacement) =>
        nodes.Aggregate(false, (isFound, node) => Rename(node, keyword, replacement) || isFound);
}

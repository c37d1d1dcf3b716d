using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>A schema resource (JSON Schema Core 2020-12, section 4.3.5): a schema with a URI of its own, up to the resources embedded in it.</summary>
internal sealed class SchemaResource(string uri, JsonNode root, JsonSchemaDialect? dialect)
{
    /// <summary>Its absolute URI without a fragment, which relative references start from.</summary>
    public string Uri { get; } = uri;

    public JsonNode Root { get; } = root;

    /// <summary>Null for a meta-schema that is not known.</summary>
    public JsonSchemaDialect? Dialect { get; } = dialect;

    /// <summary>What plain-name fragments lead to, dynamic ones among them.</summary>
    public Dictionary<string, JsonNode> Anchors { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, JsonNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

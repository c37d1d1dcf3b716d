using NJsonSchema;

namespace ChatGen.Generator.Documents;

/// <summary>NJsonSchema's object model of a document, filled from the positioned tree; every schema in it knows its node.</summary>
internal sealed class SchemaObjectModel
{
    private readonly Dictionary<JsonSchema, JsonNode> _nodes = [];
    private readonly Dictionary<string, JsonSchema> _definitions = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Names of the definitions, in the document's order.</summary>
    public IReadOnlyList<string> Names => _names;

    public JsonSchema? Find(string definition) => _definitions.TryGetValue(definition, out JsonSchema? schema) ? schema : null;

    public JsonNode NodeOf(JsonSchema schema) => _nodes[schema];

    /// <summary>The name of the definition that a schema refers to; <see langword="null"/> if it refers to none.</summary>
    public string? ReferenceOf(JsonSchema schema) =>
        schema.Reference is { } target ? _names.First(name => ReferenceEquals(_definitions[name], target)) : null;

    public void Define(string name, JsonSchema schema, JsonNode node)
    {
        _names.Add(name);
        _definitions.Add(name, schema);
        _nodes.Add(schema, node);
    }

    public void Add(JsonSchema schema, JsonNode node) => _nodes.Add(schema, node);
}

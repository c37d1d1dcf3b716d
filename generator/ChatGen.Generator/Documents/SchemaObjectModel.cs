using NJsonSchema;

namespace ChatGen.Generator.Documents;

/// <summary>NJsonSchema's object model of a document, filled from the positioned tree; every schema in it knows its node.</summary>
internal sealed class SchemaObjectModel
{
    private readonly Dictionary<JsonSchema, JsonNode> _nodes = [];
    private readonly Dictionary<string, JsonSchema> _definitions = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly Dictionary<JsonSchema, string> _namesBySchema = [];

    /// <summary>Names of the definitions, in the document's order.</summary>
    public IReadOnlyList<string> Names => _names;

    public JsonSchema? Find(string definition) => _definitions.TryGetValue(definition, out JsonSchema? schema) ? schema : null;

    public JsonNode NodeOf(JsonSchema schema) => _nodes[schema];

    /// <summary>The name of a definition.</summary>
    public string NameOf(JsonSchema definition) => _namesBySchema[definition];

    public void Define(string name, JsonSchema schema, JsonNode node)
    {
        _names.Add(name);
        _definitions.Add(name, schema);
        _namesBySchema.Add(schema, name);
        _nodes.Add(schema, node);
    }

    public void Add(JsonSchema schema, JsonNode node) => _nodes.Add(schema, node);
}

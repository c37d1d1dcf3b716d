using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Reading;
using NJsonSchema;

namespace ChatGen.Generator.Documents;

/// <summary>NJsonSchema's object model of a document, filled from the positioned tree; every schema in it knows its node.</summary>
internal sealed class SchemaObjectModel
{
    private readonly Dictionary<JsonSchema, JsonNode> _nodes = [];
    private readonly Dictionary<JsonNode, JsonSchemaProperty> _schemas = [];
    private readonly Dictionary<string, JsonSchema> _definitions = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly Dictionary<JsonSchema, string> _namesBySchema = [];

    public SchemaObjectModel(JsonSchemaDialect dialect)
    {
        Dialect = dialect;
        Applied = new AppliedParts(this);
    }

    public JsonSchemaDialect Dialect { get; }

    /// <summary>Names of the definitions, in the document's order.</summary>
    public IReadOnlyList<string> Names => _names;

    public JsonSchema? Find(string definition) => _definitions.TryGetValue(definition, out JsonSchema? schema) ? schema : null;

    public JsonNode NodeOf(JsonSchema schema) => _nodes[schema];

    /// <summary>The schema that a node was read as, if it was.</summary>
    public JsonSchemaProperty? SchemaOf(JsonNode node) => _schemas.TryGetValue(node, out JsonSchemaProperty? schema) ? schema : null;

    /// <summary>Whether a schema is a definition of the document itself.</summary>
    public bool IsDefinition(JsonSchema schema) => _namesBySchema.TryGetValue(schema, out string? name) && _definitions.TryGetValue(name, out JsonSchema? own) && own == schema;

    /// <summary>Whether a reference leads to a schema, so that it has a name.</summary>
    public bool IsReferred(JsonSchema schema) => _namesBySchema.ContainsKey(schema);

    /// <summary>What schemas stand for, as far as it was asked.</summary>
    public Dictionary<JsonSchema, Alias> Aliases { get; } = [];

    /// <summary>What schemas apply in place, as far as it was asked.</summary>
    public AppliedParts Applied { get; }

    /// <summary>The name of a definition, or that by which a reference leads elsewhere.</summary>
    public string NameOf(JsonSchema schema) => _namesBySchema[schema];

    public void Define(string name, JsonSchemaProperty schema, JsonNode node)
    {
        _names.Add(name);
        _definitions.Add(name, schema);
        _namesBySchema.Add(schema, name);
        Add(schema, node);
    }

    /// <summary>Names a schema that is no definition after the first reference that leads to it.</summary>
    public void Refer(string name, JsonSchema schema)
    {
        if (!_namesBySchema.ContainsKey(schema))
        {
            _namesBySchema.Add(schema, name);
        }
    }

    public void Add(JsonSchemaProperty schema, JsonNode node)
    {
        _nodes.Add(schema, node);
        _schemas.Add(node, schema);
    }
}

using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>Several schemas of one document as roots of a model.</summary>
public class JsonValidatorRootsTests
{
    [Fact]
    public void Only_what_roots_reach_is_read()
    {
        JsonSchemaModel model = Read("""{ "definitions": { "a": { "$ref": "#/definitions/b" }, "b": { "type": "null" }, "c": { "type": "strnig" } } }""", ["definitions.b", "definitions.a"])!;

        Assert.Equal([0, 1], model.Roots);
        Assert.Equal(2, model.Subschemas.Count);
        Assert.Equal(JsonTypes.Null, model.Subschemas[0].Types);
        Assert.Equal([new NamedSubschema("$ref", 0)], model.Subschemas[1].References);
    }

    [Fact]
    public void A_root_may_be_asked_for_twice() => Assert.Equal([0, 0], Read("""{ "definitions": { "a": true } }""", ["definitions.a", "definitions.a"])!.Roots);

    [Fact]
    public void A_root_may_stand_where_no_keyword_makes_it_a_schema() =>
        Assert.Equal([0], Read("""{ "x-types": { "$id": "ignored", "a": { "$ref": "#/x-types/b" }, "b": true } }""", ["x-types.a"])!.Roots);

    [Fact]
    public void An_identifier_around_a_root_counts_wherever_the_root_stands()
    {
        const string Schema = """{ "definitions": { "inner": { "$id": "https://example.com/inner", "x-types": { "a": { "$ref": "#/definitions/b" } }, "definitions": { "b": { "type": "null" } } } } }""";

        JsonSchemaModel model = Read(Schema, ["definitions.inner.x-types.a"])!;

        Assert.Equal(JsonTypes.Null, model.Subschemas[1].Types);
    }

    [Theory]
    [InlineData("""{ "definitions": { "a": 7 } }""", "CHAT1006")]
    [InlineData("""{ "definitions": { "a": { "$ref": "#/definitions/none" } } }""", "CHAT1007")]
    public void A_root_that_is_no_schema_or_refers_to_none_is_refused(string document, string id)
    {
        Assert.Null(Read(document, ["definitions.a"], out DiagnosticBag diagnostics));
        Assert.Equal(id, Assert.Single(diagnostics.Diagnostics).Descriptor.Id);
    }

    private static JsonSchemaModel? Read(string document, string[] roots) => Read(document, roots, out _);

    private static JsonSchemaModel? Read(string document, string[] roots, out DiagnosticBag diagnostics)
    {
        var source = new SchemaText("acme.schema.json", document, isBuiltIn: false);
        diagnostics = new DiagnosticBag(source);
        JsonNode root = JsonParser.Parse(source, diagnostics, out _);
        JsonNode[] nodes = [.. roots.Select(path => path.Split('.').Aggregate(root, (node, name) => ((JsonObjectNode)node)[name]!))];
        return JsonSchemaReader.Read(root, nodes, new JsonSchemaOptions(JsonSchemaDialect.Draft7, new Dictionary<string, JsonNode>()), diagnostics);
    }
}

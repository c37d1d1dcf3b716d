using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>What the emitter of JSON validators refuses. That what it emits is right is shown by ChatGen.Conformance.</summary>
public class JsonValidatorTests
{
    [Theory]
    [InlineData("CHAT1004", """{ "type": "strnig" }""")]
    [InlineData("CHAT1006", """{ "minLength": "1" }""")]
    [InlineData("CHAT1006", """{ "maxItems": 1.5 }""")]
    [InlineData("CHAT1006", """{ "maxItems": -1 }""")]
    [InlineData("CHAT1006", """{ "multipleOf": 0.0 }""")]
    [InlineData("CHAT1006", """{ "anyOf": [] }""")]
    [InlineData("CHAT1006", """{ "not": 1 }""")]
    [InlineData("CHAT1006", """{ "required": [ 1 ] }""")]
    [InlineData("CHAT1006", """{ "properties": [] }""")]
    [InlineData("CHAT1006", """{ "dependencies": { "a": 1 } }""")]
    [InlineData("CHAT1007", """{ "$ref": "#/definitions/missing" }""")]
    [InlineData("CHAT1007", """{ "$ref": "#missing" }""")]
    [InlineData("CHAT1007", """{ "$ref": "#/type", "type": "object" }""")]
    [InlineData("CHAT1008", """{ "$ref": "https://example.com/party.json" }""")]
    [InlineData("CHAT1008", """{ "$ref": "party.json" }""")]
    [InlineData("CHAT1021", """{ "$schema": "https://example.com/meta" }""")]
    [InlineData("CHAT1021", """{ "$schema": 7 }""")]
    [InlineData("CHAT1018", """{ "pattern": "(?<=a)b\\1" }""")]
    [InlineData("CHAT1018", """{ "patternProperties": { "(": true } }""")]
    [InlineData("CHAT1023", """{ "format": "idn-hostname" }""")]
    [InlineData("CHAT1024", """{ "contentEncoding": "base64" }""")]
    [InlineData("CHAT1025", """{ "definitions": { "a": { "$id": "#x" }, "b": { "$id": "#x" } } }""")]
    [InlineData("CHAT1025", """{ "definitions": { "a": { "$id": "x" }, "b": { "$id": "x" } } }""")]
    [InlineData("CHAT1027", """{ "$ref": "#" }""")]
    [InlineData("CHAT1027", """{ "definitions": { "a": { "not": { "$ref": "#/definitions/b" } }, "b": { "if": { "$ref": "#/definitions/a" }, "else": false } }, "allOf": [ { "$ref": "#/definitions/a" } ] }""")]
    [InlineData("CHAT1027", """{ "dependencies": { "a": { "$ref": "#" } } }""")]
    public void A_schema_of_draft_07_that_cannot_be_validated_exactly_is_refused(string id, string schema) =>
        Assert.Equal([id], Refusals(schema, JsonSchemaDialect.Draft7));

    [Theory]
    [InlineData("CHAT1006", """{ "$id": "https://example.com/x#y" }""")]
    [InlineData("CHAT1006", """{ "items": [ true ] }""")]
    [InlineData("CHAT1006", """{ "dependentRequired": { "a": {} } }""")]
    [InlineData("CHAT1006", """{ "minContains": "1" }""")]
    [InlineData("CHAT1007", """{ "$dynamicRef": "#missing" }""")]
    [InlineData("CHAT1008", """{ "$dynamicRef": "other.json#missing" }""")]
    [InlineData("CHAT1025", """{ "$defs": { "a": { "$anchor": "x" }, "b": { "$dynamicAnchor": "x" } } }""")]
    [InlineData("CHAT1027", """{ "$dynamicAnchor": "a", "$dynamicRef": "#a" }""")]
    public void A_schema_of_2020_12_that_cannot_be_validated_exactly_is_refused(string id, string schema) =>
        Assert.Equal([id], Refusals(schema, JsonSchemaDialect.Draft202012));

    [Theory]
    [InlineData("""{ "contentEncoding": "base64" }""")]
    [InlineData("""{ "additionalProperties": { "$ref": "#" }, "format": "of-our-own" }""")]
    [InlineData("""{ "maxLength": 1e99, "minLength": 2.0, "x-unknown": { "$ref": "nowhere", "$id": 7 } }""")]
    public void What_is_only_an_annotation_or_unknown_is_not_refused(string schema) =>
        Assert.Empty(Refusals(schema, JsonSchemaDialect.Draft202012));

    [Fact]
    public void Dynamic_scopes_that_multiply_a_schema_beyond_measure_are_refused()
    {
        // Each of n resources may be entered before any other, so that the scopes are the subsets of n dynamic anchors.
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"r{i}")];
        string all = string.Join(", ", names.Select(name => $$"""{ "$ref": "{{name}}" }"""));
        string definitions = string.Join(", ", names.Select(name => $$"""
            "{{name}}": { "$id": "{{name}}", "$dynamicAnchor": "{{name}}", "properties": { "a": { "anyOf": [ {{all}} ] } } }
            """));

        Assert.Equal(["CHAT1026"], Refusals($$"""{ "anyOf": [ {{all}} ], "$defs": { {{definitions}} } }""", JsonSchemaDialect.Draft202012));
    }

    [Fact]
    public void A_schema_is_refused_however_often_it_is_read()
    {
        JsonNode root = Parse("""{ "minLength": -1 }""", out DiagnosticBag diagnostics);

        Assert.Null(JsonValidator.Emit(root, Options(JsonSchemaDialect.Draft7), diagnostics, "Acme", "Validator"));
        Assert.Null(JsonValidator.Emit(root, Options(JsonSchemaDialect.Draft7), diagnostics, "Acme", "Validator"));
        Assert.Single(diagnostics.Diagnostics);
    }

    [Fact]
    public void A_refusal_is_located_at_the_value_that_it_is_about()
    {
        const string Schema = """{ "properties": { "a": { "minLength": -1 } } }""";

        DiagnosticInfo diagnostic = Assert.Single(Diagnose(Schema, JsonSchemaDialect.Draft7));

        Assert.Equal("-1", Schema.Substring(diagnostic.Location!.Span.Start, diagnostic.Location.Span.Length));
    }

    [Fact]
    public void Equal_schemas_have_equal_models_whatever_their_layout()
    {
        const string Schema = """{ "properties": { "a": { "enum": [ 1, { "b": null } ] } }, "required": [ "a" ], "anyOf": [ { "minItems": 1 }, true ] }""";

        Assert.Equal(Read(Schema), Read(Schema.Replace(" ", "\n ", StringComparison.Ordinal)));
        Assert.NotEqual(Read(Schema), Read(Schema.Replace("\"minItems\": 1", "\"minItems\": 2", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_text_of_a_schema_stands_outside_a_literal()
    {
        const string Hostile = "*/ \\u2028 \\\" } evil(); //";
        string schema = $$"""{ "properties": { "{{Hostile}}": { "const": "{{Hostile}}" } }, "required": [ "{{Hostile}}" ], "pattern": "\" evil\\(\\); // *", "format": "{{Hostile}}", "enum": [ "{{Hostile}}" ], "title": "{{Hostile}}", "$comment": "{{Hostile}}" }""";
        JsonNode root = Parse(schema, out DiagnosticBag diagnostics);

        string text = JsonValidator.Emit(root, Options(JsonSchemaDialect.Draft7), diagnostics, "Acme", "Validator")!.Text;

        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(tree.GetDiagnostics(TestContext.Current.CancellationToken));
        SyntaxToken[] tokens = [.. tree.GetRoot(TestContext.Current.CancellationToken).DescendantTokens()];
        Assert.Contains(tokens, token => token.IsKind(SyntaxKind.StringLiteralToken) && token.Text.Contains("evil", StringComparison.Ordinal));
        Assert.DoesNotContain(tokens, token => (token.IsKind(SyntaxKind.StringLiteralToken) ? token.LeadingTrivia + "" + token.TrailingTrivia : token.ToFullString()).Contains("evil", StringComparison.Ordinal));
        Assert.DoesNotContain('\u2028', text);
    }

    private static string[] Refusals(string schema, JsonSchemaDialect dialect) =>
        [.. Diagnose(schema, dialect).Select(diagnostic => diagnostic.Descriptor.Id).Distinct()];

    private static DiagnosticInfo[] Diagnose(string schema, JsonSchemaDialect dialect)
    {
        JsonNode root = Parse(schema, out DiagnosticBag diagnostics);
        JsonValidatorSource? source = JsonValidator.Emit(root, Options(dialect) with { AssertsFormat = true }, diagnostics, "Acme", "Validator");
        Assert.Equal(diagnostics.Diagnostics.Count > 0, source is null);
        return [.. diagnostics.Diagnostics];
    }

    private static JsonSchemaModel Read(string schema)
    {
        JsonNode root = Parse(schema, out DiagnosticBag diagnostics);
        return JsonSchemaReader.Read(root, Options(JsonSchemaDialect.Draft7), diagnostics)!;
    }

    private static JsonSchemaOptions Options(JsonSchemaDialect dialect) => new(dialect, new Dictionary<string, JsonNode>());

    private static JsonNode Parse(string schema, out DiagnosticBag diagnostics)
    {
        var source = new SchemaText("acme.schema.json", schema, isBuiltIn: false);
        diagnostics = new DiagnosticBag(source);
        return JsonParser.Parse(source, diagnostics, out _);
    }
}

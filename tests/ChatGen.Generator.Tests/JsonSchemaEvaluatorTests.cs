using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>What the evaluator leaves undecided, and where it places violations. That its verdicts are right is shown by ChatGen.Conformance.</summary>
public class JsonSchemaEvaluatorTests
{
    private const string Slow = """{ "pattern": "^(a|b|ab)*c$" }""";

    private static readonly string s_slow = string.Concat(Enumerable.Repeat("ab", 20)) + "!";

    [Theory]
    [InlineData("""{ "properties": { "a": { "items": { "minimum": 5 } } } }""", """{ "a": [ 7, 3 ] }""", "3")]
    [InlineData("""{ "properties": { "a": { "required": [ "b" ] } } }""", """{ "a": { "c": 1 } }""", """{ "c": 1 }""")]
    [InlineData("""{ "additionalProperties": false }""", """{ "extra": { "c": 1 } }""", "\"extra\"")]
    [InlineData("""{ "propertyNames": { "maxLength": 1 } }""", """{ "extra": 1 }""", "\"extra\"")]
    [InlineData("""{ "items": { "not": {} } }""", "[ { } ]", "{ }")]
    public void A_violation_is_placed_at_the_value_or_at_the_name_that_is_not_allowed(string schema, string instance, string place)
    {
        SchemaViolation violation = Assert.Single(Evaluate(schema, instance).Violations);

        Assert.Equal(place, instance.Substring(violation.Place.Span.Start, violation.Place.Span.Length));
    }

    [Fact]
    public void A_slow_pattern_is_undecided()
    {
        SchemaEvaluation evaluation = Evaluate(Slow, $"\"{s_slow}\"");

        Assert.Equal((false, false), (evaluation.IsDecided, evaluation.IsValid));
        Assert.Empty(evaluation.Violations);
    }

    [Theory]
    [InlineData("""{ "not": SLOW }""", false)]
    [InlineData("""{ "anyOf": [ SLOW, { "type": "null" } ] }""", false)]
    [InlineData("""{ "anyOf": [ SLOW, { "type": "string" } ] }""", true)]
    [InlineData("""{ "oneOf": [ SLOW, { "type": "string" } ] }""", false)]
    [InlineData("""{ "if": SLOW, "then": { "type": "null" }, "else": { "type": "null" } }""", false)]
    [InlineData("""{ "if": { "type": "null" }, "then": SLOW }""", true)]
    [InlineData("""{ "$ref": "#/definitions/slow", "definitions": { "slow": SLOW } }""", false)]
    public void What_depends_on_a_slow_pattern_is_undecided_and_nothing_else(string schema, bool isDecided)
    {
        SchemaEvaluation evaluation = Evaluate(schema.Replace("SLOW", Slow, StringComparison.Ordinal), $"\"{s_slow}\"");

        Assert.Equal(isDecided, evaluation.IsDecided);
        Assert.Empty(evaluation.Violations);
    }

    [Theory]
    [InlineData("hostname", "example.com", true, true)]
    [InlineData("hostname", "-example.com", true, false)]
    [InlineData("hostname", "xn--nxasmm1c.com", false, false)]
    [InlineData("email", "ada@xn--nxasmm1c.com", true, true)]
    [InlineData("uri", "https://example.com/%zz", true, false)]
    [InlineData("iri", "https://example.com/\u00fc", true, true)]
    [InlineData("date-time", "2026-02-29T12:00:00Z", true, false)]
    [InlineData("regex", "(a", true, false)]
    [InlineData("of-our-own", "x", true, true)]
    public void A_format_is_decided_unless_it_hangs_on_the_Unicode_data_of_the_compilers_host(string format, string text, bool isDecided, bool isValid)
    {
        SchemaEvaluation evaluation = Evaluate($$"""{ "format": "{{format}}" }""", $"\"{text}\"");

        Assert.Equal((isDecided, isValid), (evaluation.IsDecided, evaluation.IsValid));
    }

    [Fact]
    public void What_is_broken_for_certain_is_reported_beside_what_is_undecided()
    {
        SchemaEvaluation evaluation = Evaluate($$"""{ "properties": { "a": {{Slow}}, "b": { "type": "null" } } }""", $$"""{ "a": "{{s_slow}}", "b": 1 }""");

        Assert.False(evaluation.IsDecided);
        Assert.Equal("'b' must be null, but is 1", Assert.Single(evaluation.Violations).Message);
    }

    [Theory]
    [InlineData("""{ "contains": SLOW }""", "[ VALUE ]", false)]
    [InlineData("""{ "contains": SLOW }""", "[ VALUE, 1 ]", true)]
    [InlineData("""{ "contains": SLOW, "maxContains": 1 }""", "[ VALUE, 1 ]", false)]
    [InlineData("""{ "patternProperties": { "^(a|b|ab)*c$": false } }""", "{ VALUE: 1 }", false)]
    [InlineData("""{ "patternProperties": { "^(a|b|ab)*c$": true }, "additionalProperties": false }""", "{ VALUE: 1 }", false)]
    [InlineData("""{ "propertyNames": SLOW }""", "{ VALUE: 1 }", false)]
    [InlineData("""{ "anyOf": [ { "properties": { "a": SLOW } }, true ], "unevaluatedProperties": false }""", "{ \"a\": VALUE }", false)]
    [InlineData("""{ "anyOf": [ { "properties": { "a": SLOW } }, true ], "unevaluatedProperties": true }""", "{ \"a\": VALUE }", true)]
    [InlineData("""{ "if": { "properties": { "a": SLOW } }, "unevaluatedProperties": false }""", "{ \"a\": VALUE }", false)]
    public void Parts_that_depend_on_a_slow_pattern_are_undecided(string schema, string instance, bool isDecided)
    {
        SchemaEvaluation evaluation = Evaluate(
            schema.Replace("SLOW", Slow, StringComparison.Ordinal), instance.Replace("VALUE", $"\"{s_slow}\"", StringComparison.Ordinal), JsonSchemaDialect.Draft202012);

        Assert.Equal(isDecided, evaluation.IsDecided);
        Assert.Empty(evaluation.Violations);
    }

    [Theory]
    [InlineData("""{ "minimum": 5 }""")]
    [InlineData("""{ "multipleOf": 5 }""")]
    [InlineData("""{ "const": 5 }""")]
    [InlineData("""{ "type": "integer" }""")]
    public void A_number_of_too_many_digits_is_undecided(string schema) => Assert.False(Evaluate(schema, new string('9', 1_000)).IsDecided);

    [Theory]
    [InlineData("""{ "maximum": 1e400 }""", "1e401", false)]
    [InlineData("""{ "minimum": -1e99999999999999999999 }""", "-1e99999999999999999998", true)]
    [InlineData("""{ "multipleOf": 7 }""", "1e1000000000", false)]
    [InlineData("""{ "uniqueItems": true }""", """[ { "a": 1, "b": [ 1.0 ] }, { "b": [ 1e0 ], "a": 10e-1 } ]""", false)]
    [InlineData("""{ "uniqueItems": true }""", """[ "1", 1, true, "true", null, "null", [], {}, [ [] ], "[", { "a": "b" }, { "ab": "" } ]""", true)]
    public void Numbers_are_exact_and_equality_is_deep(string schema, string instance, bool isValid)
    {
        SchemaEvaluation evaluation = Evaluate(schema, instance);

        Assert.True(evaluation.IsDecided);
        Assert.Equal(isValid, evaluation.IsValid);
    }

    [Fact]
    public void Subschemas_that_multiply_end_undecided()
    {
        // Each level doubles what the next has to do.
        string levels = string.Join(", ", Enumerable.Range(0, 40).Select(i => $$"""
            "l{{i}}": { "allOf": [ { "$ref": "#/definitions/l{{i + 1}}" }, { "$ref": "#/definitions/l{{i + 1}}" } ] }
            """));

        Assert.False(Evaluate($$"""{ "$ref": "#/definitions/l0", "definitions": { {{levels}}, "l40": { "minimum": 0 } } }""", "1").IsDecided);
    }

    [Fact]
    public void References_within_each_other_end_undecided()
    {
        const int Count = JsonSchemaEvaluator.MaxDepth + 1;
        string links = string.Join(", ", Enumerable.Range(0, Count).Select(i => $$"""
            "l{{i}}": { "$ref": "#/definitions/l{{i + 1}}" }
            """));

        Assert.False(Evaluate($$"""{ "$ref": "#/definitions/l0", "definitions": { {{links}}, "l{{Count}}": { "type": "string" } } }""", "1").IsDecided);
        Assert.True(Evaluate($$"""{ "$ref": "#/definitions/l9", "definitions": { {{links}}, "l{{Count}}": { "type": "string" } } }""", "1") is { IsDecided: true, IsValid: false });
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(128, false)]
    public void A_long_text_takes_more_than_a_step(int length, bool isDecided)
    {
        // Together they are longer than a document may be.
        var source = new SchemaText("instance.json", "", isBuiltIn: false);
        var instance = new JsonArrayNode(source, default, [.. Enumerable.Range(0, 29_000).Select(_ => new JsonStringNode(source, default, new string('x', length)))]);

        Assert.Equal(isDecided, Evaluate("""{ "items": { "minLength": 1 } }""", instance).IsDecided);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(640, false)]
    public void A_long_list_of_a_schema_takes_more_than_a_step(int length, bool isDecided)
    {
        string names = string.Join(",", Enumerable.Range(0, length).Select(i => $"\"{i}\""));
        string items = string.Join(",", Enumerable.Repeat("null", 29_000));

        Assert.Equal(isDecided, Evaluate($$"""{ "items": { "not": { "enum": [ {{names}} ] } } }""", $"[{items}]").IsDecided);
    }

    private static JsonSchemaOptions Options(JsonSchemaDialect dialect) => new(dialect, new Dictionary<string, JsonNode>()) { AssertsFormat = true };

    private static SchemaEvaluation Evaluate(string schema, string instance, JsonSchemaDialect dialect = JsonSchemaDialect.Draft7)
    {
        var source = new SchemaText("instance.json", instance, isBuiltIn: false);
        var diagnostics = new DiagnosticBag(source);
        JsonNode value = JsonParser.Parse(source, diagnostics, out _);
        Assert.Empty(diagnostics.Diagnostics);
        return Evaluate(schema, value, dialect);
    }

    private static SchemaEvaluation Evaluate(string schema, JsonNode instance, JsonSchemaDialect dialect = JsonSchemaDialect.Draft7)
    {
        var source = new SchemaText("acme.schema.json", schema, isBuiltIn: false);
        var diagnostics = new DiagnosticBag(source);
        JsonSchemaModel? model = JsonSchemaReader.Read(JsonParser.Parse(source, diagnostics, out _), Options(dialect), diagnostics);
        Assert.Empty(diagnostics.Diagnostics);
        return JsonSchemaEvaluator.Evaluate(model!, model!.Roots[0], instance);
    }
}

using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>Every keyword takes effect on options, in JSON and in values.</summary>
public sealed class KeywordTests
{
    private const string Draft7 = "http://json-schema.org/draft-07/schema#";
    private const string Draft202012 = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The schema of the member <c>x</c>, a value that is valid, one that is not, and the broken keyword with where it is.</summary>
    public static TheoryData<string, string, string, string, string> Members { get; } = new()
    {
        { Draft7, """{ "type": "integer", "multipleOf": 5 }""", "10", "11", "$.x multipleOf" },
        { Draft7, """{ "type": "number", "multipleOf": 0.1 }""", "0.3", "0.35", "$.x multipleOf" },
        { Draft7, """{ "type": "integer", "enum": [1, 2] }""", "2.0", "3", "$.x enum" },
        { Draft7, """{ "const": { "a": [1] } }""", """{ "a": [1.0] }""", """{ "a": ["1"] }""", "$.x const" },
        { Draft7, """{ "type": "string", "not": { "const": "" } }""", "\"a\"", "\"\"", "$.x not" },
        { Draft7, """{ "type": ["string", "integer"], "minLength": 2 }""", "1", "\"a\"", "$.x minLength" },
        { Draft7, """{ "type": ["string", "integer"] }""", "\"a\"", "true", "$.x type" },
        { Draft7, """{ "type": "array", "items": { "type": "string", "maxLength": 2 } }""", """["ab"]""", """["ab", "abc"]""", "$.x[1] maxLength" },
        { Draft7, """{ "type": "array", "items": { "type": "integer", "minimum": 1 } }""", "[1]", "[0]", "$.x[0] minimum" },
        { Draft7, """{ "type": "array", "items": { "type": "string", "format": "email" } }""", """["a@b.c"]""", """["a"]""", "$.x[0] format" },
        { Draft7, """{ "type": "array", "items": { "type": "string" }, "uniqueItems": true }""", """["a", "b"]""", """["a", "b", "a"]""", "$.x uniqueItems" },
        { Draft7, """{ "type": "array", "contains": { "const": 1 } }""", "[0, 1]", "[0]", "$.x contains" },
        { Draft7, """{ "type": "array", "items": [{ "type": "integer" }], "additionalItems": false }""", "[1]", "[1, 2]", "$.x[1] additionalItems" },
        { Draft7, """{ "type": "object", "additionalProperties": { "type": "string", "pattern": "^a" } }""", """{ "k": "ab" }""", """{ "k": "b" }""", "$.x.k pattern" },
        { Draft7, """{ "type": "object", "additionalProperties": { "type": "string" }, "maxProperties": 1 }""", """{ "k": "" }""", """{ "k": "", "l": "" }""", "$.x maxProperties" },
        { Draft7, """{ "type": "object", "propertyNames": { "pattern": "^[a-z]+$" } }""", """{ "k": 1 }""", """{ "K": 1 }""", "$.x.K propertyNames" },
        { Draft7, """{ "type": "object", "patternProperties": { "^n": { "type": "integer" } } }""", """{ "n": 1, "a": "" }""", """{ "n": "" }""", "$.x.n type" },
        { Draft7, """{ "type": "object", "required": ["a"] }""", """{ "a": 1 }""", "{}", "$.x required" },
        { Draft7, """{ "type": "object", "properties": { "a": { "type": "integer" }, "b": { "type": "integer" } }, "dependencies": { "a": ["b"] } }""", """{ "b": 1 }""", """{ "a": 1 }""", "$.x dependencies" },
        { Draft7, """{ "type": "object", "properties": { "a": { "type": "integer" }, "b": { "type": "integer" } }, "if": { "required": ["a"] }, "then": { "required": ["b"] } }""", """{ "b": 1 }""", """{ "a": 1 }""", "$.x required" },
        { Draft7, """{ "type": "object", "properties": { "a": { "type": "integer" }, "b": { "type": "integer" } }, "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }""", """{ "b": 1 }""", """{ "a": 1, "b": 1 }""", "$.x oneOf" },
        { Draft7, """{ "type": "object", "properties": { "a": { "type": "integer" } }, "minProperties": 1 }""", """{ "a": 1 }""", "{}", "$.x minProperties" },
        { Draft7, """{ "allOf": [{ "type": "string", "minLength": 2 }, { "pattern": "^a" }] }""", "\"ab\"", "\"bb\"", "$.x pattern" },
        { Draft7, """{ "type": "number", "maximum": 12345678901234567890123456789012345 }""", "1e34", "1.7e308", "$.x maximum" },
        { Draft7, """{ "type": "integer", "maximum": 1e2 }""", "100", "101", "$.x maximum" },
        { Draft7, """{ "type": "string", "format": "date-time", "maxLength": 20 }""", "\"2026-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00.5Z\"", "$.x maxLength" },
        { Draft202012, """{ "type": "array", "prefixItems": [{ "type": "integer" }], "items": false }""", "[1]", "[1, 2]", "$.x[1] items" },
        { Draft202012, """{ "type": "array", "contains": { "type": "integer" }, "minContains": 2, "maxContains": 2 }""", "[1, 1]", "[1, 1, 1]", "$.x maxContains" },
        { Draft202012, """{ "type": "object", "properties": { "a": { "type": "integer" }, "b": { "type": "integer" } }, "dependentRequired": { "a": ["b"] } }""", """{ "b": 1 }""", """{ "a": 1 }""", "$.x dependentRequired" },
        { Draft202012, """{ "$ref": "#/definitions/Name", "maxLength": 3 }""", "\"ab\"", "\"abcd\"", "$.x maxLength" },
        { Draft202012, """{ "$ref": "#name", "maxLength": 3 }""", "\"ab\"", "\"\"", "$.x minLength" },
        { Draft202012, """{ "type": "object", "properties": { "a": { "type": "integer" } }, "allOf": [{ "properties": { "b": { "type": "integer" } } }], "unevaluatedProperties": false }""", """{ "a": 1, "b": 1 }""", """{ "a": 1, "c": 1 }""", "$.x.c unevaluatedProperties" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void A_keyword_takes_effect(string dialect, string schema, string valid, string invalid, string failure)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "Name": { {{(dialect == Draft202012 ? "\"$anchor\": \"name\", " : "")}}"type": "string", "minLength": 1 },
            "StartSessionOptions": { "properties": { "x": {{schema}} } }
            """, dialect);

        Assert.Empty(options.Check(Start(valid)));
        Assert.Empty(options.CheckValue(Start(valid)));
        Assert.Contains(options.Check(Start(invalid)), line => line.StartsWith(failure + ": ", StringComparison.Ordinal));
        if (!failure.Contains(".c ", StringComparison.Ordinal) && !failure.EndsWith(" type", StringComparison.Ordinal))
        {
            Assert.Contains(options.CheckValue(Start(invalid)), line => line.StartsWith(failure + ": ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_failure_is_reported_once()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "StartSessionOptions": { "properties": { "a": { "type": "integer", "minimum": 3, "multipleOf": 2 }, "b": { "type": "string", "maxLength": 1, "not": { "const": "bb" } } } }
            """);

        Assert.Equal(
            ["$.a minimum", "$.a multipleOf", "$.b maxLength", "$.b not"],
            options.CheckValue(Start("1", "a").Replace("}", ", \"b\": \"bb\" }", StringComparison.Ordinal)).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    private static string Start(string value, string member = "x") => $$"""{ "serverUrl": "https://chat.example.com", "{{member}}": {{value}} }""";
}

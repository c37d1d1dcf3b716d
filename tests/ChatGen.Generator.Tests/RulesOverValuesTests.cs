using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>Which rules are checked over C# values, so that the text is read once, and which take the JSON of the value.</summary>
public class RulesOverValuesTests
{
    private const string Draft7 = "http://json-schema.org/draft-07/schema#";
    private const string Draft202012 = "https://json-schema.org/draft/2020-12/schema";
    private const string Pair = "\"properties\": { \"a\": { \"type\": \"string\" }, \"b\": { \"type\": \"integer\" } }";

    public static TheoryData<string, string, string, string, string> OverValues { get; } = new()
    {
        { Draft7, Member("""{ "type": "array", "items": { "type": "string", "maxLength": 2 } }"""), """{ "x": ["ab"] }""", """{ "x": ["ab", "abc"] }""", "$.x[1] maxLength: 'X[1]' must have at most 2 characters, but has 3" },
        { Draft7, Member("""{ "type": "array", "items": { "type": "string", "minLength": 1 } }"""), """{ "x": ["a"] }""", """{ "x": [""] }""", "$.x[0] minLength: 'X[0]' must have at least 1 character, but has 0" },
        { Draft7, Member("""{ "type": "array", "items": { "type": "string", "pattern": "^[a-z]+$" } }"""), """{ "x": ["a"] }""", """{ "x": ["A"] }""", "$.x[0] pattern: 'X[0]' must match the pattern ^[a-z]+$" },
        { Draft7, Member("""{ "type": "array", "items": { "type": "string", "pattern": "^a" } }"""), """{ "x": ["ab"] }""", """{ "x": ["b"] }""", "$.x[0] pattern: 'X[0]' must match the pattern ^a" },
        { Draft7, Member("""{ "type": "array", "items": { "type": "string", "format": "email" } }"""), """{ "x": ["a@b.c"] }""", """{ "x": ["a@b.c", "a"] }""", "$.x[1] format: 'X[1]' must be an e-mail address" },
        { Draft7, Member("""{ "type": "array", "items": { "type": "string", "format": "uri" } }"""), """{ "x": ["https://a"] }""", """{ "x": ["a b"] }""", "$.x[0] format: 'X[0]' must be an absolute URI" },
        { Draft7, Member("""{ "type": "array", "items": { "type": "integer", "minimum": 1, "multipleOf": 2 } }"""), """{ "x": [2] }""", """{ "x": [3] }""", "$.x[0] multipleOf: 'X[0]' must be a multiple of 2, but is 3" },
        { Draft7, Member("""{ "type": "array", "items": { "type": ["number", "null"], "exclusiveMaximum": 1.5 } }"""), """{ "x": [1, null] }""", """{ "x": [null, 1.5] }""", "$.x[1] exclusiveMaximum: 'X[1]' must be below 1.5, but is 1.5" },
        { Draft7, Member("""{ "type": "array", "items": { "type": "string" }, "uniqueItems": true }"""), """{ "x": ["a", "b"] }""", """{ "x": ["a", "b", "a", "b"] }""", "$.x uniqueItems: 'X' must not have equal items, but has them at 0 and 2" },
        { Draft7, Member("""{ "type": "array", "items": { "type": ["integer", "null"] }, "uniqueItems": true }"""), """{ "x": [null, 1] }""", """{ "x": [null, 1, null] }""", "$.x uniqueItems: 'X' must not have equal items, but has them at 0 and 2" },
        { Draft7, Member("""{ "type": "array", "items": { "enum": ["a", "b"] }, "uniqueItems": true }"""), """{ "x": ["a", "b"] }""", """{ "x": ["b", "b"] }""", "$.x uniqueItems: 'X' must not have equal items, but has them at 0 and 1" },
        { Draft7, Member("""{ "type": "object", "additionalProperties": { "type": "string", "minLength": 2 } }"""), """{ "x": { "k": "ab" } }""", """{ "x": { "k": "ab", "l": "a" } }""", "$.x.l minLength: 'l' must have at least 2 characters, but has 1" },
        { Draft7, Member("""{ "type": "object", "additionalProperties": { "type": "integer" }, "minProperties": 1 }"""), """{ "x": { "k": 1 } }""", """{ "x": {} }""", "$.x minProperties: 'X' must have at least 1 member, but has 0" },
        { Draft7, Member("""{ "type": "object", "additionalProperties": { "type": "integer" }, "maxProperties": 1.0 }"""), """{ "x": { "k": 1 } }""", """{ "x": { "k": 1, "l": 1 } }""", "$.x maxProperties: 'X' must have at most 1 member, but has 2" },
        { Draft7, Member("""{ "type": "integer", "multipleOf": 5 }"""), """{ "x": -10 }""", """{ "x": 11 }""", "$.x multipleOf: 'X' must be a multiple of 5, but is 11" },
        { Draft7, Member("""{ "type": "number", "x-chat-number": "decimal", "multipleOf": 0.01 }"""), """{ "x": 0.07 }""", """{ "x": 0.075 }""", "$.x multipleOf: 'X' must be a multiple of 0.01, but is 0.075" },
        { Draft7, $$"""{ {{Pair}}, "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }""", """{ "a": "" }""", """{ "a": "", "b": 1 }""", "$ oneOf: 'StartSessionOptions' must match exactly one of the 2 schemas of 'oneOf', but matches 2" },
        { Draft7, $$"""{ {{Pair}}, "not": { "required": ["a", "b"] } }""", """{ "a": "" }""", """{ "a": "", "b": 1 }""", "$ not: 'StartSessionOptions' must not match the schema of 'not'" },
        { Draft7, $$"""{ {{Pair}}, "if": { "required": ["a"] }, "then": { "required": ["b"] } }""", """{ "b": 1 }""", """{ "a": "" }""", "$ required: 'B' is missing" },
        { Draft7, $$"""{ {{Pair}}, "dependencies": { "a": ["b"] } }""", """{ "b": 1 }""", """{ "a": "" }""", "$ dependencies: 'A' needs 'B'" },
        { Draft202012, $$"""{ {{Pair}}, "dependentRequired": { "a": ["b"] } }""", """{ "b": 1 }""", """{ "a": "" }""", "$ dependentRequired: 'A' needs 'B'" },
    };

    public static TheoryData<string, string, string> OverJson { get; } = new()
    {
        // Lists of lists, binary fractions, what is equal in C# though not in JSON, null as a value, defaults, and alternatives that ask more than which members there are.
        { Member("""{ "type": "array", "items": { "type": "array", "items": { "type": "string", "maxLength": 1 } } }"""), """{ "x": [["ab"]] }""", "$.x[0][0] maxLength" },
        { Member("""{ "type": "array", "items": { "type": "array", "items": { "type": "string", "format": "uri" } } }"""), """{ "x": [["a"]] }""", "$.x[0][0] format" },
        { Member("""{ "type": "number", "multipleOf": 0.1 }"""), """{ "x": 0.35 }""", "$.x multipleOf" },
        { Member("""{ "type": "array", "items": { "type": "string", "format": "uuid" }, "uniqueItems": true }"""), """{ "x": ["00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000a"] }""", "$.x uniqueItems" },
        { """{ "properties": { "a": { "type": ["string", "null"] }, "b": { "type": "string" } }, "not": { "required": ["a", "b"] } }""", """{ "a": null, "b": "" }""", "$ not" },
        { """{ "properties": { "a": { "default": 1, "type": "integer" }, "b": { "type": "string" } }, "dependencies": { "b": ["a"] } }""", """{ "b": "" }""", "$ dependencies" },
        { """{ "properties": { "a": {}, "b": { "type": "string" } }, "dependencies": { "a": ["b"] } }""", """{ "a": null }""", "$ dependencies" },
        { $$"""{ {{Pair}}, "oneOf": [{ "required": ["a"] }, { "properties": { "b": { "minimum": 5 } }, "required": ["b"] }] }""", """{ "a": "", "b": 5 }""", "$ oneOf" },
        { $$"""{ {{Pair}}, "if": { "required": ["a"] }, "then": { "required": ["b"] }, "else": { "maxProperties": 0 } }""", """{ "b": 1 }""", "$ maxProperties" },
        { $$"""{ {{Pair}}, "not": { "required": ["c"] } }""", """{ "c": 1 }""", "$ not" },
    };

    [Theory]
    [MemberData(nameof(OverValues))]
    public void A_rule_is_checked_over_values(string dialect, string schema, string valid, string invalid, string failure)
    {
        CompiledOptions options = CompiledOptions.Of($"\"StartSessionOptions\": {schema}", dialect);

        Assert.DoesNotContain("ChatJsonRules", options.Run.Source("StartSessionOptions"), StringComparison.Ordinal);
        Assert.Empty(options.Check(Start(valid)));
        Assert.Empty(options.CheckValue(Start(valid)));
        Assert.Contains(failure, options.Check(Start(invalid)));
        Assert.Contains(failure, options.CheckValue(Start(invalid)));
    }

    [Theory]
    [MemberData(nameof(OverJson))]
    public void A_rule_takes_the_JSON_where_values_do_not_say_it(string schema, string invalid, string failure)
    {
        CompiledOptions options = CompiledOptions.Of($"\"StartSessionOptions\": {schema}", Draft7);

        Assert.Contains("ChatJsonRules", options.Run.Source("StartSessionOptions"), StringComparison.Ordinal);
        Assert.Contains(options.Check(Start(invalid)), line => line.StartsWith(failure + ": ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""", "tags": ["a", "b", "c"], "limits": { "k": 1, "l": 2 }, "parts": { "p": { "n": 1 } }, "a": "" """)]
    public void Checking_valid_values_allocates_nothing(string members)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "Part": { "type": "object", "properties": { "n": { "type": "number" } } },
            "StartSessionOptions": {
              "properties": {
                "tags": { "type": "array", "items": { "type": "string", "maxLength": 2, "pattern": "^[a-z]+$" }, "uniqueItems": true },
                "limits": { "type": "object", "additionalProperties": { "type": "number", "maximum": 2 }, "maxProperties": 2 },
                "parts": { "type": "object", "additionalProperties": { "$ref": "#/definitions/Part" } },
                "a": { "type": "string" }, "b": { "type": "string" }
              },
              "not": { "required": ["a", "b"] }
            }
            """);

        Assert.Equal(0, options.AllocationOfCheck("""{ "serverUrl": "https://a" """ + members + "}"));
    }

    private static string Member(string schema) => $$"""{ "properties": { "x": {{schema}} } }""";

    private static string Start(string members) => """{ "serverUrl": "https://a", """ + members.TrimStart('{');
}

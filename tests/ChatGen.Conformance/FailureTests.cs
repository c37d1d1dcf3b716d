using System.Text.Json;
using System.Text.RegularExpressions;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using Xunit;

namespace ChatGen.Conformance;

/// <summary>What emitted validators report: where, by which keyword and in which words.</summary>
public class FailureTests
{
    private const string SlowPattern = "^(a|b|ab)*c$";

    private static readonly string s_slow = string.Concat(Enumerable.Repeat("ab", 20)) + "!";

    private static readonly FailureCase[] s_cases =
    [
        // Types and values.
        FailureCase.Draft7("""{ "properties": { "n": { "type": "integer" } } }""", """{ "n": 1.5 }""", "$.n type: 'n' must be an integer, but is 1.5"),
        FailureCase.Draft7("""{ "type": [ "string", "null" ] }""", "true", "$ type: The value must be null or a string, but is a Boolean"),
        FailureCase.Draft7("""{ "type": [ "integer", "number", "object", "boolean" ] }""", "[]", "$ type: The value must be a Boolean, a number or an object, but is an array"),
        FailureCase.Draft7("""{ "type": "array" }""", "{}", "$ type: The value must be an array, but is an object"),
        FailureCase.Draft7("""{ "type": "object" }""", "null", "$ type: The value must be an object, but is null"),
        FailureCase.Draft7("""{ "items": { "type": "number" } }""", """[ "a", 1 ]""", "$[0] type: '[0]' must be a number, but is a string"),
        FailureCase.Draft7("""{ "properties": { "queue": { "enum": [ "sales", "Gr\u00fc\u00dfe \"x\" \\", 1, null, { "a": [ true ] } ] } } }""", """{ "queue": "none" }""",
            """$.queue enum: 'queue' must be one of 'sales', 'Grüße "x" \', 1, null, {"a":[true]}"""),
        FailureCase.Draft7("""{ "enum": [] }""", "1", "$ enum: The value is not allowed"),
        FailureCase.Draft7("""{ "const": "yes" }""", "\"no\"", "$ const: The value must be 'yes'"),
        FailureCase.Draft7("""{ "const": 1.0 }""", "2", "$ const: The value must be 1.0"),

        // Numbers.
        FailureCase.Draft7("""{ "properties": { "maxOfflineDuration": { "minimum": 0 } } }""", """{ "maxOfflineDuration": -5 }""",
            "$.maxOfflineDuration minimum: 'maxOfflineDuration' must be at least 0, but is -5"),
        FailureCase.Draft7("""{ "maximum": 1e1 }""", "10.50", "$ maximum: The value must be at most 10, but is 10.50"),
        FailureCase.Draft7("""{ "exclusiveMinimum": 0, "exclusiveMaximum": 0 }""", "0",
            "$ exclusiveMinimum: The value must be above 0, but is 0", "$ exclusiveMaximum: The value must be below 0, but is 0"),
        FailureCase.Draft7("""{ "multipleOf": 0.5 }""", "0.7", "$ multipleOf: The value must be a multiple of 0.5, but is 0.7"),

        // Strings.
        FailureCase.Draft7("""{ "properties": { "a": { "minLength": 1 }, "b": { "maxLength": 2 } } }""", """{ "a": "", "b": "\ud83d\udca9\ud83d\udca9x" }""",
            "$.a minLength: 'a' must have at least 1 character, but has 0", "$.b maxLength: 'b' must have at most 2 characters, but has 3"),
        FailureCase.Draft7("""{ "pattern": "^\\d+$" }""", "\"x\"", """$ pattern: The value must match the pattern ^\d+$"""),
        FailureCase.Draft7("""{ "format": "date" }""", "\"x\"", "$ format: The value must be a date such as 2026-01-31"),
        FailureCase.Draft202012("""{ "format": "uuid" }""", "\"x\"", "$ format: The value must be a UUID"),

        // Arrays.
        FailureCase.Draft7("""{ "properties": { "list": { "minItems": 2 } } }""", """{ "list": [ 1 ] }""", "$.list minItems: 'list' must have at least 2 items, but has 1"),
        FailureCase.Draft7("""{ "maxItems": 1 }""", "[ 1, 2 ]", "$ maxItems: The value must have at most 1 item, but has 2"),
        FailureCase.Draft7("""{ "uniqueItems": true }""", """[ 0, { "a": 1 }, 2, { "a": 1.0 } ]""", "$ uniqueItems: The value must not have equal items, but has them at 1 and 3"),
        FailureCase.Draft7("""{ "properties": { "list": { "items": { "properties": { "name": { "maxLength": 1 } } } } } }""", """{ "list": [ {}, {}, { "name": "ab" } ] }""",
            "$.list[2].name maxLength: 'name' must have at most 1 character, but has 2"),
        FailureCase.Draft7("""{ "properties": { "list": { "items": { "items": { "type": "null" } } } } }""", """{ "list": [ [ null, 1 ] ] }""",
            "$.list[0][1] type: 'list[0][1]' must be null, but is 1"),
        FailureCase.Draft7("""{ "items": [ true, false ], "additionalItems": false }""", "[ 1, 2, 3 ]", "$[1] items: '[1]' is not allowed", "$[2] additionalItems: '[2]' is not allowed"),
        FailureCase.Draft7("""{ "items": [], "additionalItems": false }""", "[ 1 ]", "$[0] additionalItems: '[0]' is not allowed"),
        FailureCase.Draft202012("""{ "prefixItems": [ true, false ], "items": false }""", "[ 1, 2, 3 ]", "$[1] prefixItems: '[1]' is not allowed", "$[2] items: '[2]' is not allowed"),
        FailureCase.Draft7("""{ "contains": { "const": 1 } }""", "[ 2 ]", "$ contains: The value must have at least 1 item as 'contains' demands, but has 0"),
        FailureCase.Draft202012("""{ "contains": { "const": 1 }, "minContains": 2, "maxContains": 3 }""", "[ 1 ]",
            "$ minContains: The value must have at least 2 items as 'contains' demands, but has 1"),
        FailureCase.Draft202012("""{ "contains": { "const": 1 }, "maxContains": 1 }""", "[ 1, 1 ]", "$ maxContains: The value must have at most 1 item as 'contains' demands, but has 2"),
        FailureCase.Draft202012("""{ "prefixItems": [ true ], "unevaluatedItems": false }""", "[ 1, 2 ]", "$[1] unevaluatedItems: '[1]' is not allowed"),
        FailureCase.Draft202012("""{ "unevaluatedItems": { "type": "null" } }""", "[ null, 2 ]", "$[1] type: '[1]' must be null, but is 2"),

        // Objects.
        FailureCase.Draft7("""{ "required": [ "name", "age" ] }""", "{}", "$ required: 'name' is missing", "$ required: 'age' is missing"),
        FailureCase.Draft7("""{ "minProperties": 1 }""", "{}", "$ minProperties: The value must have at least 1 member, but has 0"),
        FailureCase.Draft7("""{ "properties": { "o": { "maxProperties": 1 } } }""", """{ "o": { "a": 1, "b": 2 } }""", "$.o maxProperties: 'o' must have at most 1 member, but has 2"),
        FailureCase.Draft7("""{ "properties": { "a": true, "b": false }, "patternProperties": { "^x": false }, "additionalProperties": false }""", """{ "a": 1, "b": 1, "x1": 1, "extra": 1 }""",
            "$.b properties: 'b' is not allowed", "$.x1 patternProperties: 'x1' is not allowed", "$.extra additionalProperties: 'extra' is not allowed"),
        FailureCase.Draft7("""{ "additionalProperties": { "minimum": 1 } }""", """{ "a b.c": 0 }""", "$.a b.c minimum: 'a b.c' must be at least 1, but is 0"),
        FailureCase.Draft7("""{ "propertyNames": { "maxLength": 1, "pattern": "^a" } }""", """{ "a": 1, "bb": 1 }""", "$.bb propertyNames: 'bb' is not an allowed name"),
        FailureCase.Draft7("""{ "dependencies": { "a": [ "b", "c" ], "d": { "required": [ "e" ] }, "f": false } }""", """{ "a": 1, "c": 1, "d": 1, "f": 1 }""",
            "$ dependencies: 'a' needs 'b'", "$ required: 'e' is missing", "$ dependencies: The value is not allowed"),
        FailureCase.Draft202012("""{ "dependentRequired": { "a": [ "b" ] }, "dependentSchemas": { "a": false } }""", """{ "a": 1 }""",
            "$ dependentRequired: 'a' needs 'b'", "$ dependentSchemas: The value is not allowed"),
        FailureCase.Draft202012("""{ "properties": { "a": true }, "unevaluatedProperties": false }""", """{ "a": 1, "extra": 1 }""", "$.extra unevaluatedProperties: 'extra' is not allowed"),

        // Subschemas in place report for themselves; branches do not.
        FailureCase.Draft7("false", "1", "$ not: The value is not allowed"),
        FailureCase.Draft7("""{ "allOf": [ { "minimum": 5 }, { "multipleOf": 2 }, false ] }""", "3",
            "$ minimum: The value must be at least 5, but is 3", "$ multipleOf: The value must be a multiple of 2, but is 3", "$ allOf: The value is not allowed"),
        FailureCase.Draft7("""{ "allOf": [ { "properties": { "a": { "$ref": "#/definitions/five" } } }, { "properties": { "a": { "$ref": "#/definitions/five" } } } ], "definitions": { "five": { "minimum": 5 } } }""", """{ "a": 1 }""",
            "$.a minimum: 'a' must be at least 5, but is 1"),
        FailureCase.Draft7("""{ "properties": { "party": { "$ref": "#/definitions/party" }, "never": { "$ref": "#/definitions/never" } }, "definitions": { "never": false, "party": { "required": [ "name" ], "properties": { "name": { "$ref": "#/definitions/name" } } }, "name": { "minLength": 2 } } }""", """{ "party": { "name": "x" }, "never": 1 }""",
            "$.party.name minLength: 'name' must have at least 2 characters, but has 1", "$.never $ref: 'never' is not allowed"),
        FailureCase.Draft7("""{ "anyOf": [ { "required": [ "a" ] }, { "required": [ "b" ] } ] }""", "{}", "$ anyOf: The value must match at least one of the 2 schemas of 'anyOf'"),
        FailureCase.Draft7("""{ "anyOf": [ { "minimum": 1 } ] }""", "0", "$ anyOf: The value must match the schema of 'anyOf'"),
        FailureCase.Draft7("""{ "oneOf": [ { "minimum": 1 }, { "multipleOf": 2 }, { "type": "string" } ] }""", "2", "$ oneOf: The value must match exactly one of the 3 schemas of 'oneOf', but matches 2"),
        FailureCase.Draft7("""{ "properties": { "a": { "not": { "type": "string" } } } }""", """{ "a": "" }""", "$.a not: 'a' must not match the schema of 'not'"),
        FailureCase.Draft7("""{ "if": { "minimum": 10 }, "then": { "multipleOf": 10 }, "else": { "multipleOf": 3 } }""", "11", "$ multipleOf: The value must be a multiple of 10, but is 11"),
        FailureCase.Draft7("""{ "if": { "minimum": 10 }, "then": { "multipleOf": 10 }, "else": { "multipleOf": 3 } }""", "8", "$ multipleOf: The value must be a multiple of 3, but is 8"),
        FailureCase.Draft7("""{ "if": true, "then": false }""", "8", "$ then: The value is not allowed"),
        FailureCase.Draft202012("""{ "anyOf": [ { "properties": { "a": { "minimum": 5 } } }, { "minProperties": 3 } ], "allOf": [ { "properties": { "a": true, "b": { "type": "null" } } } ], "unevaluatedProperties": false }""", """{ "a": 1, "b": 2 }""",
            "$.b type: 'b' must be null, but is 2", "$ anyOf: The value must match at least one of the 2 schemas of 'anyOf'"),
        FailureCase.Draft202012("""{ "$id": "https://example.com/root", "$ref": "list", "$defs": { "text": { "$dynamicAnchor": "T", "type": "string" }, "list": { "$id": "list", "items": { "$dynamicRef": "#T" }, "$defs": { "any": { "$dynamicAnchor": "T" } } } } }""", """[ "a", 1 ]""",
            "$[1] type: '[1]' must be a string, but is 1"),

        // Several at once, in the order of the walk.
        FailureCase.Draft7("""{ "required": [ "c" ], "properties": { "a": { "type": "string" }, "b": { "minLength": 2, "pattern": "^x" } }, "additionalProperties": false }""", """{ "b": "y", "a": 1, "d": 1 }""",
            "$.b minLength: 'b' must have at least 2 characters, but has 1", "$.b pattern: 'b' must match the pattern ^x", "$.a type: 'a' must be a string, but is 1",
            "$.d additionalProperties: 'd' is not allowed", "$ required: 'c' is missing"),

        // A pattern that takes too long is a failure of the innermost keyword that reports.
        FailureCase.Draft7($$"""{ "properties": { "a": { "pattern": "{{SlowPattern}}" }, "b": { "type": "null" } } }""", $$"""{ "a": "{{s_slow}}", "b": 1 }""",
            "$.a pattern: 'a' took too long to check", "$.b type: 'b' must be null, but is 1"),
        FailureCase.Draft7($$"""{ "properties": { "a": { "not": { "pattern": "{{SlowPattern}}" } } } }""", $$"""{ "a": "{{s_slow}}" }""", "$.a not: 'a' took too long to check"),
        FailureCase.Draft7($$"""{ "oneOf": [ { "pattern": "{{SlowPattern}}" }, true ] }""", $"\"{s_slow}\"", "$ oneOf: The value took too long to check"),
        FailureCase.Draft7($$"""{ "anyOf": [ { "properties": { "a": { "pattern": "{{SlowPattern}}" } } }, true ] }""", $$"""{ "a": "{{s_slow}}" }""", "$ anyOf: The value took too long to check"),
        FailureCase.Draft7($$"""{ "if": { "pattern": "{{SlowPattern}}" }, "else": { "minLength": 1 } }""", $"\"{s_slow}\"", "$ if: The value took too long to check"),
        FailureCase.Draft7($$"""{ "propertyNames": { "pattern": "{{SlowPattern}}" } }""", $$"""{ "{{s_slow}}": 1 }""", $"$.{s_slow} propertyNames: '{s_slow}' took too long to check"),
        FailureCase.Draft7($$"""{ "patternProperties": { "{{SlowPattern}}": false } }""", $$"""{ "{{s_slow}}": 1 }""", $"$.{s_slow} patternProperties: '{s_slow}' took too long to check"),
        FailureCase.Draft7($$"""{ "contains": { "pattern": "{{SlowPattern}}" }, "items": { "minLength": 99 } }""", $"[ \"{s_slow}\" ]",
            "$[0] minLength: '[0]' must have at least 99 characters, but has 41", "$[0] contains: '[0]' took too long to check",
            "$ contains: The value must have at least 1 item as 'contains' demands, but has 0"),

        FailureCase.Draft7("""{ "additionalProperties": { "$ref": "#" }, "items": { "$ref": "#" }, "not": { "const": 7 } }""", """{ "a": [ { "b": 7 }, 7 ] }""",
            "$.a[0].b not: 'b' must not match the schema of 'not'", "$.a[1] not: 'a[1]' must not match the schema of 'not'"),
    ];

    private static readonly Lazy<(CompiledValidators Validators, JsonValidatorSource[] Sources)> s_compiled = new(Compile);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_failure_is_reported_with_path_keyword_and_message(int number) =>
        Assert.Equal(s_cases[number].Failures, Collect(number, s_cases[number].Instance));

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_instance_with_failures_is_not_accepted(int number)
    {
        using JsonDocument document = JsonDocument.Parse(s_cases[number].Instance);

        Assert.False(Accepts(s_compiled.Value.Validators.Find(Source(number)), document.RootElement));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_evaluator_reports_the_same_at_compile_time(int number)
    {
        FailureCase failureCase = s_cases[number];
        JsonNode schema = Suite.Parse("case.json", failureCase.Schema, out SchemaText source);
        JsonSchemaModel model = JsonSchemaReader.Read(schema, Options(failureCase), new DiagnosticBag(source))!;
        JsonNode instance = Suite.Parse("instance.json", failureCase.Instance, out _);

        SchemaEvaluation evaluation = JsonSchemaEvaluator.Evaluate(model, model.Roots[0], instance);

        Dictionary<JsonNode, string> paths = InstancePaths.Of(instance);
        string[] violations = [.. evaluation.Violations.Select(violation => $"{paths[violation.Place]} {violation.Keyword}: {violation.Message}")];
        bool isDecidable = !failureCase.Schema.Contains(SlowPattern, StringComparison.Ordinal);
        Assert.True(evaluation.IsDecided || !isDecidable);
        Assert.True(isDecidable ? violations.SequenceEqual(failureCase.Failures) : violations.All(failureCase.Failures.Contains), string.Join('\n', violations));
    }

    [Fact]
    public void Failures_are_added_to_those_that_are_there()
    {
        using JsonDocument document = JsonDocument.Parse("1");
        List<ChatValidationFailure>? failures = [new ChatValidationFailure("$.other", "type", "Something else")];

        s_compiled.Value.Validators.FindCollecting(Source(1))(document.RootElement, ref failures);

        Assert.Equal(["$.other", "$"], failures!.Select(failure => failure.Path));
    }

    [Fact]
    public void A_valid_instance_needs_no_list()
    {
        using JsonDocument document = JsonDocument.Parse("null");
        List<ChatValidationFailure>? failures = null;

        s_compiled.Value.Validators.FindCollecting(Source(1))(document.RootElement, ref failures);

        Assert.Null(failures);
    }

    [Fact]
    public void An_instance_that_is_nested_too_deeply_is_a_failure_of_the_whole()
    {
        const int Depth = 2_000;
        string text = string.Concat(Enumerable.Repeat("[", Depth)) + string.Concat(Enumerable.Repeat("]", Depth));
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Depth });
        List<ChatValidationFailure>? failures = null;

        s_compiled.Value.Validators.FindCollecting(Source(s_cases.Length - 1))(document.RootElement, ref failures);

        ChatValidationFailure failure = Assert.Single(failures!);
        Assert.Equal(("$", "depth"), (failure.Path, failure.Keyword));
        Assert.Contains("nested too deeply", failure.Message, StringComparison.Ordinal);
    }

    private static bool Accepts(Func<JsonElement, bool> isValid, JsonElement instance)
    {
        try
        {
            return isValid(instance);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string[] Collect(int number, string instance)
    {
        using JsonDocument document = JsonDocument.Parse(instance);
        List<ChatValidationFailure>? failures = null;
        s_compiled.Value.Validators.FindCollecting(Source(number))(document.RootElement, ref failures);
        return [.. (failures ?? []).Select(failure => $"{failure.Path} {failure.Keyword}: {failure.Message}")];
    }

    private static JsonValidatorSource Source(int number)
    {
        JsonValidatorSource source = s_compiled.Value.Sources[number];
        Assert.Null(s_compiled.Value.Validators.ErrorsOf(source));
        return source;
    }

    private static (CompiledValidators Validators, JsonValidatorSource[] Sources) Compile()
    {
        JsonValidatorSource[] sources = [.. s_cases.Select(Emit)];
        return (CompiledValidators.Compile(sources), sources);
    }

    private static JsonSchemaOptions Options(FailureCase failureCase) => new(failureCase.Dialect, new Dictionary<string, JsonNode>()) { AssertsFormat = true };

    private static JsonValidatorSource Emit(FailureCase failureCase, int number)
    {
        JsonNode schema = Suite.Parse("case.json", failureCase.Schema, out SchemaText source);
        var diagnostics = new DiagnosticBag(source);
        return JsonValidator.Emit(schema, Options(failureCase), diagnostics, "Failures", $"Validator{number}")
            ?? throw new InvalidOperationException($"{failureCase.Schema} is refused: {string.Join(", ", diagnostics.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id))}");
    }
}

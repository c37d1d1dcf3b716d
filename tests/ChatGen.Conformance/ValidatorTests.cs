using System.Text.Json;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using ChatGen.JsonSchemas;
using Xunit;

namespace ChatGen.Conformance;

/// <summary>What the suite does not ask for.</summary>
public class ValidatorTests
{
    private const string Recursive = """{ "additionalProperties": { "$ref": "#" }, "items": { "$ref": "#" } }""";

    private const string InvalidFirst = """{ "a": 1, "a": "" }""";
    private const string InvalidLast = """{ "a": "", "a": 1 }""";

    private static readonly ValidatorCase[] s_cases =
    [
        // Names are compared by code point.
        ValidatorCase.Draft7("""{ "properties": { "name": false } }""", """{ "Name": 1 }""", true),
        ValidatorCase.Draft7("""{ "required": [ "name" ] }""", """{ "NAME": 1 }""", false),
        ValidatorCase.Draft7("""{ "required": [ "name" ] }""", """{ "\u006eame": 1 }""", true),
        ValidatorCase.Draft7("""{ "required": [ "\u212B" ] }""", """{ "\u00C5": 1 }""", false),
        ValidatorCase.Draft7("""{ "required": [ "" ] }""", """{ "": null }""", true),
        ValidatorCase.Draft7("""{ "properties": { "a": { "type": "string" } } }""", InvalidFirst, false),
        ValidatorCase.Draft7("""{ "properties": { "a": { "type": "string" } } }""", InvalidLast, false),

        // A string may hold a lone surrogate, which System.Text.Json does not hand out.
        ValidatorCase.Draft7("""{ "minLength": 3 }""", "\"a\\ud83d\\n\"", true),
        ValidatorCase.Draft7("""{ "maxLength": 2 }""", "\"a\\ud83d\\n\"", false),
        ValidatorCase.Draft7("""{ "maxLength": 1 }""", "\"\\ud83d\\udca9\"", true),
        ValidatorCase.Draft7("""{ "required": [ "\ud83d" ], "additionalProperties": false, "properties": { "\ud83d": true } }""", "{ \"\\ud83d\": 1 }", true),
        ValidatorCase.Draft7("""{ "propertyNames": { "maxLength": 0 } }""", "{ \"\\udca9\": 1 }", false),
        ValidatorCase.Draft7("""{ "const": "\ud83d" }""", "\"\\uD83D\"", true),
        ValidatorCase.Draft7("""{ "uniqueItems": true }""", "[ \"\\ud83d\", \"\\ud83e\", \"\\/\", \"\\\\\" ]", true),
        ValidatorCase.Draft7("""{ "uniqueItems": true }""", "[ \"\\/\", \"/\" ]", false),

        // A pattern ends at the end, a dot is a code point and does not match a line's end.
        ValidatorCase.Draft7("""{ "pattern": "^a$" }""", "\"a\\n\"", false),
        ValidatorCase.Draft7("""{ "pattern": "^.$" }""", "\"\\ud83d\\udca9\"", true),
        ValidatorCase.Draft7("""{ "pattern": "^..$" }""", "\"\\ud83d\\udca9\"", false),
        ValidatorCase.Draft7("""{ "pattern": "^[^a]$" }""", "\"\\ud83d\\udca9\"", true),
        ValidatorCase.Draft7("""{ "pattern": "^.$" }""", "\"\\u2028\"", false),
        ValidatorCase.Draft7("""{ "pattern": "^\\d$" }""", "\"\\u0663\"", false),

        // Numbers by their exact value.
        ValidatorCase.Draft7("""{ "type": "integer" }""", "5e0", true),
        ValidatorCase.Draft7("""{ "type": "integer" }""", "50e-1", true),
        ValidatorCase.Draft7("""{ "type": "integer" }""", "5e-1", false),
        ValidatorCase.Draft7("""{ "type": "integer" }""", "1e1000000000", true),
        ValidatorCase.Draft7("""{ "type": "integer" }""", "1e-1000000000", false),
        ValidatorCase.Draft7("""{ "type": [ "integer", "string" ] }""", "1.5", false),
        ValidatorCase.Draft7("""{ "type": [ "integer", "number" ] }""", "1.5", true),
        ValidatorCase.Draft7("""{ "maximum": 9007199254740992 }""", "9007199254740993", false),
        ValidatorCase.Draft7("""{ "exclusiveMaximum": 0.1 }""", "0.09999999999999999999999999999999999999", true),
        ValidatorCase.Draft7("""{ "exclusiveMaximum": 0.1 }""", "0.10000", false),
        ValidatorCase.Draft7("""{ "minimum": -1e400 }""", "-1e401", false),
        ValidatorCase.Draft7("""{ "minimum": -1e401 }""", "-1e400", true),
        ValidatorCase.Draft7("""{ "exclusiveMinimum": -0.0 }""", "0", false),
        ValidatorCase.Draft7("""{ "minimum": 1e99999999999999999998 }""", "1e99999999999999999999", true),
        ValidatorCase.Draft7("""{ "multipleOf": 0.01 }""", "19.99", true),
        ValidatorCase.Draft7("""{ "multipleOf": 0.01 }""", "19.999", false),
        ValidatorCase.Draft7("""{ "multipleOf": 7 }""", "1e1000000000", false),
        ValidatorCase.Draft7("""{ "multipleOf": 5e-3 }""", "-1e1000000000", true),
        ValidatorCase.Draft7("""{ "multipleOf": 30 }""", "12e1", true),
        ValidatorCase.Draft7("""{ "multipleOf": 300 }""", "120", false),
        ValidatorCase.Draft7("""{ "const": 0 }""", "-0.0", true),
        ValidatorCase.Draft7("""{ "enum": [ 100 ] }""", "1.00E+2", true),
        ValidatorCase.Draft7("""{ "const": 0.1 }""", "0.1000000000000000055511151231257827", false),
        ValidatorCase.Draft7("""{ "maxItems": 1e99, "minItems": 1.0 }""", "[ 1 ]", true),
        ValidatorCase.Draft7("""{ "minLength": 4294967297 }""", "\"a\"", false),

        // Equality is deep and knows types.
        ValidatorCase.Draft7("""{ "uniqueItems": true }""", """[ 1, "1", true, "true", null, "", {}, [], 0, false ]""", true),
        ValidatorCase.Draft7("""{ "uniqueItems": true }""", """[ { "a": [ 1 ], "b": 2 }, { "b": 2.0, "a": [ 1e0 ] } ]""", false),
        ValidatorCase.Draft7("""{ "const": [ 1, 2 ] }""", "[ 2, 1 ]", false),
        ValidatorCase.Draft7("""{ "enum": [] }""", "null", false),
        ValidatorCase.Draft7("""{ "const": { "a": 1 } }""", """{ "a": 1, "b": 1 }""", false),

        // Each draft knows its own keywords alone.
        ValidatorCase.Draft7("""{ "prefixItems": [ false ], "dependentRequired": { "a": [ "b" ] }, "unevaluatedProperties": false, "$dynamicRef": "#x" }""", """{ "a": 1 }""", true),
        ValidatorCase.Draft202012("""{ "additionalItems": false, "items": true }""", "[ 1 ]", true),
        ValidatorCase.Draft7("""{ "$ref": "#/definitions/a", "type": "string", "definitions": { "a": { "type": "number" } } }""", "1", true),
        ValidatorCase.Draft202012("""{ "$ref": "#/$defs/a", "maximum": 5, "$defs": { "a": { "type": "number" } } }""", "7", false),
        ValidatorCase.Draft202012("""{ "$schema": "http://json-schema.org/draft-07/schema#", "items": [ { "type": "string" } ] }""", "[ 1 ]", false),

        // What a failed branch has evaluated does not count, what two that hold have evaluated does.
        ValidatorCase.Draft202012("""{ "anyOf": [ { "properties": { "a": true }, "required": [ "b" ] }, true ], "unevaluatedProperties": false }""", """{ "a": 1 }""", false),
        ValidatorCase.Draft202012("""{ "anyOf": [ { "properties": { "a": true } }, { "properties": { "b": true } } ], "unevaluatedProperties": false }""", """{ "a": 1, "b": 1 }""", true),
        ValidatorCase.Draft202012("""{ "not": { "not": { "properties": { "a": true } } }, "unevaluatedProperties": false }""", """{ "a": 1 }""", false),
        ValidatorCase.Draft202012("""{ "if": { "properties": { "a": { "const": 1 } } }, "unevaluatedProperties": false }""", """{ "a": 1 }""", true),
        ValidatorCase.Draft202012("""{ "if": { "properties": { "a": { "const": 1 } } }, "unevaluatedProperties": false }""", """{ "a": 2 }""", false),
        ValidatorCase.Draft202012("""{ "allOf": [ { "properties": { "a": true } }, { "unevaluatedProperties": false } ] }""", """{ "a": 1 }""", false),
        ValidatorCase.Draft202012("""{ "prefixItems": [ true ], "contains": { "const": 7 }, "unevaluatedItems": false }""", "[ 1, 7 ]", true),
        ValidatorCase.Draft202012("""{ "prefixItems": [ true ], "contains": { "const": 7 }, "unevaluatedItems": false }""", "[ 7, 1 ]", false),
        ValidatorCase.Draft202012("""{ "dependentSchemas": { "a": { "properties": { "a": true, "b": true } } }, "unevaluatedProperties": false }""", """{ "b": 1 }""", false),
        ValidatorCase.Draft202012("""{ "$ref": "#/$defs/open", "unevaluatedProperties": false, "$defs": { "open": { "additionalProperties": true } } }""", """{ "b": 1 }""", true),

        ValidatorCase.Draft7(Recursive, """{ "a": [ { "b": {} } ] }""", true),
    ];

    private static readonly Lazy<(CompiledValidators Validators, JsonValidatorSource[] Sources)> s_compiled = new(Compile);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_cases.Length)];

    /// <summary>At compile time, a name that stands twice is an error of the document.</summary>
    public static TheoryData<int> CasesAtCompileTime => [.. Enumerable.Range(0, s_cases.Length).Where(number => s_cases[number].Instance is not (InvalidFirst or InvalidLast))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Verdict_is_that_of_the_specification(int number)
    {
        ValidatorCase validatorCase = s_cases[number];
        using JsonDocument document = JsonDocument.Parse(validatorCase.Instance);

        bool isValid = Validator(number)(document.RootElement);

        Assert.True(isValid == validatorCase.IsValid, $"{validatorCase.Schema} {(isValid ? "accepts" : "rejects")} {validatorCase.Instance}");
    }

    [Theory]
    [MemberData(nameof(CasesAtCompileTime))]
    public void Verdict_at_compile_time_is_the_same(int number)
    {
        ValidatorCase validatorCase = s_cases[number];
        JsonNode schema = Suite.Parse("case.json", validatorCase.Schema, out SchemaText source);
        JsonSchemaModel model = JsonSchemaReader.Read(schema, new JsonSchemaOptions(validatorCase.Dialect, new Dictionary<string, JsonNode>()), new DiagnosticBag(source))!;

        SchemaEvaluation evaluation = JsonSchemaEvaluator.Evaluate(model, model.Roots[0], Suite.Parse("instance.json", validatorCase.Instance, out _));

        Assert.True(evaluation.IsDecided);
        Assert.Equal(validatorCase.IsValid, evaluation.IsValid);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{ \"a\": ", "}")]
    public void Instance_that_is_nested_too_deeply_gets_no_verdict(string open, string close)
    {
        const int Depth = 2_000;
        string text = string.Concat(Enumerable.Repeat(open, Depth)) + "1" + string.Concat(Enumerable.Repeat(close, Depth));
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Depth });
        Func<JsonElement, bool> isValid = Validator(Array.FindIndex(s_cases, validatorCase => validatorCase.Schema == Recursive));

        Assert.Throws<JsonValidationDepthException>(() => isValid(document.RootElement));
        Assert.Throws<JsonValidationDepthException>(() => JsonEquality.Comparer.GetHashCode(document.RootElement));
    }

    private static Func<JsonElement, bool> Validator(int number)
    {
        JsonValidatorSource source = s_compiled.Value.Sources[number];
        Assert.Null(s_compiled.Value.Validators.ErrorsOf(source));
        return s_compiled.Value.Validators.Find(source);
    }

    private static (CompiledValidators Validators, JsonValidatorSource[] Sources) Compile()
    {
        JsonValidatorSource[] sources = [.. s_cases.Select(Emit)];
        return (CompiledValidators.Compile(sources), sources);
    }

    private static JsonValidatorSource Emit(ValidatorCase validatorCase, int number)
    {
        JsonNode schema = Suite.Parse("case.json", validatorCase.Schema, out SchemaText source);
        var diagnostics = new DiagnosticBag(source);
        return JsonValidator.Emit(schema, new JsonSchemaOptions(validatorCase.Dialect, new Dictionary<string, JsonNode>()), diagnostics, "Cases", $"Validator{number}")
            ?? throw new InvalidOperationException($"{validatorCase.Schema} is refused: {string.Join(", ", diagnostics.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id))}");
    }
}

using System.Text.Json;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using Xunit;

namespace ChatGen.Conformance;

/// <summary>A validator of several schemas of one document.</summary>
public class RootTests
{
    private const string Document = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "$id": "acme",
          "x-chat": { "extends": "other", "events": { "$ref": 7 } },
          "definitions": {
            "Options": { "properties": { "name": { "$ref": "#/definitions/Name" }, "party": { "$ref": "#/definitions/Party" } }, "required": [ "name" ] },
            "Party": { "properties": { "name": { "$ref": "acme#name" } } },
            "Name": { "$id": "#name", "type": "string", "maxLength": 3 },
            "Unused": { "type": "strnig" }
          }
        }
        """;

    private static readonly Lazy<(CompiledValidators Validators, JsonValidatorSource Source)> s_compiled = new(Compile);

    [Theory]
    [InlineData("ValidateOptions", """{ "party": { "name": "Anna" } }""", "$.party.name maxLength", "$ required")]
    [InlineData("ValidateOptions", """{ "name": "Ann", "party": {} }""")]
    [InlineData("ValidateParty", """{ "name": 1 }""", "$.name type")]
    [InlineData("ValidateParty", "{}")]
    [InlineData("ValidateName", "\"Anna\"", "$ maxLength")]
    public void Each_root_has_a_method_of_its_own(string method, string instance, params string[] expected)
    {
        using JsonDocument document = JsonDocument.Parse(instance);
        List<ChatValidationFailure>? failures = null;

        s_compiled.Value.Validators.FindCollecting(s_compiled.Value.Source, method)(document.RootElement, ref failures);

        Assert.Equal(expected, (failures ?? []).Select(failure => $"{failure.Path} {failure.Keyword}"));
    }

    [Fact]
    public void What_roots_share_is_emitted_once() =>
        Assert.Single(s_compiled.Value.Source.Text.Split('\n'), line => line.Contains("must have at most 3 characters", StringComparison.Ordinal));

    private static (CompiledValidators Validators, JsonValidatorSource Source) Compile()
    {
        var document = (JsonObjectNode)Suite.Parse("acme.chat.json", Document, out SchemaText text);
        var definitions = (JsonObjectNode)document["definitions"]!;
        var diagnostics = new DiagnosticBag(text);
        JsonSchemaModel model = JsonSchemaReader.Read(
            document,
            [definitions["Options"]!, definitions["Party"]!, definitions["Name"]!],
            new JsonSchemaOptions(JsonSchemaDialect.Draft7, new Dictionary<string, JsonNode>()),
            diagnostics)!;
        var source = new JsonValidatorSource("Roots", "Validators", JsonValidatorEmitter.Emit(model, "Roots", "Validators", ["ValidateOptions", "ValidateParty", "ValidateName"]));
        CompiledValidators validators = CompiledValidators.Compile([source]);
        Assert.Null(validators.ErrorsOf(source));
        return (validators, source);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Generator.JsonSchemas;
using NJsonSchema;

namespace ChatGen.Differential.Judges;

/// <summary>
/// NJsonSchema, for schemas that its object model can say. It is wrong on many others, silently: Booleans as schemas, <c>required</c> without <c>type</c>, <c>1.0</c> as an
/// integer, constants other than strings, <c>maxItems: 0</c>, a second pattern for one member.
/// </summary>
internal sealed class NJsonSchemaJudge : IJudge
{
    private static readonly string[] s_keywords =
    [
        "$schema", "definitions", "type", "properties", "required", "additionalProperties", "patternProperties", "items", "minItems", "maxItems", "minProperties", "maxProperties",
        "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum", "anyOf", "oneOf", "allOf", "not", "$ref",
    ];

    /// <summary>Those that mean the same in .NET.</summary>
    private static readonly string[] s_patterns = ["", "^a", "^x-", "^[a-z]+?b", "a|^b", "^(foo|bar)$", "^(?=.*1).*a", "(?!a)b", "(?<=a)b", "(?<!a)b", "^(?:a|ab)(?:c|bcd)"];

    public static bool CanBeRight(JudgedCase judged) => judged.Dialect == JsonSchemaDialect.Draft7 && CanBeRight(JsonNode.Parse(judged.Schema));

    public async Task<IReadOnlyList<Judgement>> JudgeAsync(IReadOnlyList<JudgedCase> cases, CancellationToken cancellationToken)
    {
        var judgements = new List<Judgement>();
        foreach (JudgedCase judged in cases)
        {
            judgements.Add(await JudgeAsync(judged, cancellationToken));
        }

        return judgements;
    }

    private static async Task<Judgement> JudgeAsync(JudgedCase judged, CancellationToken cancellationToken)
    {
        try
        {
            JsonSchema schema = await JsonSchema.FromJsonAsync(judged.Schema, cancellationToken);
            return new Judgement("", [.. judged.Instances.Select(instance => (bool?)(schema.Validate(instance).Count == 0))]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Newtonsoft.Json.JsonException or NotSupportedException or FormatException or InvalidCastException or OverflowException)
        {
            return Judgement.Refused(exception.GetType().Name);
        }
    }

    private static bool CanBeRight(JsonNode? node) => node is JsonObject schema && schema.All(member => CanBeRight(schema, member.Key, member.Value));

    private static bool CanBeRight(JsonObject schema, string keyword, JsonNode? value) => s_keywords.Contains(keyword) && keyword switch
    {
        "type" => value is JsonValue type && type.GetValue<string>() != "integer",
        "required" => schema["type"] is JsonValue type && type.GetValue<string>() == "object",
        "enum" => ((JsonArray)value!).All(item => item?.GetValueKind() == JsonValueKind.String) && schema["type"] is JsonValue,
        "properties" or "definitions" => ((JsonObject)value!).All(member => CanBeRight(member.Value)),
        "patternProperties" => value is JsonObject { Count: 1 } map && map.All(member => s_patterns.Contains(member.Key) && CanBeRight(member.Value)),
        "additionalProperties" => value is JsonValue || CanBeRight(value),
        "items" or "not" => CanBeRight(value),
        "allOf" or "anyOf" or "oneOf" => value is JsonArray { Count: > 1 } schemas && schemas.All(CanBeRight),
        "pattern" => s_patterns.Contains(value!.GetValue<string>()),
        "minItems" or "maxItems" or "minProperties" or "maxProperties" or "minLength" or "maxLength" => value!.ToJsonString() is ['1' or '2' or '3' or '4' or '5' or '6'],
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => !value!.ToJsonString().Contains('e', StringComparison.OrdinalIgnoreCase),
        _ => true,
    };
}

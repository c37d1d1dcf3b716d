using System.Globalization;
using ChatGen.Generator.Reading;
using NJsonSchema;

namespace ChatGen.Generator.Documents;

/// <summary>
/// Fills NJsonSchema's object model with the meta-schema. It knows the keywords that the meta-schema uses and no others. Three things are put otherwise than they are
/// written: <c>null</c> is dropped from types and enumerations, as <see cref="MetaSchemaTokens"/> drops it from documents; patterns are translated to .NET; and an
/// <c>errorMessage</c> takes the place of the description.
/// </summary>
internal sealed class MetaSchemaBuilder
{
    private const string Prefix = "#/definitions/";

    private readonly Dictionary<string, JsonSchema> _definitions = new(StringComparer.Ordinal);

    private MetaSchemaBuilder()
    {
    }

    public static JsonSchema Build(JsonObjectNode root)
    {
        var builder = new MetaSchemaBuilder();
        var definitions = (JsonObjectNode)root["definitions"]!;
        foreach (JsonMember definition in definitions.Members)
        {
            builder._definitions.Add(definition.Name, new JsonSchema());
        }

        foreach (JsonMember definition in definitions.Members)
        {
            builder.Fill(builder._definitions[definition.Name], definition.Value);
        }

        return builder.Create<JsonSchema>(root);
    }

    private T Create<T>(JsonNode node)
        where T : JsonSchema, new()
    {
        var schema = new T();
        Fill(schema, node);
        return schema;
    }

    private void Fill(JsonSchema schema, JsonNode node)
    {
        foreach (JsonMember keyword in ((JsonObjectNode)node).Members)
        {
            Fill(schema, keyword);
        }
    }

    private void Fill(JsonSchema schema, JsonMember keyword)
    {
        switch (keyword.Name)
        {
            case "$schema" or "$id" or "$comment" or "title" or "description" or "examples" or "definitions":
                break;
            case "errorMessage":
                schema.Description = Text(keyword.Value);
                break;
            case "$ref":
                schema.Reference = _definitions[Text(keyword.Value).Substring(Prefix.Length)];
                break;
            case "type":
                schema.Type = TypeOf(keyword.Value);
                break;
            case "enum":
                foreach (JsonNode value in Items(keyword.Value).Where(value => value is not JsonNullNode))
                {
                    schema.Enumeration.Add(ValueOf(value));
                }

                break;
            case "properties":
                foreach (JsonMember property in Members(keyword.Value))
                {
                    schema.Properties.Add(property.Name, Create<JsonSchemaProperty>(property.Value));
                }

                break;
            case "patternProperties":
                foreach (JsonMember property in Members(keyword.Value))
                {
                    schema.PatternProperties.Add(Pattern(property.Name), Create<JsonSchemaProperty>(property.Value));
                }

                break;
            case "additionalProperties" when keyword.Value is JsonBooleanNode allowed:
                schema.AllowAdditionalProperties = allowed.Value;
                break;
            case "additionalProperties":
                schema.AdditionalPropertiesSchema = Create<JsonSchema>(keyword.Value);
                break;
            case "required":
                foreach (JsonNode name in Items(keyword.Value))
                {
                    schema.RequiredProperties.Add(Text(name));
                }

                break;
            case "items":
                schema.Item = Create<JsonSchema>(keyword.Value);
                break;
            case "allOf":
                foreach (JsonNode item in Items(keyword.Value))
                {
                    schema.AllOf.Add(Create<JsonSchema>(item));
                }

                break;
            case "anyOf":
                foreach (JsonNode item in Items(keyword.Value))
                {
                    schema.AnyOf.Add(Create<JsonSchema>(item));
                }

                break;
            case "pattern":
                schema.Pattern = Pattern(Text(keyword.Value));
                break;
            case "minLength":
                schema.MinLength = (int)Number(keyword.Value);
                break;
            case "minItems":
                schema.MinItems = (int)Number(keyword.Value);
                break;
            case "uniqueItems":
                schema.UniqueItems = ((JsonBooleanNode)keyword.Value).Value;
                break;
            case "minimum":
                schema.Minimum = Number(keyword.Value);
                break;
            case "maximum":
                schema.Maximum = Number(keyword.Value);
                break;
            case "exclusiveMinimum":
                schema.ExclusiveMinimum = Number(keyword.Value);
                break;
            default:
                throw new NotSupportedException($"The meta-schema uses '{keyword.Name}', which nothing is made of yet.");
        }
    }

    private static JsonObjectType TypeOf(JsonNode node)
    {
        string[] names = node is JsonArrayNode array ? [.. array.Items.Select(Text)] : [Text(node)];
        return names.Where(name => name != "null" || names.Length == 1)
            .Aggregate(JsonObjectType.None, (types, name) => types | (JsonObjectType)Enum.Parse(typeof(JsonObjectType), name, ignoreCase: true));
    }

    /// <summary>As .NET has it: to NJsonSchema <c>$</c> would match in front of a line break too.</summary>
    private static string Pattern(string pattern) => EcmaPattern.TryTranslate(pattern, out string translated, out string? problem) ? translated : throw new NotSupportedException(problem);

    private static object ValueOf(JsonNode node) => node switch
    {
        JsonStringNode text => text.Value,
        JsonNumberNode => Number(node),
        JsonBooleanNode flag => flag.Value,
        _ => throw new NotSupportedException("The meta-schema enumerates something else than strings, numbers and Booleans."),
    };

    private static decimal Number(JsonNode node) => decimal.Parse(((JsonNumberNode)node).Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(JsonNode node) => ((JsonStringNode)node).Value;

    private static IReadOnlyList<JsonNode> Items(JsonNode node) => ((JsonArrayNode)node).Items;

    private static IReadOnlyList<JsonMember> Members(JsonNode node) => ((JsonObjectNode)node).Members;
}

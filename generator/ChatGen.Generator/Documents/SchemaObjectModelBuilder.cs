using System.Globalization;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Reading;
using NJsonSchema;

namespace ChatGen.Generator.Documents;

/// <summary>
/// Fills NJsonSchema's object model from the positioned tree, and checks every keyword on the way. NJsonSchema's own reader is not used:
/// it loses positions and keywords, and follows references to files and addresses.
/// </summary>
internal sealed class SchemaObjectModelBuilder
{
    private static readonly Dictionary<string, JsonObjectType> s_types = new(StringComparer.Ordinal)
    {
        ["string"] = JsonObjectType.String,
        ["integer"] = JsonObjectType.Integer,
        ["number"] = JsonObjectType.Number,
        ["boolean"] = JsonObjectType.Boolean,
        ["object"] = JsonObjectType.Object,
        ["array"] = JsonObjectType.Array,
        ["null"] = JsonObjectType.Null,
    };

    private readonly SchemaObjectModel _model = new();
    private readonly DiagnosticBag _diagnostics;
    private readonly CancellationToken _cancellationToken;

    private SchemaObjectModelBuilder(DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        _diagnostics = diagnostics;
        _cancellationToken = cancellationToken;
    }

    public static SchemaObjectModel Build(SchemaDocument document, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var builder = new SchemaObjectModelBuilder(diagnostics, cancellationToken);
        if (document.Root["definitions"] is JsonObjectNode definitions)
        {
            builder.FillDefinitions(definitions);
        }

        return builder._model;
    }

    private void FillDefinitions(JsonObjectNode definitions)
    {
        foreach (JsonMember definition in definitions.Members)
        {
            _model.Define(definition.Name, new JsonSchema(), definition.Value);
        }

        foreach (string name in _model.Names)
        {
            JsonSchema schema = _model.Find(name)!;
            Fill(schema, _model.NodeOf(schema));
        }

        BreakLoops();
    }

    private T Create<T>(JsonNode node)
        where T : JsonSchema, new()
    {
        var schema = new T();
        _model.Add(schema, node);
        Fill(schema, node);
        return schema;
    }

    private void Fill(JsonSchema schema, JsonNode node)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        switch (node)
        {
            case JsonObjectNode keywords when keywords.Find("$ref") is { } reference:
                // In draft-07 whatever stands beside $ref has no effect.
                FillReference(schema, reference.Value);
                break;
            case JsonObjectNode keywords:
                foreach (JsonMember keyword in keywords.Members)
                {
                    FillKeyword(schema, keyword);
                }

                break;
            case JsonBooleanNode { Value: true }:
                break;
            case JsonBooleanNode:
                _diagnostics.Add(Descriptors.UnsupportedKeyword, node, "false", "as a schema: no value could ever be valid");
                break;
            default:
                _diagnostics.Add(Descriptors.WrongValue, node, "A schema", "an object or a Boolean");
                break;
        }
    }

    private void FillReference(JsonSchema schema, JsonNode node)
    {
        const string Prefix = "#/definitions/";
        if (node is not JsonStringNode { Value: { } reference })
        {
            _diagnostics.Add(Descriptors.WrongValue, node, "$ref", "a string");
        }
        else if (!reference.StartsWith("#", StringComparison.Ordinal))
        {
            _diagnostics.Add(Descriptors.ExternalReference, node, reference);
        }
        else if (!reference.StartsWith(Prefix, StringComparison.Ordinal))
        {
            _diagnostics.Add(Descriptors.UnresolvedReference, node, reference, "only '#/definitions/…' can be referred to");
        }
        else
        {
            string name = Uri.UnescapeDataString(reference.Substring(Prefix.Length)).Replace("~1", "/").Replace("~0", "~");
            if (_model.Find(name) is { } target)
            {
                schema.Reference = target;
            }
            else
            {
                _diagnostics.Add(Descriptors.UnresolvedReference, node, reference, Suggestion.Near(name, _model.Names, "there is no such definition"));
            }
        }
    }

    private void BreakLoops()
    {
        // Whoever was passed on an earlier way ends somewhere, so every definition is passed once.
        var ends = new HashSet<JsonSchema>();
        foreach (string name in _model.Names)
        {
            var way = new HashSet<JsonSchema>();
            JsonSchema schema = _model.Find(name)!;
            while (way.Add(schema) && !ends.Contains(schema) && schema.Reference is { } next)
            {
                if (way.Contains(next))
                {
                    JsonNode reference = ((JsonObjectNode)_model.NodeOf(next))["$ref"]!;
                    _diagnostics.Add(Descriptors.LoopingReference, reference, ((JsonStringNode)reference).Value);
                    next.Reference = null;
                    break;
                }

                schema = next;
            }

            ends.UnionWith(way);
        }
    }

    private void FillKeyword(JsonSchema schema, JsonMember keyword)
    {
        switch (keyword.Name)
        {
            case "type":
                FillType(schema, keyword.Value);
                break;
            case "format":
                FillFormat(schema, keyword.Value);
                break;
            case "pattern":
                FillPattern(schema, keyword.Value);
                break;
            case "description":
                schema.Description = Text(keyword);
                break;
            case "title":
                schema.Title = Text(keyword);
                break;
            case "minimum":
                schema.Minimum = Number(keyword);
                break;
            case "maximum":
                schema.Maximum = Number(keyword);
                break;
            case "exclusiveMinimum":
                schema.ExclusiveMinimum = Number(keyword);
                break;
            case "exclusiveMaximum":
                schema.ExclusiveMaximum = Number(keyword);
                break;
            case "minLength":
                schema.MinLength = Count(keyword);
                break;
            case "maxLength":
                schema.MaxLength = Count(keyword);
                break;
            case "minItems":
                schema.MinItems = Count(keyword) ?? 0;
                break;
            case "maxItems":
                schema.MaxItems = Count(keyword) ?? 0;
                break;
            case "enum":
                FillEnumeration(schema, keyword);
                break;
            case "properties":
                FillProperties(schema, keyword);
                break;
            case "required":
                foreach (string name in Strings(keyword))
                {
                    schema.RequiredProperties.Add(name);
                }

                break;
            case "items":
                schema.Item = Create<JsonSchema>(keyword.Value);
                break;
            case "additionalProperties":
                FillAdditionalProperties(schema, keyword.Value);
                break;
            case "anyOf":
                FillAlternatives(schema, keyword);
                break;
            default:
                CheckOther(keyword);
                break;
        }
    }

    private void CheckOther(JsonMember keyword)
    {
        if (KeywordTable.Find(keyword.Name) is { } keywordClass)
        {
            if (keywordClass == KeywordClass.Refused)
            {
                _diagnostics.Add(Descriptors.UnsupportedKeyword, keyword.NameNode, keyword.Name, "yet: state the rule by other keywords or leave it out");
            }
            else if (keywordClass == KeywordClass.OtherDraft)
            {
                _diagnostics.Add(Descriptors.UnsupportedKeyword, keyword.NameNode, keyword.Name, "in draft-07: it belongs to another draft");
            }
        }
        else if (!keyword.Name.StartsWith("x-", StringComparison.Ordinal) || keyword.Name.StartsWith("x-chat", StringComparison.Ordinal))
        {
            _diagnostics.Add(Descriptors.UnknownKeyword, keyword.NameNode, keyword.Name,
                Suggestion.Near(keyword.Name, KeywordTable.Known, "remove it, or begin its name with 'x-' if it is meant for another tool"));
        }
    }

    private void FillType(JsonSchema schema, JsonNode node)
    {
        IReadOnlyList<JsonNode> names = node is JsonArrayNode array ? array.Items : [node];
        foreach (JsonNode item in names)
        {
            if (item is not JsonStringNode name)
            {
                _diagnostics.Add(Descriptors.WrongValue, item, "type", "the name of a type or an array of such names");
            }
            else if (s_types.TryGetValue(name.Value, out JsonObjectType type))
            {
                schema.Type |= type;
            }
            else
            {
                _diagnostics.Add(Descriptors.UnknownType, name, name.Value, Suggestion.For(name.Value, s_types.Keys));
            }
        }
    }

    private void FillFormat(JsonSchema schema, JsonNode node)
    {
        if (node is not JsonStringNode format)
        {
            _diagnostics.Add(Descriptors.WrongValue, node, "format", "a string");
        }
        else if (Formats.IsChecked(format.Value))
        {
            schema.Format = format.Value;
        }
        else
        {
            _diagnostics.Add(Descriptors.UncheckedFormat, node, format.Value);
        }
    }

    private void FillPattern(JsonSchema schema, JsonNode node)
    {
        if (node is not JsonStringNode pattern)
        {
            _diagnostics.Add(Descriptors.WrongValue, node, "pattern", "a string");
            return;
        }

        if (EcmaPattern.TryTranslate(pattern.Value, out _, out string? problem))
        {
            schema.Pattern = pattern.Value;
        }
        else
        {
            _diagnostics.Add(Descriptors.InvalidPattern, node, pattern.Value, problem!);
        }
    }

    private void FillEnumeration(JsonSchema schema, JsonMember keyword)
    {
        if (keyword.Value is not JsonArrayNode { Items.Count: > 0 } values)
        {
            _diagnostics.Add(Descriptors.WrongValue, keyword.Value, "enum", "an array with at least one value");
            return;
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonNode value in values.Items)
        {
            if (value is not JsonStringNode text)
            {
                _diagnostics.Add(Descriptors.UnsupportedKeyword, value, "enum", "yet for anything but strings");
            }
            else if (!taken.Add(text.Value))
            {
                _diagnostics.Add(Descriptors.WrongValue, value, "enum", "an array without doubles");
            }
            else
            {
                schema.Enumeration.Add(text.Value);
            }
        }
    }

    private void FillProperties(JsonSchema schema, JsonMember keyword)
    {
        if (keyword.Value is not JsonObjectNode properties)
        {
            _diagnostics.Add(Descriptors.WrongValue, keyword.Value, "properties", "an object");
            return;
        }

        foreach (JsonMember property in properties.Members)
        {
            schema.Properties[property.Name] = Create<JsonSchemaProperty>(property.Value);
        }
    }

    private void FillAdditionalProperties(JsonSchema schema, JsonNode node)
    {
        if (node is JsonBooleanNode allowed)
        {
            schema.AllowAdditionalProperties = allowed.Value;
        }
        else
        {
            schema.AdditionalPropertiesSchema = Create<JsonSchema>(node);
        }
    }

    private void FillAlternatives(JsonSchema schema, JsonMember keyword)
    {
        if (keyword.Value is not JsonArrayNode { Items.Count: > 0 } alternatives)
        {
            _diagnostics.Add(Descriptors.WrongValue, keyword.Value, "anyOf", "an array with at least one schema");
            return;
        }

        foreach (JsonNode node in alternatives.Items)
        {
            if (node is JsonObjectNode { Members: [{ Name: "required" }] })
            {
                schema.AnyOf.Add(Create<JsonSchema>(node));
            }
            else
            {
                _diagnostics.Add(Descriptors.UnsupportedKeyword, node, "anyOf", "yet with anything but 'required' in its schemas");
            }
        }
    }

    private string? Text(JsonMember keyword)
    {
        if (keyword.Value is JsonStringNode text)
        {
            return text.Value;
        }

        _diagnostics.Add(Descriptors.WrongValue, keyword.Value, keyword.Name, "a string");
        return null;
    }

    private decimal? Number(JsonMember keyword)
    {
        if (keyword.Value is JsonNumberNode number && decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
        {
            return value;
        }

        _diagnostics.Add(Descriptors.WrongValue, keyword.Value, keyword.Name, "a number of at most 28 digits");
        return null;
    }

    private int? Count(JsonMember keyword)
    {
        if (keyword.Value is JsonNumberNode number
            && decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            && value is >= 0 and <= int.MaxValue && decimal.Truncate(value) == value)
        {
            return (int)value;
        }

        _diagnostics.Add(Descriptors.WrongValue, keyword.Value, keyword.Name, "an integer from 0 to 2147483647");
        return null;
    }

    private IEnumerable<string> Strings(JsonMember keyword)
    {
        if (keyword.Value is JsonArrayNode array && array.Items.All(item => item is JsonStringNode))
        {
            return array.Items.Select(item => ((JsonStringNode)item).Value);
        }

        _diagnostics.Add(Descriptors.WrongValue, keyword.Value, keyword.Name, "an array of strings");
        return [];
    }
}

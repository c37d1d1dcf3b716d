using System.Globalization;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Reading;
using NJsonSchema;

namespace ChatGen.Generator.Documents;

/// <summary>
/// Fills NJsonSchema's object model from the positioned tree, and checks every keyword on the way. NJsonSchema's own reader is not used:
/// it loses positions and keywords, and follows references to files and addresses.
/// </summary>
internal sealed class SchemaObjectModelBuilder
{
    // NJsonSchema looks at all of its subschemas whenever one is added, so that its time grows with the square of their number.
    private const int MaxSubschemas = 2_000;

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

    private static readonly string[] s_sections = ["#/definitions/", "#/$defs/"];

    private readonly SchemaObjectModel _model;
    private readonly JsonSchemaDialect _dialect;
    private readonly SchemaIndex _index;
    private readonly DiagnosticBag _diagnostics;
    private readonly CancellationToken _cancellationToken;
    private readonly Queue<(JsonSchema Schema, JsonStringNode Reference)> _references = new();
    private readonly HashSet<JsonNode> _roots;

    private SchemaObjectModelBuilder(
        JsonSchemaDialect dialect, SchemaIndex index, IEnumerable<JsonNode> roots, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        _model = new SchemaObjectModel(dialect);
        _dialect = dialect;
        _roots = [.. roots];
        _index = index;
        _diagnostics = diagnostics;
        _cancellationToken = cancellationToken;
    }

    public static SchemaObjectModel Build(
        SchemaDocument document, IReadOnlyDictionary<string, JsonNode> documents, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var index = new SchemaIndex(documents, document.Dialect, new Refusals(diagnostics));
        index.AddDocument(JsonSchemaOptions.DefaultBaseUri, document.Root, document.Dialect);
        var builder = new SchemaObjectModelBuilder(document.Dialect, index, documents.Values.Append(document.Root), diagnostics, cancellationToken);
        foreach (JsonMember section in document.DefinitionSections)
        {
            builder.Define(section);
        }

        foreach (string name in builder._model.Names)
        {
            JsonSchema schema = builder._model.Find(name)!;
            builder.Fill(schema, builder._model.NodeOf(schema));
        }

        builder.ResolveReferences();
        builder.BreakLoops();
        return builder._model;
    }

    private void Define(JsonMember section)
    {
        if (section.Value is not JsonObjectNode definitions)
        {
            _diagnostics.Add(Descriptors.WrongValue, section.Value, section.Name, "an object");
            return;
        }

        foreach (JsonMember definition in definitions.Members)
        {
            if (_model.Find(definition.Name) is null)
            {
                _model.Define(definition.Name, new JsonSchemaProperty(), definition.Value);
            }
            else
            {
                _diagnostics.Add(Descriptors.NameClash, definition.NameNode, definition.Name, Names.ToPascal(definition.Name));
            }
        }
    }

    /// <summary>The schema of a node. A reference can lead to what holds schemas that were read before, which are then the same.</summary>
    private JsonSchemaProperty Create(JsonNode node)
    {
        if (_model.SchemaOf(node) is { } known)
        {
            return known;
        }

        // Of the one kind that can stand at any place.
        var schema = new JsonSchemaProperty();
        _model.Add(schema, node);
        Fill(schema, node);
        return schema;
    }

    private void Fill(JsonSchema schema, JsonNode node)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        switch (node)
        {
            case JsonObjectNode keywords:
                Find(schema, keywords);
                if (SchemaKeywords.HidesSiblings(keywords, _dialect))
                {
                    break;
                }

                foreach (JsonMember keyword in keywords.Members)
                {
                    FillKeyword(schema, keyword);
                }

                break;
            case JsonBooleanNode:
                break;
            default:
                _diagnostics.Add(Descriptors.WrongValue, node, "A schema", "an object or a Boolean");
                break;
        }
    }

    /// <summary>A dynamic reference leads, for the C# type, to where it stands first.</summary>
    private void Find(JsonSchema schema, JsonObjectNode keywords)
    {
        JsonNode? reference = keywords["$ref"] ?? (_dialect == JsonSchemaDialect.Draft202012 ? keywords["$dynamicRef"] : null);
        if (reference is JsonStringNode text)
        {
            _references.Enqueue((schema, text));
        }
        else if (reference is not null)
        {
            _diagnostics.Add(Descriptors.WrongValue, reference, "$ref", "a string");
        }
    }

    private void ResolveReferences()
    {
        while (_references.Count > 0)
        {
            (JsonSchema schema, JsonStringNode reference) = _references.Dequeue();
            string text = reference.Value;
            if (_index.FindResource(_model.NodeOf(schema)) is not { } resource)
            {
                // In a document of an unknown dialect, which is that document's to report.
                continue;
            }

            ReferenceTarget target = _index.Resolve(text, resource);
            if (target.Node is not { } node)
            {
                ReportUnresolved(target, reference);
            }
            else if (_roots.Contains(node))
            {
                _diagnostics.Add(Descriptors.UnresolvedReference, reference, text, "a chat schema as a whole describes no value; refer to one of its definitions");
            }
            else
            {
                schema.Reference = Create(node);
                _model.Refer(text.Split('/', '#', '~').Last() is { Length: > 0 } name ? name : "Root", schema.Reference);
            }
        }
    }

    private void ReportUnresolved(ReferenceTarget target, JsonStringNode reference)
    {
        string text = reference.Value;
        string? section = s_sections.FirstOrDefault(start => text.StartsWith(start, StringComparison.Ordinal));
        if (target.IsDocumentUnknown)
        {
            _diagnostics.Add(Descriptors.ExternalReference, reference, text);
        }
        else
        {
            _diagnostics.Add(Descriptors.UnresolvedReference, reference, text,
                section is null ? target.Problem : Suggestion.Near(text.Substring(section.Length), _model.Names, "there is no such definition"));
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
                    var node = (JsonObjectNode)_model.NodeOf(next);
                    JsonNode reference = node["$ref"] ?? node["$dynamicRef"]!;
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
            case "minProperties":
                schema.MinProperties = Count(keyword) ?? 0;
                break;
            case "maxProperties":
                schema.MaxProperties = Count(keyword) ?? 0;
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
            case "items" when keyword.Value is not JsonArrayNode || _dialect != JsonSchemaDialect.Draft7:
                schema.Item = Create(keyword.Value);
                break;
            case "additionalProperties":
                FillAdditionalProperties(schema, keyword.Value);
                break;
            case "allOf":
                FillAll(schema.AllOf, keyword);
                break;
            case "anyOf":
                FillAll(schema.AnyOf, keyword);
                break;
            case "oneOf":
                FillAll(schema.OneOf, keyword);
                break;
            default:
                CheckOther(keyword);
                break;
        }
    }

    /// <summary>What NJsonSchema does not keep, or has no part in the C# type; its subschemas are checked all the same.</summary>
    private void CheckOther(JsonMember keyword)
    {
        foreach (JsonNode subschema in SchemaKeywords.SubschemasOf(keyword, _dialect))
        {
            Create(subschema);
        }

        switch (KeywordTable.Find(_dialect, keyword.Name))
        {
            case KeywordClass.Refused:
                _diagnostics.Add(Descriptors.UnsupportedKeyword, keyword.NameNode, keyword.Name, "by ChatGen: state the rule by other keywords or leave it out");
                break;
            case KeywordClass.OtherDraft:
                _diagnostics.Add(Descriptors.UnsupportedKeyword, keyword.NameNode, keyword.Name,
                    $"in {(_dialect == JsonSchemaDialect.Draft7 ? "draft-07" : "2020-12")}: it belongs to another draft{KeywordTable.Instead(keyword.Name)}");
                break;
            case null when !keyword.Name.StartsWith("x-", StringComparison.Ordinal) || keyword.Name.StartsWith("x-chat", StringComparison.Ordinal):
                _diagnostics.Add(Descriptors.UnknownKeyword, keyword.NameNode, keyword.Name,
                    Suggestion.Near(keyword.Name, KeywordTable.Known(_dialect), "remove it, or begin its name with 'x-' if it is meant for another tool"));
                break;
            default:
                break;
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

    /// <summary>The values that are strings: they become the names of an enumeration. All others are rules.</summary>
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
            if (!taken.Add(JsonText.Write(value)))
            {
                _diagnostics.Add(Descriptors.WrongValue, value, "enum", "an array without doubles");
            }
            else if (value is JsonStringNode text)
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

        foreach (JsonMember property in Bounded(properties.Members, keyword))
        {
            schema.Properties[property.Name] = Create(property.Value);
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
            schema.AdditionalPropertiesSchema = Create(node);
        }
    }

    private void FillAll(ICollection<JsonSchema> schemas, JsonMember keyword)
    {
        if (keyword.Value is not JsonArrayNode { Items.Count: > 0 } nodes)
        {
            _diagnostics.Add(Descriptors.WrongValue, keyword.Value, keyword.Name, "an array with at least one schema");
            return;
        }

        foreach (JsonNode node in Bounded(nodes.Items, keyword))
        {
            schemas.Add(Create(node));
        }
    }

    /// <summary>As many as one keyword may have; that there are more is reported.</summary>
    private IEnumerable<T> Bounded<T>(IReadOnlyList<T> subschemas, JsonMember keyword)
    {
        if (subschemas.Count <= MaxSubschemas)
        {
            return subschemas;
        }

        _diagnostics.Add(Descriptors.TooLarge, keyword.NameNode, $"has more than {MaxSubschemas} subschemas in one '{keyword.Name}'");
        return subschemas.Take(MaxSubschemas);
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

    /// <summary>A bound; <see langword="null"/> if it has more digits than a decimal, so that only the schema's own validator can check it.</summary>
    private decimal? Number(JsonMember keyword)
    {
        if (keyword.Value is JsonNumberNode number)
        {
            return NumberText.TryParseDecimal(number.Text, out decimal value) ? value : null;
        }

        _diagnostics.Add(Descriptors.WrongValue, keyword.Value, keyword.Name, "a number");
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

using System.Globalization;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// A schema of draft-07 or 2020-12 as a model that says what is demanded and no longer how a draft says it. Whatever is not understood exactly is refused by a
/// diagnostic; unknown keywords mean nothing, as the specification has it.
/// </summary>
internal sealed class JsonSchemaReader
{
    /// <summary>Dynamic scopes multiply subschemas; no schema made by hand comes near this.</summary>
    private const int MaxSubschemas = 25_000;

    private readonly Refusals _refusals;
    private readonly SchemaIndex _index;
    private readonly bool _assertsFormat;
    private readonly bool _assertsLaterFormats;
    private readonly bool _annotatesUnknownFormats;
    private readonly EcmaPatternTranslations _patterns;
    private readonly Dictionary<(JsonNode Node, DynamicScope Scope), int> _numbers = [];
    private readonly DynamicScope _outermost = DynamicScope.CreateEmpty();
    private readonly List<(JsonNode Node, DynamicScope Scope)> _found = [];

    private JsonSchemaReader(SchemaIndex index, JsonSchemaOptions options, Refusals refusals)
    {
        _index = index;
        _assertsFormat = options.AssertsFormat;
        _assertsLaterFormats = options.AssertsLaterFormats;
        _annotatesUnknownFormats = options.AnnotatesUnknownFormats;
        _patterns = options.Patterns;
        _refusals = refusals;
    }

    /// <summary>Reads a schema that is a document of its own, or null if a diagnostic says why not.</summary>
    public static JsonSchemaModel? Read(JsonNode schema, JsonSchemaOptions options, DiagnosticBag diagnostics) => Read(schema, [schema], options, diagnostics);

    /// <summary>Reads schemas that stand anywhere in a document, or null if a diagnostic says why not.</summary>
    /// <param name="document">The document, which references and identifiers go by as a whole. What no root reaches is not judged.</param>
    /// <param name="roots">The schemas.</param>
    /// <param name="options">The dialect and the documents that references may lead to.</param>
    /// <param name="diagnostics">Takes what is wrong or cannot be done exactly.</param>
    public static JsonSchemaModel? Read(JsonNode document, IReadOnlyList<JsonNode> roots, JsonSchemaOptions options, DiagnosticBag diagnostics) =>
        Read(document, roots, options, diagnostics, out _);

    /// <summary>Reads schemas that stand anywhere in a document, and says which node each subschema was read from.</summary>
    /// <param name="document">The document, which references and identifiers go by as a whole. What no root reaches is not judged.</param>
    /// <param name="roots">The schemas.</param>
    /// <param name="options">The dialect and the documents that references may lead to.</param>
    /// <param name="diagnostics">Takes what is wrong or cannot be done exactly.</param>
    /// <param name="nodes">The node of each subschema.</param>
    public static JsonSchemaModel? Read(
        JsonNode document, IReadOnlyList<JsonNode> roots, JsonSchemaOptions options, DiagnosticBag diagnostics, out IReadOnlyList<JsonNode> nodes)
    {
        nodes = [];
        var refusals = new Refusals(diagnostics);
        foreach (JsonNode root in roots.Where(root => root is not (JsonObjectNode or JsonBooleanNode)))
        {
            refusals.Add(Descriptors.WrongValue, root, "schema", "an object or a Boolean");
        }

        if (refusals.Any)
        {
            return null;
        }

        var index = new SchemaIndex(options.Documents, options.Dialect, refusals);
        index.AddDocument(options.BaseUri, document);
        var reader = new JsonSchemaReader(index, options, refusals);
        int[] numbers = [.. roots.Select(root => reader.RootNumber(document, root))];
        List<SubschemaModel> subschemas = reader.ReadAll(document);
        reader.RefuseEndlessApplication(subschemas);
        nodes = [.. reader._found.Select(found => found.Node)];
        return refusals.Any ? null : new JsonSchemaModel(subschemas.ToEquatableArray(), numbers.ToEquatableArray());
    }

    /// <summary>A root need not stand where a keyword makes it a subschema.</summary>
    private int RootNumber(JsonNode document, JsonNode root)
    {
        _index.AddSubschema(document, root);
        return NumberOf(root, _outermost);
    }

    private List<SubschemaModel> ReadAll(JsonNode document)
    {
        var subschemas = new List<SubschemaModel>();
        for (int i = 0; i < _found.Count; i++)
        {
            if (i == MaxSubschemas)
            {
                _refusals.Add(Descriptors.TooManySubschemas, document, MaxSubschemas.ToString(CultureInfo.InvariantCulture));
                break;
            }

            if (_outermost.IsExhausted)
            {
                _refusals.Add(Descriptors.TooLarge, document, $"gives its '$dynamicAnchor's more than {DynamicScope.MaxAnchors} meanings in all");
                break;
            }

            subschemas.Add(Read(_found[i].Node, _found[i].Scope));
        }

        return subschemas;
    }

    /// <summary>The number of a subschema where it is reached in a scope; one that is new is read later.</summary>
    private int NumberOf(JsonNode node, DynamicScope scope)
    {
        DynamicScope inner = scope.Enter(_index.ResourceOf(node));
        (JsonNode, DynamicScope) key = (node, inner);
        if (!_numbers.TryGetValue(key, out int number))
        {
            number = _found.Count;
            _numbers.Add(key, number);
            _found.Add((node, inner));
        }

        return number;
    }

    private SubschemaModel Read(JsonNode node, DynamicScope scope)
    {
        if (node is JsonBooleanNode verdict)
        {
            return new SubschemaModel { Verdict = verdict.Value };
        }

        var schema = (JsonObjectNode)node;
        SchemaResource resource = _index.ResourceOf(node);
        if (resource.Dialect is not JsonSchemaDialect dialect)
        {
            JsonNode metaSchema = (resource.Root as JsonObjectNode)?["$schema"] ?? node;
            _refusals.Add(Descriptors.UnknownMetaSchema, metaSchema, metaSchema is JsonStringNode text ? text.Value : JsonText.Write(metaSchema));
            return new SubschemaModel();
        }

        var values = new KeywordValues(schema, _refusals);
        EquatableArray<NamedSubschema> references = References(values, resource, dialect, scope).ToEquatableArray();
        if (SchemaKeywords.HidesSiblings(schema, dialect))
        {
            return new SubschemaModel { Dialect = dialect, References = references };
        }

        RefuseContent(values, dialect);
        SubschemaModel model = ReadAssertions(values, dialect);
        model = ReadObject(model, values, dialect, scope);
        model = dialect == JsonSchemaDialect.Draft7 ? ReadTupleArray(model, values, scope) : ReadArray(model, values, scope);
        return model with
        {
            References = references,
            AllOf = All("allOf"),
            AnyOf = All("anyOf"),
            OneOf = All("oneOf"),
            Not = One("not", values, scope),
            If = One("if", values, scope),
            Then = One("then", values, scope),
            Else = One("else", values, scope),
        };

        EquatableArray<int> All(string keyword) => values.Subschemas(keyword).Select(item => NumberOf(item, scope)).ToEquatableArray();
    }

    private int? One(string keyword, KeywordValues values, DynamicScope scope) => values.Subschema(keyword) is JsonNode node ? NumberOf(node, scope) : null;

    private IEnumerable<NamedSubschema> References(KeywordValues values, SchemaResource resource, JsonSchemaDialect dialect, DynamicScope scope)
    {
        if (values.String("$ref") is string reference && Resolve("$ref", reference, values, resource, out _) is JsonNode target)
        {
            yield return new NamedSubschema("$ref", NumberOf(target, scope));
        }

        if (dialect == JsonSchemaDialect.Draft202012 && values.String("$dynamicRef") is string dynamicReference
            && Resolve("$dynamicRef", dynamicReference, values, resource, out string? anchor) is JsonNode initial)
        {
            // Only a reference that leads to a dynamic anchor at first is dynamic at all.
            bool isDynamic = anchor is not null && _index.ResourceOf(initial).DynamicAnchors.TryGetValue(anchor, out JsonNode? own) && ReferenceEquals(own, initial);
            yield return new NamedSubschema("$dynamicRef", NumberOf(isDynamic ? scope[anchor!] ?? initial : initial, scope));
        }
    }

    private JsonNode? Resolve(string keyword, string reference, KeywordValues values, SchemaResource resource, out string? anchor)
    {
        ReferenceTarget target = _index.Resolve(reference, resource);
        anchor = target.Anchor;
        if (target.Node is null)
        {
            JsonNode place = values.Find(keyword)!;
            if (target.IsDocumentUnknown)
            {
                _refusals.Add(Descriptors.ExternalReference, place, reference);
            }
            else
            {
                _refusals.Add(Descriptors.UnresolvedReference, place, reference, target.Problem);
            }
        }

        return target.Node;
    }

    /// <summary>draft-07 leaves open whether these are asserted; 2020-12 says that they are not.</summary>
    private void RefuseContent(KeywordValues values, JsonSchemaDialect dialect)
    {
        foreach (string keyword in new[] { "contentEncoding", "contentMediaType" })
        {
            if (dialect == JsonSchemaDialect.Draft7 && values.Node.Find(keyword) is JsonMember member)
            {
                _refusals.Add(Descriptors.UnassertedContent, member.NameNode, keyword);
            }
        }
    }

    private SubschemaModel ReadAssertions(KeywordValues values, JsonSchemaDialect dialect) => new()
    {
        Dialect = dialect,
        Types = values.Types("type"),
        Const = values.Value("const"),
        Enum = values.Values("enum"),
        Minimum = values.Number("minimum"),
        Maximum = values.Number("maximum"),
        ExclusiveMinimum = values.Number("exclusiveMinimum"),
        ExclusiveMaximum = values.Number("exclusiveMaximum"),
        MultipleOf = values.PositiveNumber("multipleOf"),
        MinLength = values.Count("minLength"),
        MaxLength = values.Count("maxLength"),
        Pattern = values.String("pattern") is string pattern ? Translate(pattern, values.Find("pattern")!) : null,
        PatternText = values.String("pattern"),
        Format = values.String("format") is string format && _assertsFormat ? FormatMethod(format, dialect, values.Find("format")!) : null,
        MinItems = values.Count("minItems"),
        MaxItems = values.Count("maxItems"),
        UniqueItems = values.Boolean("uniqueItems"),
        MinProperties = values.Count("minProperties"),
        MaxProperties = values.Count("maxProperties"),
        Required = values.Strings("required"),
    };

    private SubschemaModel ReadObject(SubschemaModel model, KeywordValues values, JsonSchemaDialect dialect, DynamicScope scope)
    {
        bool isDraft7 = dialect == JsonSchemaDialect.Draft7;

        // 2020-12 split the keyword in two and keeps its old form for compatibility (JSON Schema Core 2020-12, appendix E).
        IReadOnlyList<JsonMember> dependencies = values.Map("dependencies", value => value is JsonArrayNode);
        IEnumerable<DependentNames> names = dependencies.Where(member => member.Value is JsonArrayNode)
            .Select(member => new DependentNames("dependencies", member.Name, values.Strings("dependencies", member.Value)));
        IEnumerable<JsonMember> schemas = dependencies.Where(member => member.Value is not JsonArrayNode);
        if (!isDraft7)
        {
            names = names.Concat(values.Map("dependentRequired", value => value is JsonArrayNode)
                .Where(member => IsNames(member.Value)).Select(member => new DependentNames("dependentRequired", member.Name, values.Strings("dependentRequired", member.Value))));
            schemas = schemas.Concat(values.Map("dependentSchemas"));
        }

        return model with
        {
            Properties = Named(values.Map("properties")),
            PatternProperties = values.Map("patternProperties")
                .Select(member => new NamedSubschema(Translate(member.Name, member.NameNode) ?? "", NumberOf(member.Value, scope))).ToEquatableArray(),
            AdditionalProperties = One("additionalProperties", values, scope),
            PropertyNames = One("propertyNames", values, scope),
            DependentRequired = names.ToEquatableArray(),
            DependentSchemas = Named(schemas),
            UnevaluatedProperties = isDraft7 ? null : One("unevaluatedProperties", values, scope),
        };

        EquatableArray<NamedSubschema> Named(IEnumerable<JsonMember> members) =>
            members.Select(member => new NamedSubschema(member.Name, NumberOf(member.Value, scope))).ToEquatableArray();

        bool IsNames(JsonNode value)
        {
            if (value is not JsonArrayNode)
            {
                _refusals.Add(Descriptors.WrongValue, value, "dependentRequired", "an object whose values are arrays of strings");
            }

            return value is JsonArrayNode;
        }
    }

    private SubschemaModel ReadTupleArray(SubschemaModel model, KeywordValues values, DynamicScope scope)
    {
        bool isTuple = values.Find("items") is JsonArrayNode;
        return model with
        {
            PrefixItems = isTuple ? Prefix("items", values, scope) : default,
            Items = One(isTuple ? "additionalItems" : "items", values, scope),
            ItemsKeyword = isTuple ? "additionalItems" : "items",
            Contains = values.Subschema("contains") is JsonNode contains ? new ContainsModel(NumberOf(contains, scope), 1, null) : null,
        };
    }

    private SubschemaModel ReadArray(SubschemaModel model, KeywordValues values, DynamicScope scope)
    {
        int? minimum = values.Count("minContains");
        int? maximum = values.Count("maxContains");
        return model with
        {
            PrefixItems = values.Find("prefixItems") is null ? default : Prefix("prefixItems", values, scope),
            Items = One("items", values, scope),
            Contains = values.Subschema("contains") is JsonNode contains ? new ContainsModel(NumberOf(contains, scope), minimum ?? 1, maximum) : null,
            UnevaluatedItems = One("unevaluatedItems", values, scope),
        };
    }

    private EquatableArray<int> Prefix(string keyword, KeywordValues values, DynamicScope scope) =>
        values.Find(keyword) is JsonArrayNode { Items.Count: 0 } ? default : values.Subschemas(keyword).Select(item => NumberOf(item, scope)).ToEquatableArray();

    private string? Translate(string pattern, JsonNode place)
    {
        if (_patterns.TryTranslate(pattern, out string translated, out string? problem))
        {
            return translated;
        }

        _refusals.Add(Descriptors.InvalidPattern, place, pattern, problem ?? "");
        return null;
    }

    private string? FormatMethod(string format, JsonSchemaDialect dialect, JsonNode place)
    {
        if (FormatSource.TryFind(format, _assertsLaterFormats ? JsonSchemaDialect.Draft202012 : dialect, out string? method) || _annotatesUnknownFormats)
        {
            return method;
        }

        _refusals.Add(Descriptors.UnassertedFormat, place, format);
        return null;
    }

    /// <summary>A schema that applies itself to the same value again has no verdict (JSON Schema Core, section 9.4.1 of 2020-12).</summary>
    private void RefuseEndlessApplication(List<SubschemaModel> subschemas)
    {
        int[] state = new int[subschemas.Count];
        for (int start = 0; start < subschemas.Count && subschemas.Count == _found.Count; start++)
        {
            if (state[start] == 0)
            {
                Visit(start);
            }
        }

        void Visit(int start)
        {
            // An explicit stack: chains of references may be longer than the compiler's stack is deep.
            var path = new Stack<(int Number, IEnumerator<int> Next)>();
            state[start] = 1;
            path.Push((start, subschemas[start].InPlace.GetEnumerator()));
            while (path.Count > 0)
            {
                (int number, IEnumerator<int> next) = path.Peek();
                if (!next.MoveNext())
                {
                    state[number] = 2;
                    path.Pop();
                }
                else if (state[next.Current] == 1)
                {
                    _refusals.Add(Descriptors.EndlessApplication, _found[number].Node);
                }
                else if (state[next.Current] == 0)
                {
                    state[next.Current] = 1;
                    path.Push((next.Current, subschemas[next.Current].InPlace.GetEnumerator()));
                }
            }
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Definitions, and what they refer to, to records, hierarchies and enumerations.</summary>
internal sealed class TypeReader
{
    // The compiler's time for nested lambdas, of which converters are made, grows fast with their depth.
    private const int MaxNesting = 8;

    // The names of inner types are put together. Metadata takes 1023 bytes.
    private const int MaxTypeName = 300;

    private readonly SchemaObjectModel _schemas;
    private readonly DiagnosticBag _diagnostics;
    private readonly RecordReader _recordReader;
    private readonly UnionReader _unionReader;
    private readonly EnumReader _enumReader;
    private readonly List<RecordModel> _records = [];
    private readonly List<UnionModel> _unions = [];
    private readonly List<EnumModel> _enums = [];
    private readonly JsonRuleEntries _jsonRules = new();
    private readonly Dictionary<string, string> _bases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _typeNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _events;
    private readonly HashSet<JsonSchema> _inputs;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<JsonSchema, TypeModel?> _types = [];
    private readonly Queue<(JsonSchema Schema, string Name)> _inner = new();
    private int _nesting;

    private TypeReader(SchemaObjectModel schemas, DiagnosticBag diagnostics, IEnumerable<string> events, IEnumerable<string> inputs)
    {
        _schemas = schemas;
        _diagnostics = diagnostics;
        _recordReader = new RecordReader(schemas, diagnostics, ReadType);
        _unionReader = new UnionReader(schemas, diagnostics);
        _enumReader = new EnumReader(schemas, diagnostics);
        _events = new HashSet<string>(events, StringComparer.Ordinal);
        _inputs = CloseOver(inputs.Select(schemas.Find).OfType<JsonSchema>());
        foreach (string name in (string[])[.. TypeNames.Fixed, "Default", "Options", "GetTypeInfo", "GeneratedSerializerOptions", .. TypeNames.Members])
        {
            _typeNames.Add(name, "a type that ChatGen makes itself");
        }
    }

    /// <summary>Reads every definition.</summary>
    /// <param name="schemas">The definitions.</param>
    /// <param name="events">Names of those that are payloads of events.</param>
    /// <param name="inputs">Names of those that are options, so that the client validates them and their enumerations are closed.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static ReadTypes Read(
        SchemaObjectModel schemas, IEnumerable<string> events, IEnumerable<string> inputs, DiagnosticBag diagnostics)
    {
        var reader = new TypeReader(schemas, diagnostics, events, inputs);
        // All names before any type: what refers to a definition must know whether a type is made of it.
        foreach (string name in schemas.Names)
        {
            reader.TakeDefinitionName(name);
        }

        string? codes = schemas.Names.FirstOrDefault(name => Kind(schemas, name) == DefinitionKind.Codes && !reader._events.Contains(name));
        string errors = reader.TakeErrorsName(codes);
        foreach (string name in schemas.Names.Where(reader._made.Contains))
        {
            reader.ReadDefinition(name);
        }

        if (schemas.Applied.TooMany is var (schema, problem))
        {
            JsonNode node = schemas.NodeOf(schema);
            diagnostics.Add(Descriptors.TooLarge, node.Source, new(node.Span.Start, 1), problem);
        }

        RecordModel[] read = [.. reader._records.Select(record => reader._bases.TryGetValue(record.Name, out string? union) ? record with { Base = union } : record)];
        (EquatableArray<RecordModel> records, EquatableArray<UnionModel> unions) = reader._jsonRules.Assign(read, reader._unions);
        return new ReadTypes(
            records, unions, reader._enums.ToEquatableArray(), reader._jsonRules.Roots, reader._jsonRules.Schemas, reader._made, codes, errors, reader._typeNames.Keys);
    }

    /// <summary>Whether a definition becomes a record.</summary>
    public static bool IsRecord(SchemaObjectModel schemas, string definition) => Kind(schemas, definition) == DefinitionKind.Record;

    /// <summary>The name of the type that a definition becomes.</summary>
    public static string TypeName(SchemaObjectModel schemas, string definition, DiagnosticBag diagnostics) =>
        schemas.Find(definition) is { } schema ? Names.Of(schemas.NodeOf(schema), definition, diagnostics) : Names.ToPascal(definition);

    private static DefinitionKind Kind(SchemaObjectModel schemas, string definition) =>
        schemas.Find(definition) is { } schema ? Kind(schemas, schema) : DefinitionKind.Other;

    private static DefinitionKind Kind(SchemaObjectModel schemas, JsonSchema schema) => schemas.NodeOf(schema) switch
    {
        not JsonObjectNode => DefinitionKind.Other,
        JsonObjectNode node when node["x-chat-codes"] is not null => DefinitionKind.Codes,
        JsonObjectNode node when node["x-chat-any-event"] is not null || Alias.Of(schema, schemas).Target != schema => DefinitionKind.Other,
        _ when UnionReader.IsUnion(schema, schemas) => DefinitionKind.Union,
        _ when RecordShape.IsObject(schema, schemas) => DefinitionKind.Record,
        JsonObjectNode node when IsEnumeration(schema, node) => DefinitionKind.Enumeration,
        _ => DefinitionKind.Other,
    };

    /// <summary>Whether the values are strings, and <c>null</c> at most beside them.</summary>
    private static bool IsEnumeration(JsonSchema schema, JsonObjectNode node) =>
        schema is { Enumeration.Count: > 0, Reference: null, AllOf.Count: 0 } && node["const"] is null
        && (schema.Type & ~JsonObjectType.Null) is JsonObjectType.None or JsonObjectType.String
        && node["enum"] is JsonArrayNode values && values.Items.All(value => value is JsonStringNode or JsonNullNode);

    private DefinitionKind Kind(string definition) => _events.Contains(definition) ? DefinitionKind.Record : Kind(_schemas, definition);

    private void TakeDefinitionName(string definition)
    {
        string name = TypeName(_schemas, definition, _diagnostics);
        if (Kind(definition) != DefinitionKind.Other && TakeTypeName(name, definition, _schemas.NodeOf(_schemas.Find(definition)!)))
        {
            _made.Add(definition);
        }
    }

    private string TakeErrorsName(string? definition)
    {
        if (definition is not null && _made.Contains(definition))
        {
            return TypeName(_schemas, definition, _diagnostics);
        }

        string name = "ErrorCode";
        while (_typeNames.ContainsKey(name))
        {
            name += "_";
        }

        _typeNames.Add(name, "the class of error codes");
        return name;
    }

    private void ReadDefinition(string definition)
    {
        JsonSchema schema = _schemas.Find(definition)!;
        string name = TypeName(_schemas, definition, _diagnostics);
        switch (Kind(definition))
        {
            case DefinitionKind.Record:
                ReadRecord(schema, name, _events.Contains(definition), definition);
                break;
            case DefinitionKind.Union:
                ReadUnion(schema, name);
                break;
            case DefinitionKind.Enumeration:
                _enums.Add(_enumReader.Read(schema, name, isOpen: !_inputs.Contains(schema)));
                break;
            default:
                break;
        }

        // Not at once where they are met: definitions can lead through objects to each other as deep as there are definitions.
        while (_inner.Count > 0)
        {
            (JsonSchema inner, string innerName) = _inner.Dequeue();
            ReadRecord(inner, innerName, isEvent: false);
        }
    }

    private void ReadRecord(JsonSchema schema, string name, bool isEvent, string? definition = null)
    {
        bool isInput = _inputs.Contains(schema);
        RecordModel record = _recordReader.Read(schema, name, isInput, isEvent, out bool isCovered);
        _records.Add(record with { NeedsJsonRules = isInput && !isCovered, Definition = definition });
        _jsonRules.Add(name, _schemas.NodeOf(schema));
    }

    private void ReadUnion(JsonSchema schema, string name)
    {
        // Without one it has no cases, so that what refers to the type compiles and the one mistake stays one.
        (string Member, string[] Values) discriminator = _unionReader.ReadDiscriminator(schema) ?? ("", []);
        var cases = new List<UnionCaseModel>();
        foreach ((JsonSchema branch, string value) in UnionReader.Branches(schema, _schemas).Zip(discriminator.Values, (branch, value) => (branch, value)))
        {
            if (ReadType(branch, name + Names.ToPascal(value)) is RecordType record && Kind(_schemas, branch) == DefinitionKind.Record)
            {
                if (_bases.TryGetValue(record.Name, out string? other) || IsEvent(branch, out other))
                {
                    _diagnostics.Add(Descriptors.NameClash, _schemas.NodeOf(schema).Source, new(_schemas.NodeOf(schema).Span.Start, 1), name, $"{record.Name}, whose base is '{other}' already and");
                    continue;
                }

                _bases.Add(record.Name, name);
                cases.Add(new UnionCaseModel(record.Name, value));
            }
        }

        _jsonRules.Add(name, _schemas.NodeOf(schema));
        _unions.Add(new UnionModel(name, schema.Description, discriminator.Member, cases.ToEquatableArray(), _inputs.Contains(schema)));
    }

    /// <summary>Whether a record is an event, which has a base.</summary>
    private bool IsEvent(JsonSchema schema, [NotNullWhen(true)] out string? other)
    {
        other = _schemas.IsDefinition(schema) && _events.Contains(_schemas.NameOf(schema)) ? "ChatEvent" : null;
        return other is not null;
    }

    /// <summary>The type of a value.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="suggestedName">The name of a type that has to be made and has none of its own.</param>
    private TypeModel ReadType(JsonSchema schema, string suggestedName)
    {
        JsonSchema target = Alias.Of(schema, _schemas).Target;
        if (_types.TryGetValue(target, out TypeModel? known))
        {
            if (known is null)
            {
                var node = (JsonObjectNode)_schemas.NodeOf(schema);
                JsonNode place = node["$ref"] ?? node["$dynamicRef"] ?? node;
                _diagnostics.Add(Descriptors.LoopingReference, place, place is JsonStringNode reference ? reference.Value : "allOf");
            }

            return known ?? new BuiltInType(BuiltInKind.JsonNode);
        }

        _types.Add(target, null);
        TypeModel type = _schemas.IsDefinition(target) && Kind(_schemas.NameOf(target)) != DefinitionKind.Other
            ? ReadDefined(target, _schemas.NameOf(target))
            : ReadOther(target, _schemas.IsReferred(target) ? Names.Of(_schemas.NodeOf(target), _schemas.NameOf(target), _diagnostics) : suggestedName);
        _types[target] = type;
        return type;
    }

    private TypeModel ReadDefined(JsonSchema schema, string definition)
    {
        string name = TypeName(_schemas, definition, _diagnostics);
        return Kind(definition) switch
        {
            DefinitionKind.Codes => new BuiltInType(BuiltInKind.ErrorCode),
            DefinitionKind.Enumeration => _made.Contains(definition) ? new EnumType(name, IsOpen: !_inputs.Contains(schema)) : new BuiltInType(BuiltInKind.String),
            _ => _made.Contains(definition) ? new RecordType(name) : new BuiltInType(BuiltInKind.JsonObject),
        };
    }

    private TypeModel ReadOther(JsonSchema schema, string name)
    {
        if (_schemas.NodeOf(schema) is not JsonObjectNode node)
        {
            return new BuiltInType(BuiltInKind.JsonNode);
        }

        if (node["x-chat-service"] is { } service)
        {
            return ReadService(service);
        }

        if (node["x-chat-any-event"] is not null)
        {
            return new BuiltInType(BuiltInKind.ChatEvent);
        }

        switch (Kind(_schemas, schema))
        {
            case DefinitionKind.Codes:
                return new BuiltInType(BuiltInKind.ErrorCode);
            case DefinitionKind.Enumeration:
                if (!TakeTypeName(name, name, node))
                {
                    return new BuiltInType(BuiltInKind.String);
                }

                EnumModel model = _enumReader.Read(schema, name, isOpen: !_inputs.Contains(schema));
                _enums.Add(model);
                return new EnumType(name, model.IsOpen);
            case DefinitionKind.Union:
                if (!TakeTypeName(name, name, node))
                {
                    return new BuiltInType(BuiltInKind.JsonObject);
                }

                _types[schema] = new RecordType(name);
                ReadUnion(schema, name);
                return new RecordType(name);
            case DefinitionKind.Record:
                if (!TakeTypeName(name, name, node))
                {
                    return new BuiltInType(BuiltInKind.JsonObject);
                }

                _inner.Enqueue((schema, name));
                return new RecordType(name);
            default:
                return ReadByType(schema, node, name);
        }
    }

    private TypeModel ReadByType(JsonSchema schema, JsonObjectNode node, string name)
    {
        // What is applied in place may say the type as well.
        JsonSchema? typed = _schemas.Applied.Of(schema).LastOrDefault(part => JsonTypeOf(part) != JsonObjectType.None);
        switch (typed is null ? JsonObjectType.None : JsonTypeOf(typed) & ~JsonObjectType.Null)
        {
            case JsonObjectType.String:
                return new BuiltInType(typed!.Format switch
                {
                    "uri" => BuiltInKind.Uri,
                    "date-time" when !HasRulesOfText(schema) => BuiltInKind.DateTimeOffset,
                    "uuid" when !HasRulesOfText(schema) => BuiltInKind.Guid,
                    _ => BuiltInKind.String,
                });
            case JsonObjectType.Boolean:
                return new BuiltInType(BuiltInKind.Boolean);
            case JsonObjectType.Integer:
                return new BuiltInType(ReadNumber(node, typed is { Minimum: >= int.MinValue, Maximum: <= int.MaxValue } ? BuiltInKind.Int32 : BuiltInKind.Int64));
            case JsonObjectType.Number or (JsonObjectType.Number | JsonObjectType.Integer):
                return new BuiltInType(ReadUnit(node));
            case JsonObjectType.Array:
                return new ListType(typed!.Item is null ? new BuiltInType(BuiltInKind.JsonNode) : ReadElement(typed.Item, name + "Item"));
            case JsonObjectType.Object when typed!.AdditionalPropertiesSchema is { } values && node["patternProperties"] is null:
                return new DictionaryType(ReadElement(values, name + "Value"));
            case JsonObjectType.Object:
                return new BuiltInType(BuiltInKind.JsonObject);
            default:
                return new BuiltInType(BuiltInKind.JsonNode);
        }
    }

    /// <summary>Whether how a value is written matters, which types of C# do not keep.</summary>
    private bool HasRulesOfText(JsonSchema schema) => _schemas.Applied.Of(schema).Any(part => _schemas.NodeOf(part) is JsonObjectNode node
        && node.Members.Any(member => member.Name is "minLength" or "maxLength" or "pattern" or "const" or "enum" or "not" or "anyOf" or "oneOf" or "if"));

    /// <summary>The type as it is said, or else that of the only values.</summary>
    private JsonObjectType JsonTypeOf(JsonSchema schema)
    {
        if (schema.Type != JsonObjectType.None || _schemas.NodeOf(schema) is not JsonObjectNode node || node["type"] is not null)
        {
            return schema.Type;
        }

        JsonNode[] values = node["const"] is { } constant ? [constant] : node["enum"] is JsonArrayNode array ? [.. array.Items] : [];
        return values.Aggregate(JsonObjectType.None, (types, value) => types | value switch
        {
            JsonStringNode => JsonObjectType.String,
            JsonBooleanNode => JsonObjectType.Boolean,
            JsonNumberNode number => NumberText.TryParseInt32(number.Text, out _) ? JsonObjectType.Integer : JsonObjectType.Number,
            JsonArrayNode => JsonObjectType.Array,
            JsonObjectNode => JsonObjectType.Object,
            _ => JsonObjectType.Null,
        });
    }

    private TypeModel ReadElement(JsonSchema schema, string suggestedName)
    {
        TypeModel type = ReadNested(schema, suggestedName);
        if (type is BuiltInType { Kind: BuiltInKind.Transport or BuiltInKind.StateStorage or BuiltInKind.Logger or BuiltInKind.ChatFile })
        {
            _diagnostics.Add(Descriptors.InvalidMapping, _schemas.NodeOf(schema), "'x-chat-service' can only stand on a property");
            return new BuiltInType(BuiltInKind.JsonNode);
        }

        Alias alias = Alias.Of(schema, _schemas);
        bool allowsNull = alias.AllowsNull || PropertyReader.AllowsNull(alias.Target, _schemas);
        return allowsNull && type is not BuiltInType { Kind: BuiltInKind.JsonNode } ? new NullableType(type) : type;
    }

    private TypeModel ReadNested(JsonSchema schema, string suggestedName)
    {
        if (_nesting < MaxNesting)
        {
            _nesting++;
            TypeModel type = ReadType(schema, suggestedName);
            _nesting--;
            if (_nesting + Depth(type) < MaxNesting)
            {
                return type;
            }
        }

        JsonNode node = _schemas.NodeOf(schema);
        _diagnostics.Add(Descriptors.TooLarge, node.Source, new(node.Span.Start, 1), $"nests lists and dictionaries deeper than {MaxNesting} levels");
        return new BuiltInType(BuiltInKind.JsonNode);
    }

    private static int Depth(TypeModel type) => type switch
    {
        ListType list => 1 + Depth(list.Item),
        DictionaryType dictionary => 1 + Depth(dictionary.Value),
        NullableType nullable => Depth(nullable.Item),
        _ => 0,
    };

    private BuiltInType ReadService(JsonNode node)
    {
        string[] allowed = ["transport", "stateStorage", "logger", "file"];
        string? name = (node as JsonStringNode)?.Value;
        switch (name)
        {
            case "transport":
                return new BuiltInType(BuiltInKind.Transport);
            case "stateStorage":
                return new BuiltInType(BuiltInKind.StateStorage);
            case "logger":
                return new BuiltInType(BuiltInKind.Logger);
            case "file":
                return new BuiltInType(BuiltInKind.ChatFile);
            default:
                _diagnostics.Add(Descriptors.InvalidMapping, node, $"'x-chat-service' must name a service; {Suggestion.For(name ?? "", allowed)}");
                return new BuiltInType(BuiltInKind.JsonNode);
        }
    }

    private BuiltInKind ReadUnit(JsonObjectNode node)
    {
        switch (node["x-chat-unit"])
        {
            case null:
                return ReadNumber(node, BuiltInKind.Double);
            case JsonStringNode { Value: "seconds" }:
                return BuiltInKind.Seconds;
            case JsonStringNode { Value: "milliseconds" }:
                return BuiltInKind.Milliseconds;
            case { } other:
                _diagnostics.Add(Descriptors.InvalidMapping, other, $"'x-chat-unit' must name a unit; {Suggestion.For((other as JsonStringNode)?.Value ?? "", ["seconds", "milliseconds"])}");
                return BuiltInKind.Double;
        }
    }

    /// <summary>The C# type of a number where the schema's author chose one.</summary>
    private BuiltInKind ReadNumber(JsonObjectNode node, BuiltInKind usual)
    {
        string[] allowed = usual == BuiltInKind.Double ? ["double", "decimal"] : ["int32", "int64", "decimal"];
        switch (node["x-chat-number"])
        {
            case null:
                return usual;
            case JsonStringNode name when allowed.Contains(name.Value):
                return name.Value switch { "decimal" => BuiltInKind.Decimal, "int32" => BuiltInKind.Int32, "int64" => BuiltInKind.Int64, _ => BuiltInKind.Double };
            case { } other:
                _diagnostics.Add(Descriptors.InvalidMapping, other, $"'x-chat-number' must name a type of C# for the number; {Suggestion.For((other as JsonStringNode)?.Value ?? "", allowed)}");
                return usual;
        }
    }

    private bool TakeTypeName(string name, string definition, JsonNode node)
    {
        if (name.Length > MaxTypeName)
        {
            _diagnostics.Add(Descriptors.TooLarge, node.Source, new(node.Span.Start, 1), $"would make a type whose name is longer than {MaxTypeName} characters");
            return false;
        }

        // Files are named after types, without regard to case; converters stand beside the types.
        string[] names = [name, name + "Json", name + "JsonConverter"];
        if (!names.Any(_typeNames.ContainsKey))
        {
            foreach (string taken in names)
            {
                _typeNames.Add(taken, definition);
            }

            return true;
        }

        _diagnostics.Add(Descriptors.NameClash, node.Source, new(node.Span.Start, 1), definition, name);
        return false;
    }

    /// <summary>What options are made of, and what these are made of.</summary>
    private static HashSet<JsonSchema> CloseOver(IEnumerable<JsonSchema> roots)
    {
        var closed = new HashSet<JsonSchema>(roots);
        var open = new Stack<JsonSchema>(closed);
        while (open.Count > 0)
        {
            JsonSchema schema = open.Pop();
            IEnumerable<JsonSchema?> parts =
                [schema.Reference, .. schema.Properties.Values, schema.Item, schema.AdditionalPropertiesSchema, .. schema.AllOf, .. schema.AnyOf, .. schema.OneOf];
            foreach (JsonSchema part in parts.OfType<JsonSchema>().Where(closed.Add))
            {
                open.Push(part);
            }
        }

        return closed;
    }
}

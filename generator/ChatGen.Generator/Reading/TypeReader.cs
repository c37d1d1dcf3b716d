using System.Globalization;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Definitions to records and enumerations.</summary>
internal sealed class TypeReader
{
    private static readonly string[] s_memberNames =
        ["Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "Finalize", "ReferenceEquals", "PrintMembers", "EqualityContract", "Validate", "Clone"];

    private static readonly string[] s_eventMemberNames = ["Index", "Timestamp", "Restored", "EventType"];

    // The compiler's time for nested lambdas, of which converters are made, grows fast with their depth.
    private const int MaxNesting = 8;

    // The names of inner types are put together. Metadata takes 1023 bytes.
    private const int MaxTypeName = 300;

    private readonly SchemaObjectModel _schemas;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<RecordModel> _records = [];
    private readonly List<EnumModel> _enums = [];
    private readonly Dictionary<string, string> _typeNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _events;
    private readonly HashSet<string> _inputs;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeModel?> _definitionTypes = new(StringComparer.Ordinal);
    private readonly Queue<(JsonSchema Schema, JsonObjectNode Node, string Name, bool IsInput)> _inner = new();
    private int _nesting;

    private TypeReader(SchemaObjectModel schemas, DiagnosticBag diagnostics, IEnumerable<string> events, IEnumerable<string> inputs)
    {
        _schemas = schemas;
        _diagnostics = diagnostics;
        _events = new HashSet<string>(events, StringComparer.Ordinal);
        _inputs = new HashSet<string>(inputs, StringComparer.Ordinal);
        foreach (string name in (string[])[.. TypeNames.Fixed, "Default", "Options", "GetTypeInfo", "GeneratedSerializerOptions", .. s_memberNames])
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
        reader.CloseOverInputs();
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

        return new ReadTypes(reader._records.ToEquatableArray(), reader._enums.ToEquatableArray(), reader._made, codes, errors, reader._typeNames.Keys);
    }

    /// <summary>Whether a definition becomes a record.</summary>
    public static bool IsRecord(SchemaObjectModel schemas, string definition) =>
        schemas.Find(definition) is { Reference: null } schema && schemas.NodeOf(schema) is JsonObjectNode node
        && node["x-chat-any-event"] is null && node["x-chat-codes"] is null && schema.Properties.Count > 0;

    /// <summary>The name of the type that a definition becomes.</summary>
    public static string TypeName(SchemaObjectModel schemas, string definition, DiagnosticBag diagnostics) =>
        schemas.Find(definition) is { } schema ? Names.Of(schemas.NodeOf(schema), definition, diagnostics) : Names.ToPascal(definition);

    private static DefinitionKind Kind(SchemaObjectModel schemas, string definition)
    {
        JsonSchema schema = schemas.Find(definition)!;
        return schemas.NodeOf(schema) is not JsonObjectNode node ? DefinitionKind.Other
            : IsRecord(schemas, definition) ? DefinitionKind.Record
            : node["x-chat-codes"] is not null ? DefinitionKind.Codes
            : schema.Reference is null && schema.Enumeration.Count > 0 ? DefinitionKind.Enumeration
            : DefinitionKind.Other;
    }

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
                ReadRecord(schema, (JsonObjectNode)_schemas.NodeOf(schema), name, _inputs.Contains(definition), _events.Contains(definition));
                break;
            case DefinitionKind.Enumeration:
                ReadEnum(schema, name, isOpen: !_inputs.Contains(definition));
                break;
            default:
                break;
        }

        // Not at once where they are met: definitions can lead through objects to each other as deep as there are definitions.
        while (_inner.Count > 0)
        {
            (JsonSchema inner, JsonObjectNode node, string innerName, bool isInput) = _inner.Dequeue();
            ReadRecord(inner, node, innerName, isInput, isEvent: false);
        }
    }

    private void ReadRecord(JsonSchema schema, JsonObjectNode node, string name, bool isInput, bool isEvent)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        var properties = new Dictionary<string, PropertyModel>(StringComparer.Ordinal);
        var required = new HashSet<string>(schema.RequiredProperties, StringComparer.Ordinal);
        var roles = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonMember member in (node["properties"] as JsonObjectNode)?.Members ?? [])
        {
            string? chosen = Names.Chosen((member.Value as JsonObjectNode)?["x-chat-name"], _diagnostics);
            string memberName = chosen ?? MemberName(member.Name, name, isEvent);

            // Parameters and variables are named after members, without regard to underscores.
            if ((chosen is not null && IsTaken(chosen, name, isEvent)) || !members.Add(Names.ToPascal(memberName)))
            {
                _diagnostics.Add(Descriptors.NameClash, member.NameNode, member.Name, memberName);
                continue;
            }

            PropertyModel property = ReadProperty(required, schema.Properties[member.Name], member, memberName, name, isInput);
            properties.Add(member.Name, WithOwnRole(property, member, roles));
        }

        CheckNames(node, "required", schema.RequiredProperties, properties);
        EquatableArray<EquatableArray<string>> alternatives = schema.AnyOf
            .Select(alternative => Resolve(_schemas.NodeOf(alternative), alternative.RequiredProperties, properties))
            .ToEquatableArray();
        _records.Add(new RecordModel(
            name, schema.Description, Complete(properties, node).ToEquatableArray(), alternatives, schema.AllowAdditionalProperties, isInput, isEvent));
    }

    /// <summary>The client takes each of its settings from one property.</summary>
    private PropertyModel WithOwnRole(PropertyModel property, JsonMember member, HashSet<string> roles)
    {
        string? role = property.IsService ? ((BuiltInType)property.Type).Kind.ToString() : property.ClientRole == ClientRole.None ? null : property.ClientRole.ToString();
        if (role is null || roles.Add(role))
        {
            return property;
        }

        _diagnostics.Add(Descriptors.InvalidMapping, member.NameNode, $"'{member.Name}' is to the client what another property is already; only one can have this 'x-chat-service' or 'x-chat-client'");
        return property with { Type = property.IsService ? new BuiltInType(BuiltInKind.JsonNode) : property.Type, ClientRole = ClientRole.None };
    }

    private PropertyModel ReadProperty(HashSet<string> required, JsonSchema schema, JsonMember member, string name, string recordName, bool isInput)
    {
        JsonSchema target = Follow(schema);
        JsonObjectNode? node = _schemas.NodeOf(target) as JsonObjectNode;
        TypeModel type = ReadType(schema, recordName + name, isInput);
        bool isText = type is BuiltInType { Kind: BuiltInKind.String or BuiltInKind.Uri };
        bool isNumber = type is BuiltInType { Kind: BuiltInKind.Int32 or BuiltInKind.Int64 or BuiltInKind.Double or BuiltInKind.Seconds or BuiltInKind.Milliseconds };
        return new PropertyModel
        {
            JsonName = member.Name,
            Name = name,
            Type = type,
            Description = target.Description,
            IsRequired = required.Contains(member.Name),
            AllowsNull = target.Type.HasFlag(JsonObjectType.Null),
            Default = node?["default"] is { } value ? ReadDefault(value, type, target, member.Name) : null,
            Bounds = isNumber
                ? new NumberBounds(
                    Raw(node, "minimum", target.Minimum), Raw(node, "maximum", target.Maximum),
                    Raw(node, "exclusiveMinimum", target.ExclusiveMinimum), Raw(node, "exclusiveMaximum", target.ExclusiveMaximum))
                : new NumberBounds(),
            MinLength = isText ? target.MinLength : null,
            MaxLength = isText ? target.MaxLength : null,
            Pattern = isText ? target.Pattern : null,
            Format = type is BuiltInType { Kind: BuiltInKind.String } && Formats.IsOfText(target.Format) ? target.Format : null,
            MinItems = type is ListType && node?["minItems"] is not null ? target.MinItems : null,
            MaxItems = type is ListType && node?["maxItems"] is not null ? target.MaxItems : null,
            ClientRole = ReadClientRole(node, type),
            MandatoryWhen = (node?["x-chat-mandatory-when"] as JsonStringNode)?.Value,
            EmptyAsDefault = type is BuiltInType { Kind: BuiltInKind.String } && node?["x-chat-empty-as-default"] is JsonBooleanNode { Value: true },
        };
    }

    private TypeModel ReadType(JsonSchema schema, string suggestedName, bool isInput)
    {
        if (schema.Reference is not null)
        {
            return ReadReferenced(schema);
        }

        if (_schemas.NodeOf(schema) is not JsonObjectNode node)
        {
            return new BuiltInType(BuiltInKind.JsonNode);
        }

        if (node["x-chat-service"] is { } service)
        {
            return ReadService(service);
        }

        if (node["x-chat-codes"] is not null)
        {
            return new BuiltInType(BuiltInKind.ErrorCode);
        }

        if (node["x-chat-any-event"] is not null)
        {
            return new BuiltInType(BuiltInKind.ChatEvent);
        }

        switch (schema.Type & ~JsonObjectType.Null)
        {
            case JsonObjectType.String when schema.Enumeration.Count > 0:
                return TakeTypeName(suggestedName, suggestedName, node) ? ReadEnum(schema, suggestedName, isOpen: !isInput) : new BuiltInType(BuiltInKind.String);
            case JsonObjectType.String:
                return new BuiltInType(schema.Format switch
                {
                    "uri" => BuiltInKind.Uri,
                    "date-time" => BuiltInKind.DateTimeOffset,
                    "uuid" => BuiltInKind.Guid,
                    _ => BuiltInKind.String,
                });
            case JsonObjectType.Boolean:
                return new BuiltInType(BuiltInKind.Boolean);
            case JsonObjectType.Integer:
                return new BuiltInType(schema is { Minimum: >= int.MinValue, Maximum: <= int.MaxValue } ? BuiltInKind.Int32 : BuiltInKind.Int64);
            case JsonObjectType.Number:
                return new BuiltInType(ReadUnit(node));
            case JsonObjectType.Array:
                return new ListType(schema.Item is null ? new BuiltInType(BuiltInKind.JsonNode) : ReadElement(schema.Item, suggestedName + "Item", isInput));
            case JsonObjectType.Object when schema.Properties.Count > 0:
                if (TakeTypeName(suggestedName, suggestedName, node))
                {
                    _inner.Enqueue((schema, node, suggestedName, isInput));
                    return new RecordType(suggestedName);
                }

                return new BuiltInType(BuiltInKind.JsonObject);
            case JsonObjectType.Object:
                return schema.AdditionalPropertiesSchema is { } values
                    ? new DictionaryType(ReadElement(values, suggestedName + "Value", isInput))
                    : new BuiltInType(BuiltInKind.JsonObject);
            default:
                CheckUntyped(schema, node);
                return new BuiltInType(BuiltInKind.JsonNode);
        }
    }

    private TypeModel ReadReferenced(JsonSchema schema)
    {
        JsonSchema target = Follow(schema);
        string definition = _schemas.NameOf(target);
        string name = TypeName(_schemas, definition, _diagnostics);
        switch (Kind(definition))
        {
            case DefinitionKind.Record:
                return _made.Contains(definition) ? new RecordType(name) : new BuiltInType(BuiltInKind.JsonObject);
            case DefinitionKind.Codes:
                return new BuiltInType(BuiltInKind.ErrorCode);
            case DefinitionKind.Enumeration:
                return _made.Contains(definition) ? new EnumType(name, IsOpen: !_inputs.Contains(definition)) : new BuiltInType(BuiltInKind.String);
            default:
                break;
        }

        if (!_definitionTypes.TryGetValue(definition, out TypeModel? known))
        {
            _definitionTypes.Add(definition, null);
            known = ReadType(target, name, _inputs.Contains(definition));
            _definitionTypes[definition] = known;
        }
        else if (known is null)
        {
            JsonNode reference = ((JsonObjectNode)_schemas.NodeOf(schema))["$ref"]!;
            _diagnostics.Add(Descriptors.LoopingReference, reference, ((JsonStringNode)reference).Value);
        }

        return known ?? new BuiltInType(BuiltInKind.JsonNode);
    }

    // Rules for the elements of a list or dictionary are not checked one by one yet, so they must not pass in silence.
    private TypeModel ReadElement(JsonSchema schema, string suggestedName, bool isInput)
    {
        TypeModel type = ReadNested(schema, suggestedName, isInput);
        if (type is BuiltInType { Kind: BuiltInKind.Transport or BuiltInKind.StateStorage or BuiltInKind.Logger })
        {
            _diagnostics.Add(Descriptors.InvalidMapping, _schemas.NodeOf(schema), "'x-chat-service' can only stand on a property");
            return new BuiltInType(BuiltInKind.JsonNode);
        }

        if (type is BuiltInType && _schemas.NodeOf(Follow(schema)) is JsonObjectNode node)
        {
            foreach (JsonMember member in node.Members.Where(member => IsRule(member.Name) || (member.Name == "format" && Formats.IsOfText(Follow(schema).Format))))
            {
                _diagnostics.Add(Descriptors.UnsupportedKeyword, member.NameNode, member.Name, "yet within 'items' or 'additionalProperties'");
            }
        }

        return type;
    }

    private TypeModel ReadNested(JsonSchema schema, string suggestedName, bool isInput)
    {
        if (_nesting < MaxNesting)
        {
            _nesting++;
            TypeModel type = ReadType(schema, suggestedName, isInput);
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
        _ => 0,
    };

    private void CheckUntyped(JsonSchema schema, JsonObjectNode node)
    {
        if (node["type"] is { } types && (schema.Type & ~JsonObjectType.Null) != JsonObjectType.None)
        {
            _diagnostics.Add(Descriptors.UnsupportedKeyword, types, "type", "yet with more than one name besides 'null'");
        }

        // After an unknown type, which is reported, nothing can be said of the rules.
        if (node["type"] is null)
        {
            foreach (JsonMember member in node.Members.Where(member => IsRule(member.Name) || member.Name is "enum" or "properties" or "items"))
            {
                _diagnostics.Add(Descriptors.UnsupportedKeyword, member.NameNode, member.Name, "without 'type'");
            }
        }
    }

    private static bool IsRule(string keyword) => keyword is "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum"
        or "minLength" or "maxLength" or "pattern" or "minItems" or "maxItems";

    private BuiltInType ReadService(JsonNode node)
    {
        string[] allowed = ["transport", "stateStorage", "logger"];
        string? name = (node as JsonStringNode)?.Value;
        switch (name)
        {
            case "transport":
                return new BuiltInType(BuiltInKind.Transport);
            case "stateStorage":
                return new BuiltInType(BuiltInKind.StateStorage);
            case "logger":
                return new BuiltInType(BuiltInKind.Logger);
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
                return BuiltInKind.Double;
            case JsonStringNode { Value: "seconds" }:
                return BuiltInKind.Seconds;
            case JsonStringNode { Value: "milliseconds" }:
                return BuiltInKind.Milliseconds;
            case { } other:
                _diagnostics.Add(Descriptors.InvalidMapping, other, $"'x-chat-unit' must name a unit; {Suggestion.For((other as JsonStringNode)?.Value ?? "", ["seconds", "milliseconds"])}");
                return BuiltInKind.Double;
        }
    }

    private ClientRole ReadClientRole(JsonObjectNode? node, TypeModel type)
    {
        (ClientRole Role, BuiltInKind Kind)? found = (node?["x-chat-client"] as JsonStringNode)?.Value switch
        {
            "serverUrl" => (ClientRole.ServerUrl, BuiltInKind.Uri),
            "maxOfflineDuration" => (ClientRole.MaxOfflineDuration, BuiltInKind.Seconds),
            "disableWebSockets" => (ClientRole.DisableWebSockets, BuiltInKind.Boolean),
            _ => null,
        };
        if (node?["x-chat-client"] is { } keyword)
        {
            if (found is null)
            {
                _diagnostics.Add(Descriptors.InvalidMapping, keyword,
                    $"'x-chat-client' must name a setting of the client; {Suggestion.For((keyword as JsonStringNode)?.Value ?? "", ["serverUrl", "maxOfflineDuration", "disableWebSockets"])}");
            }
            else if (type is not BuiltInType { Kind: var kind } || kind != found.Value.Kind)
            {
                _diagnostics.Add(Descriptors.InvalidMapping, keyword,
                    "'x-chat-client' does not fit the type: serverUrl is a string of format uri, maxOfflineDuration a number with x-chat-unit seconds, disableWebSockets a boolean");
                return ClientRole.None;
            }
        }

        return found?.Role ?? ClientRole.None;
    }

    private string? ReadDefault(JsonNode value, TypeModel type, JsonSchema schema, string member)
    {
        switch (type, value)
        {
            case (BuiltInType { Kind: BuiltInKind.String }, JsonStringNode text):
                return text.Value;
            case (BuiltInType { Kind: BuiltInKind.Boolean }, JsonBooleanNode flag):
                return flag.Value ? "true" : "false";
            case (EnumType, JsonStringNode text):
                if (schema.Enumeration.Contains(text.Value))
                {
                    return text.Value;
                }

                _diagnostics.Add(Descriptors.InvalidDefault, value, member,
                    $"is not among its values; {Suggestion.For(text.Value, schema.Enumeration.Cast<string>())}");
                return null;
            case (BuiltInType { Kind: BuiltInKind.Int32 or BuiltInKind.Int64 or BuiltInKind.Double or BuiltInKind.Seconds or BuiltInKind.Milliseconds } number, JsonNumberNode digits):
                return ReadNumberDefault(digits, number.Kind, schema, member);
            default:
                _diagnostics.Add(Descriptors.InvalidDefault, value, member, type is BuiltInType { Kind: BuiltInKind.String or BuiltInKind.Boolean } or EnumType
                    ? "is of another type"
                    : "is not supported yet: only strings, numbers and Booleans can have one");
                return null;
        }
    }

    private string? ReadNumberDefault(JsonNumberNode digits, BuiltInKind kind, JsonSchema schema, string member)
    {
        string? problem = null;
        if (!decimal.TryParse(digits.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            problem = "has more than 28 digits";
        }
        else if (number < schema.Minimum || number > schema.Maximum || number <= schema.ExclusiveMinimum || number >= schema.ExclusiveMaximum)
        {
            problem = "is out of its bounds";
        }
        else if (kind is BuiltInKind.Int32 or BuiltInKind.Int64 && (decimal.Truncate(number) != number || number is < long.MinValue or > long.MaxValue))
        {
            problem = "is no 64-bit integer";
        }

        if (problem is null)
        {
            return kind is BuiltInKind.Int32 or BuiltInKind.Int64 ? ((long)number).ToString(CultureInfo.InvariantCulture) : digits.Text;
        }

        _diagnostics.Add(Descriptors.InvalidDefault, digits, member, problem);
        return null;
    }

    private EnumType ReadEnum(JsonSchema schema, string name, bool isOpen)
    {
        var taken = new HashSet<string>(s_memberNames.Concat(["Value", "IsKnown", "Deconstruct", name]), StringComparer.Ordinal);
        Dictionary<string, string> chosen = ReadEnumNames(schema, taken);

        // How often a name was asked for, so that many values of one name cost no more than others.
        Dictionary<string, int> asked = taken.ToDictionary(reserved => reserved, _ => 1, StringComparer.Ordinal);
        var values = new List<EnumValueModel>();
        foreach (string value in schema.Enumeration.Cast<string>())
        {
            if (!chosen.TryGetValue(value, out string? member))
            {
                member = Names.ToPascal(value);
                asked.TryGetValue(member, out int count);
                asked[member] = count + 1;
                member += count switch { 0 => "", 1 => "_", _ => "_" + NumberText.Write(count) };
                while (!taken.Add(member))
                {
                    member += "_";
                }
            }

            values.Add(new EnumValueModel(value, member));
        }

        _enums.Add(new EnumModel(name, schema.Description, values.ToEquatableArray(), isOpen));
        return new EnumType(name, isOpen);
    }

    /// <summary>Names that the author chose; they are taken before those that come of the values.</summary>
    private Dictionary<string, string> ReadEnumNames(JsonSchema schema, HashSet<string> taken)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        switch ((_schemas.NodeOf(schema) as JsonObjectNode)?["x-chat-enum-names"])
        {
            case null:
                break;
            case JsonObjectNode names:
                foreach (JsonMember member in names.Members)
                {
                    if (!schema.Enumeration.Contains(member.Name))
                    {
                        _diagnostics.Add(Descriptors.WrongValue, member.NameNode, member.Name, $"one of the values of 'enum'; {Suggestion.For(member.Name, schema.Enumeration.Cast<string>())}");
                    }
                    else if (Names.Chosen(member.Value, _diagnostics) is { } name)
                    {
                        if (taken.Add(name))
                        {
                            chosen.Add(member.Name, name);
                        }
                        else
                        {
                            _diagnostics.Add(Descriptors.NameClash, member.Value, member.Name, name);
                        }
                    }
                }

                break;
            case { } other:
                _diagnostics.Add(Descriptors.WrongValue, other, "x-chat-enum-names", "an object of names by the values of 'enum'");
                break;
        }

        return chosen;
    }

    /// <summary>Fills in what needs all properties to be known.</summary>
    private IEnumerable<PropertyModel> Complete(Dictionary<string, PropertyModel> properties, JsonObjectNode record)
    {
        foreach (PropertyModel property in properties.Values)
        {
            JsonNode? keyword = ((record["properties"] as JsonObjectNode)?[property.JsonName] as JsonObjectNode)?["x-chat-ignored-with"];
            if (keyword is JsonArrayNode array && array.Items.All(item => item is JsonStringNode))
            {
                yield return property with { IgnoredWith = Resolve(array, array.Items.Select(item => ((JsonStringNode)item).Value), properties) };
                continue;
            }

            if (keyword is not null)
            {
                _diagnostics.Add(Descriptors.WrongValue, keyword, "x-chat-ignored-with", "an array of names of members");
            }

            yield return property;
        }
    }

    private void CheckNames(JsonObjectNode node, string keyword, IEnumerable<string> names, Dictionary<string, PropertyModel> properties)
    {
        if (node[keyword] is { } place)
        {
            Resolve(place, names, properties);
        }
    }

    private EquatableArray<string> Resolve(JsonNode place, IEnumerable<string> names, Dictionary<string, PropertyModel> properties)
    {
        var resolved = new List<string>();
        foreach (string name in names)
        {
            if (properties.TryGetValue(name, out PropertyModel? property))
            {
                resolved.Add(property.Name);
            }
            else
            {
                _diagnostics.Add(Descriptors.WrongValue, place, name, $"one of the properties; {Suggestion.For(name, properties.Keys)}");
            }
        }

        return resolved.ToEquatableArray();
    }

    private static JsonSchema Follow(JsonSchema schema)
    {
        while (schema.Reference is { } target)
        {
            schema = target;
        }

        return schema;
    }

    /// <summary>A bound as it is written, unless it could not be read.</summary>
    private static string? Raw(JsonObjectNode? node, string keyword, decimal? read) => read is null ? null : (node?[keyword] as JsonNumberNode)?.Text;

    private static string MemberName(string json, string recordName, bool isEvent)
    {
        string name = Names.ToPascal(json);
        return IsTaken(name, recordName, isEvent) ? name + "Value" : name;
    }

    /// <summary>Whether a record needs the name for itself.</summary>
    private static bool IsTaken(string name, string recordName, bool isEvent) =>
        name == recordName || name == "ChatSchema" || s_memberNames.Contains(name) || (isEvent && s_eventMemberNames.Contains(name));

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

    /// <summary>What options refer to is input as well.</summary>
    private void CloseOverInputs()
    {
        var open = new Stack<string>(_inputs.Where(name => _schemas.Find(name) is not null));
        while (open.Count > 0)
        {
            foreach (string reference in References(_schemas.Find(open.Pop())!))
            {
                if (_inputs.Add(reference))
                {
                    open.Push(reference);
                }
            }
        }
    }

    private IEnumerable<string> References(JsonSchema schema)
    {
        if (schema.Reference is { } target)
        {
            return [_schemas.NameOf(target)];
        }

        IEnumerable<JsonSchema?> children = [.. schema.Properties.Values, schema.Item, schema.AdditionalPropertiesSchema];
        return children.OfType<JsonSchema>().SelectMany(References);
    }
}

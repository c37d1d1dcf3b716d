using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>What a schema says of a member besides its type.</summary>
internal sealed class PropertyReader(SchemaObjectModel schemas, DiagnosticBag diagnostics)
{
    private readonly DefaultReader _defaults = new(diagnostics);

    public PropertyModel Read(JsonSchema schema, JsonMember member, string name, TypeModel type, bool isRequired)
    {
        Alias alias = Alias.Of(schema, schemas);
        JsonSchema target = alias.Target;
        JsonObjectNode? node = schemas.NodeOf(target) as JsonObjectNode;
        JsonNode? Keyword(string keyword) => (schema.Reference is null || schemas.Dialect != JsonSchemas.JsonSchemaDialect.Draft7 ? (member.Value as JsonObjectNode)?[keyword] : null) ?? node?[keyword];

        bool allowsNull = alias.AllowsNull || AllowsNull(target, schemas);
        // A member that may be null instead has more than one value.
        string? constant = isRequired && !allowsNull ? ReadConstant(node?["const"], type) : null;
        return new PropertyModel
        {
            JsonName = member.Name,
            Name = name,
            Type = type,
            Description = schema.Description ?? target.Description,
            IsRequired = isRequired,
            AllowsNull = allowsNull,
            Default = constant is null && Keyword("default") is { } value ? _defaults.Read(value, type, target, member.Name) : null,
            Const = constant,
            IsReadOnly = ReadFlag(Keyword("readOnly"), "readOnly"),
            IsWriteOnly = ReadFlag(Keyword("writeOnly"), "writeOnly"),
            Obsolete = ReadObsolete(Keyword("x-chat-deprecated") ?? (member.Value as JsonObjectNode)?["x-chat-deprecated"], Keyword("deprecated")),
            Rules = ValueRuleReader.Read(target, type, schemas) is var rules && alias.AllowsNull ? rules with { MultipleOf = null } : rules,
            ElementRules = alias.AllowsNull ? ValueRules.None : ValueRuleReader.ReadElements(target, type, schemas),
            MinItems = type is ListType && node?["minItems"] is not null ? target.MinItems : null,
            MaxItems = type is ListType && node?["maxItems"] is not null ? target.MaxItems : null,
            UniqueItems = !alias.AllowsNull && type is ListType { Item: var item } && IsEqualAsJson(ValueRuleReader.WithoutNull(item)) && node?["uniqueItems"] is JsonBooleanNode { Value: true },
            MinProperties = !alias.AllowsNull && type is DictionaryType && node?["minProperties"] is not null ? target.MinProperties : null,
            MaxProperties = !alias.AllowsNull && type is DictionaryType && node?["maxProperties"] is not null ? target.MaxProperties : null,
            ClientRole = ReadClientRole(node, type),
            FileLimits = FileLimitsReader.Read(node?["x-chat-file"], type, diagnostics),
            MandatoryWhen = (node?["x-chat-mandatory-when"] as JsonStringNode)?.Value,
            EmptyAsDefault = type is BuiltInType { Kind: BuiltInKind.String } && node?["x-chat-empty-as-default"] is JsonBooleanNode { Value: true },
        };
    }

    /// <summary>Whether <c>null</c> is a value, which <c>type</c> alone does not say: something of what is applied in place allows it, and nothing forbids it.</summary>
    public static bool AllowsNull(JsonSchema schema, SchemaObjectModel schemas)
    {
        bool?[] said = [.. schemas.Applied.Of(schema).Select(part => SaysNull(part, schemas.NodeOf(part) as JsonObjectNode))];
        return said.Contains(true) && !said.Contains(false);
    }

    private static bool? SaysNull(JsonSchema schema, JsonObjectNode? node) => node switch
    {
        null => null,
        _ when node["const"] is { } constant => constant is JsonNullNode,
        _ when node["enum"] is JsonArrayNode values => values.Items.Any(value => value is JsonNullNode) && (node["type"] is null || schema.Type.HasFlag(JsonObjectType.Null)),
        _ when schema.Type == JsonObjectType.None => null,
        _ => schema.Type.HasFlag(JsonObjectType.Null),
    };

    /// <summary>Why something should not be used any more; <see langword="null"/> if it may be.</summary>
    public string? ReadObsolete(JsonNode? ours, JsonNode? standard)
    {
        switch (ours)
        {
            case JsonStringNode { Value.Length: > 0 } text:
                return text.Value;
            case JsonBooleanNode flag:
                return flag.Value ? "The schema deprecates it." : null;
            case null:
                return ReadFlag(standard, "deprecated") ? "The schema deprecates it." : null;
            default:
                diagnostics.Add(Descriptors.WrongValue, ours, "x-chat-deprecated", "true or what to use instead");
                return null;
        }
    }

    private bool ReadFlag(JsonNode? node, string keyword)
    {
        if (node is not (null or JsonBooleanNode))
        {
            diagnostics.Add(Descriptors.WrongValue, node, keyword, "true or false");
        }

        return node is JsonBooleanNode { Value: true };
    }

    /// <summary>The only value of a member that has to be there. One of another type is left to the schema's own validator.</summary>
    private static string? ReadConstant(JsonNode? node, TypeModel type) => (type, node) switch
    {
        (BuiltInType { Kind: BuiltInKind.String }, JsonStringNode text) => text.Value,
        (BuiltInType { Kind: BuiltInKind.Boolean }, JsonBooleanNode flag) => flag.Value ? "true" : "false",
        (BuiltInType { Kind: BuiltInKind.Int32 or BuiltInKind.Int64 }, JsonNumberNode number) when NumberText.TryParseInt32(number.Text, out int value) => NumberText.Write(value),
        _ => null,
    };

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
                diagnostics.Add(Descriptors.InvalidMapping, keyword,
                    $"'x-chat-client' must name a setting of the client; {Suggestion.For((keyword as JsonStringNode)?.Value ?? "", ["serverUrl", "maxOfflineDuration", "disableWebSockets"])}");
            }
            else if (type is not BuiltInType { Kind: var kind } || kind != found.Value.Kind)
            {
                diagnostics.Add(Descriptors.InvalidMapping, keyword,
                    "'x-chat-client' does not fit the type: serverUrl is a string of format uri, maxOfflineDuration a number with x-chat-unit seconds, disableWebSockets a boolean");
                return ClientRole.None;
            }
        }

        return found?.Role ?? ClientRole.None;
    }

    /// <summary>Whether values are equal in C# where their JSON is. Dates, URIs and UUIDs can be written in several ways.</summary>
    private static bool IsEqualAsJson(TypeModel type) => type is EnumType or BuiltInType
    {
        Kind: BuiltInKind.String or BuiltInKind.Boolean or BuiltInKind.Int32 or BuiltInKind.Int64 or BuiltInKind.Double or BuiltInKind.Decimal
    };
}

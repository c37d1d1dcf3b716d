using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>
/// Whether the rules that are written into a record's <c>Validate()</c>, together with its C# types, say all that the schema demands. If not, its JSON is given to the
/// validator of the schema as well, so that no keyword is ever without effect.
/// </summary>
internal static class RuleCoverage
{
    private static readonly string[] s_applied = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];
    private static readonly string[] s_ofStrings = ["minLength", "maxLength", "pattern", "format"];
    private static readonly string[] s_ofNumbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    private static readonly string[] s_ofArrays =
        ["items", "additionalItems", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems"];
    private static readonly string[] s_ofObjects =
    [
        "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties", "maxProperties",
        "dependencies", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
    ];

    /// <summary>Whether the value of a member needs no more than the rules of its property.</summary>
    public static bool OfProperty(JsonSchema schema, TypeModel type, PropertyModel property, SchemaObjectModel schemas)
    {
        JsonSchema target = Alias.Of(schema, schemas).Target;
        return property.IsService || Of(target, type, property.ElementRules, schemas, keyword => keyword switch
        {
            "const" => property.Const is not null,
            "minItems" or "maxItems" => true,
            "uniqueItems" => property.UniqueItems,
            "minProperties" => property.MinProperties is not null,
            "maxProperties" => property.MaxProperties is not null,
            _ => IsStated(keyword, target, type, property.Rules),
        });
    }

    /// <summary>Whether an item of an array or a value of a dictionary needs no more than these rules.</summary>
    private static bool OfElement(JsonSchema schema, TypeModel type, ValueRules? rules, SchemaObjectModel schemas)
    {
        JsonSchema target = Alias.Of(schema, schemas).Target;
        TypeModel value = ValueRuleReader.WithoutNull(type);
        return !MayHoldNull(value) && Of(target, value, elements: null, schemas, keyword => IsStated(keyword, target, value, rules));
    }

    /// <summary>Whether a keyword is a rule of the value, or of its C# type; <paramref name="rules"/> is <see langword="null"/> of what is held so deep that it has none.</summary>
    private static bool IsStated(string keyword, JsonSchema target, TypeModel type, ValueRules? rules) => keyword switch
    {
        "format" when type is BuiltInType { Kind: BuiltInKind.DateTimeOffset or BuiltInKind.Guid } => true,
        _ when rules is null => false,
        "format" => rules.IsAbsoluteUri || rules.Format is not null || target.Format is null,
        "minimum" => rules.Bounds.Minimum is not null,
        "maximum" => rules.Bounds.Maximum is not null,
        "exclusiveMinimum" => rules.Bounds.ExclusiveMinimum is not null,
        "exclusiveMaximum" => rules.Bounds.ExclusiveMaximum is not null,
        "multipleOf" => rules.MultipleOf is not null,
        "minLength" => rules.MinLength == target.MinLength,
        "maxLength" => rules.MaxLength == target.MaxLength,
        "pattern" => rules.Pattern == target.Pattern,
        _ => false,
    };

    /// <summary>Whether what is held can be null though it must not be; the rules of a member look at its own items alone.</summary>
    private static bool MayHoldNull(TypeModel type) => type switch
    {
        ListType list => !list.Item.IsValueType && list.Item is not (NullableType or BuiltInType { Kind: BuiltInKind.JsonNode }),
        DictionaryType dictionary => !dictionary.Value.IsValueType && dictionary.Value is not (NullableType or BuiltInType { Kind: BuiltInKind.JsonNode }),
        _ => false,
    };

    private static bool Of(JsonSchema target, TypeModel type, ValueRules? elements, SchemaObjectModel schemas, Func<string, bool> isStated)
    {
        // Records check themselves; the values of enumerations are all that there are.
        if (type is RecordType or BuiltInType { Kind: BuiltInKind.ErrorCode or BuiltInKind.ChatEvent } || schemas.NodeOf(target) is not JsonObjectNode node)
        {
            return schemas.NodeOf(target) is not JsonBooleanNode { Value: false };
        }

        if (target.Reference is not null)
        {
            return false;
        }

        foreach (JsonMember member in node.Members)
        {
            if (!KeywordTable.SaysNothingOfValues(schemas.Dialect, member.Name) && Concerns(member, type) && !isStated(member.Name)
                && !(member.Name == "enum" && type is EnumType)
                && !(member.Name == "type" && HasTypeOf(type, member.Value))
                && !(member.Name == "items" && type is ListType list && target.Item is { } item && OfElement(item, list.Item, elements, schemas))
                && !(member.Name == "additionalProperties" && type is DictionaryType dictionary && target.AdditionalPropertiesSchema is { } values
                    && OfElement(values, dictionary.Value, elements, schemas))
                && !(member is { Name: "additionalProperties" or "uniqueItems", Value: JsonBooleanNode value } && value.Value == (member.Name == "additionalProperties")))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the C# type allows what <c>type</c> does, and <c>null</c>, which is a matter of its own.</summary>
    private static bool HasTypeOf(TypeModel type, JsonNode value) => type switch
    {
        BuiltInType { Kind: BuiltInKind.JsonNode } => false,
        BuiltInType { Kind: BuiltInKind.Decimal or BuiltInKind.Double or BuiltInKind.Seconds or BuiltInKind.Milliseconds } => Names(value).Contains("number") || !Names(value).Contains("integer"),
        _ => true,
    };

    private static string[] Names(JsonNode value) => value is JsonArrayNode types ? [.. types.Items.OfType<JsonStringNode>().Select(type => type.Value)] : value is JsonStringNode type ? [type.Value] : [];

    /// <summary>Whether a keyword can mean anything for values of a type.</summary>
    private static bool Concerns(JsonMember member, TypeModel type) => member.Name is "const" or "enum" or "type" or "$ref" or "$dynamicRef"
        || s_applied.Contains(member.Name)
        || type switch
        {
            BuiltInType { Kind: BuiltInKind.JsonNode } => true,
            ListType => s_ofArrays.Contains(member.Name),
            DictionaryType or BuiltInType { Kind: BuiltInKind.JsonObject } => s_ofObjects.Contains(member.Name),
            EnumType or BuiltInType { Kind: BuiltInKind.String or BuiltInKind.Uri or BuiltInKind.DateTimeOffset or BuiltInKind.Guid } => s_ofStrings.Contains(member.Name),
            BuiltInType { Kind: BuiltInKind.Boolean } => false,
            _ => s_ofNumbers.Contains(member.Name),
        };
}

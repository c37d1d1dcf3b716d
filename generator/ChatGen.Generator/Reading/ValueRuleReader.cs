using System.Globalization;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>The rules of a value that can be said over its C# type.</summary>
internal static class ValueRuleReader
{
    /// <param name="target">The schema of the value, aliases resolved.</param>
    /// <param name="type">The C# type, which is not nullable.</param>
    /// <param name="schemas">The definitions.</param>
    /// <remarks>A choice between a schema and <c>null</c> fails as a whole, so what is within it is said by the choice, but for what members themselves must be.</remarks>
    public static ValueRules Read(JsonSchema target, TypeModel type, SchemaObjectModel schemas)
    {
        bool isText = type is BuiltInType { Kind: BuiltInKind.String or BuiltInKind.Uri };
        var node = schemas.NodeOf(target) as JsonObjectNode;
        if (type is not BuiltInType { IsNumber: var isNumber } || (!isNumber && !isText))
        {
            return ValueRules.None;
        }

        return new ValueRules
        {
            Bounds = isNumber
                ? new NumberBounds(
                    Raw(node, "minimum", target.Minimum), Raw(node, "maximum", target.Maximum),
                    Raw(node, "exclusiveMinimum", target.ExclusiveMinimum), Raw(node, "exclusiveMaximum", target.ExclusiveMaximum))
                : new NumberBounds(),
            MultipleOf = node?["multipleOf"] is JsonNumberNode { Text: var divisor } && IsExact(divisor, type) ? divisor : null,
            IsAbsoluteUri = type is BuiltInType { Kind: BuiltInKind.Uri },
            MinLength = isText ? target.MinLength : null,
            MaxLength = isText ? target.MaxLength : null,
            Pattern = isText ? target.Pattern : null,
            Format = type is BuiltInType { Kind: BuiltInKind.String } && Formats.IsOfText(target.Format) ? target.Format : null,
        };
    }

    /// <summary>The rules of what a list or dictionary holds.</summary>
    /// <param name="target">The schema of the list or dictionary, aliases resolved.</param>
    /// <param name="type">The C# type.</param>
    /// <param name="schemas">The definitions.</param>
    public static ValueRules ReadElements(JsonSchema target, TypeModel type, SchemaObjectModel schemas) => (type, target) switch
    {
        (ListType { Item: var item }, { Item: { } schema }) when Alias.Of(schema, schemas) is { AllowsNull: false } alias => Read(alias.Target, WithoutNull(item), schemas),
        (DictionaryType { Value: var value }, { AdditionalPropertiesSchema: { } schema }) when Alias.Of(schema, schemas) is { AllowsNull: false } alias =>
            Read(alias.Target, WithoutNull(value), schemas),
        _ => ValueRules.None,
    };

    /// <summary>The type of a value that is not <c>null</c>.</summary>
    public static TypeModel WithoutNull(TypeModel type) => type is NullableType nullable ? nullable.Item : type;

    /// <summary>A bound as it is written, unless it could not be read.</summary>
    private static string? Raw(JsonObjectNode? node, string keyword, decimal? read) => read is null ? null : (node?[keyword] as JsonNumberNode)?.Text;

    /// <summary>Whether C# can tell exactly what is a multiple; binary fractions are left to the schema's own validator.</summary>
    private static bool IsExact(string divisor, TypeModel type) => type switch
    {
        BuiltInType { Kind: BuiltInKind.Int32 or BuiltInKind.Int64 } => long.TryParse(divisor, NumberStyles.None, CultureInfo.InvariantCulture, out long whole) && whole > 0,
        BuiltInType { Kind: BuiltInKind.Decimal } => decimal.TryParse(divisor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal exact) && exact > 0,
        _ => false,
    };
}

using System.Globalization;
using System.Text;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// The words of every keyword, the same at compile time and at run time, and the same as those of the runtime's <c>ChatRules</c>. They say of a value what it must be;
/// those that end in "but is" and the like go on with what it is.
/// </summary>
internal static class KeywordMessages
{
    public const string NotAllowed = "is not allowed";

    public const string UniqueItems = "must not have equal items, but has them at";

    public const string Not = "must not match the schema of 'not'";

    public const string PropertyNames = "is not an allowed name";

    private static readonly (JsonTypes Type, string Words)[] s_types =
    [
        (JsonTypes.Null, "null"),
        (JsonTypes.Boolean, "a Boolean"),
        (JsonTypes.Integer, "an integer"),
        (JsonTypes.Number, "a number"),
        (JsonTypes.String, "a string"),
        (JsonTypes.Array, "an array"),
        (JsonTypes.Object, "an object"),
    ];

    public static string Type(JsonTypes types)
    {
        // A number may be an integer anyway.
        JsonTypes shown = (types & JsonTypes.Number) != 0 ? types & ~JsonTypes.Integer : types;
        return $"must be {Or([.. s_types.Where(type => (shown & type.Type) != 0).Select(type => type.Words)])}, but is";
    }

    public static string Const(string json) => "must be " + Value(json);

    public static string Enum(EquatableArray<string> values) => values.Count == 0 ? NotAllowed : "must be one of " + string.Join(", ", values.Select(Value));

    public static string Minimum(string bound) => $"must be at least {Number(bound)}, but is";

    public static string Maximum(string bound) => $"must be at most {Number(bound)}, but is";

    public static string ExclusiveMinimum(string bound) => $"must be above {Number(bound)}, but is";

    public static string ExclusiveMaximum(string bound) => $"must be below {Number(bound)}, but is";

    public static string MultipleOf(string divisor) => $"must be a multiple of {Number(divisor)}, but is";

    public static string MinLength(int bound) => $"must have at least {Count(bound, "character")}, but has";

    public static string MaxLength(int bound) => $"must have at most {Count(bound, "character")}, but has";

    /// <param name="text">The pattern as the schema writes it.</param>
    public static string Pattern(string text) => "must match the pattern " + text;

    /// <param name="method">The method that asserts the format.</param>
    public static string Format(string method) => "must be " + FormatSource.WordsOf(method);

    public static string MinItems(int bound) => $"must have at least {Count(bound, "item")}, but has";

    public static string MaxItems(int bound) => $"must have at most {Count(bound, "item")}, but has";

    public static string MinProperties(int bound) => $"must have at least {Count(bound, "member")}, but has";

    public static string MaxProperties(int bound) => $"must have at most {Count(bound, "member")}, but has";

    public static string MinContains(int bound) => $"must have at least {Count(bound, "item")} as 'contains' demands, but has";

    public static string MaxContains(int bound) => $"must have at most {Count(bound, "item")} as 'contains' demands, but has";

    /// <summary>A whole message; at run time it is the runtime's <c>JsonFailures</c> that words it.</summary>
    public static string Required(string name) => $"'{name}' is missing";

    /// <inheritdoc cref="Required"/>
    public static string DependentRequired(string name, string needed) => $"'{name}' needs '{needed}'";

    public static string AnyOf(int count) => count == 1 ? "must match the schema of 'anyOf'" : $"must match at least one of the {Count(count, "schema")} of 'anyOf'";

    public static string OneOf(int count) => $"must match exactly one of the {Count(count, "schema")} of 'oneOf', but matches";

    /// <summary>The keyword whose subschemas <see cref="SubschemaModel.PrefixItems"/> are.</summary>
    public static string PrefixItemsKeyword(SubschemaModel schema) => schema.Dialect == JsonSchemaDialect.Draft7 ? "items" : "prefixItems";

    /// <summary>The keyword whose subschemas <see cref="SubschemaModel.DependentSchemas"/> are.</summary>
    public static string DependentSchemasKeyword(SubschemaModel schema) => schema.Dialect == JsonSchemaDialect.Draft7 ? "dependencies" : "dependentSchemas";

    /// <summary>The keyword of a lower bound other than the implied one.</summary>
    public static string MinContainsKeyword(ContainsModel contains) => contains.Minimum == 1 ? "contains" : "minContains";

    /// <summary>What "but is" goes on with; at run time it is the runtime's <c>JsonFailures</c> that says so.</summary>
    public static string Describe(JsonNode instance) => instance switch
    {
        JsonObjectNode => "an object",
        JsonArrayNode => "an array",
        JsonStringNode => "a string",
        JsonNumberNode number => number.Text,
        JsonBooleanNode => "a Boolean",
        _ => "null",
    };

    /// <summary>A number as .NET writes it, whatever the schema writes: a bound is also part of rules over C# values.</summary>
    public static string Number(string json)
    {
        const double most = 1e15;
        // Not every .NET has a value for what is too large.
        if (!double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return json;
        }

        bool isPlain = json.IndexOfAny(['e', 'E']) < 0 && (json.IndexOf('.') < 0 || json[json.Length - 1] != '0');
        return isPlain && value != 0 ? json
            : Math.Abs(value) < most && decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && (double)number == value
                ? number.ToString("0.############################", CultureInfo.InvariantCulture) is var text && text != "-0" ? text : "0"
            : json;
    }

    private static string Count(int number, string what) => $"{number.ToString(CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}";

    private static string Or(string[] alternatives) => alternatives.Length < 2
        ? string.Concat(alternatives)
        : string.Join(", ", alternatives.Take(alternatives.Length - 1)) + " or " + alternatives[alternatives.Length - 1];

    /// <summary>A string as people quote it, anything else as JSON.</summary>
    private static string Value(string json)
    {
        if (json[0] != '"')
        {
            return json;
        }

        var text = new StringBuilder("'");
        for (int i = 1; i < json.Length - 1; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
            }
            else if (json[++i] == 'u')
            {
                text.Append((char)ushort.Parse(json.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(json[i]);
            }
        }

        return text.Append('\'').ToString();
    }
}

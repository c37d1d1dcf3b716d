using System.Globalization;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Reads <c>default</c>: the value that a member has where none is given.</summary>
internal sealed class DefaultReader(DiagnosticBag diagnostics)
{
    // Thousands of members can have one enumeration.
    private readonly Dictionary<JsonSchema, HashSet<string>> _values = [];

    /// <summary>The default as the schema's JSON says it; <see langword="null"/> if there is none or, after a diagnostic, none that can be.</summary>
    public string? Read(JsonNode value, TypeModel type, JsonSchema schema, string member)
    {
        switch (type, value)
        {
            case (BuiltInType { Kind: BuiltInKind.String }, JsonStringNode text):
                return text.Value;
            case (BuiltInType { Kind: BuiltInKind.Uri }, JsonStringNode text):
                return Uri.TryCreate(text.Value, UriKind.Absolute, out _) ? text.Value : Refuse(value, member, "is no absolute URI");
            case (BuiltInType { Kind: BuiltInKind.Guid }, JsonStringNode text):
                return Guid.TryParseExact(text.Value, "D", out _) ? text.Value : Refuse(value, member, "is no UUID");
            case (BuiltInType { Kind: BuiltInKind.DateTimeOffset }, JsonStringNode text):
                return ReadDateTime(text, member);
            case (BuiltInType { Kind: BuiltInKind.Boolean }, JsonBooleanNode flag):
                return flag.Value ? "true" : "false";
            case (EnumType, JsonStringNode text):
                return ValuesOf(schema).Contains(text.Value)
                    ? text.Value
                    : Refuse(value, member, $"is not among its values; {Suggestion.For(text.Value, schema.Enumeration.Cast<string>())}");
            case (BuiltInType { IsNumber: true } number, JsonNumberNode digits):
                return ReadNumber(digits, number.Kind, schema, member);
            case (_, JsonNullNode) when schema.Type.HasFlag(JsonObjectType.Null):
                return null;
            default:
                return Refuse(value, member, type is BuiltInType { Kind: BuiltInKind.JsonNode or BuiltInKind.JsonObject } or ListType or DictionaryType or RecordType
                    ? "is not supported: only strings, numbers and Booleans can have one"
                    : "is of another type");
        }
    }

    private HashSet<string> ValuesOf(JsonSchema schema)
    {
        if (!_values.TryGetValue(schema, out HashSet<string>? values))
        {
            values = new HashSet<string>(schema.Enumeration.Cast<string>(), StringComparer.Ordinal);
            _values.Add(schema, values);
        }

        return values;
    }

    private string? ReadDateTime(JsonStringNode text, string member) =>
        // RFC 3339, section 5.6: an offset is mandatory.
        DateTimeOffset.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset value)
        && text.Value.Length >= 20 && text.Value[10] is 'T' or 't' && (text.Value[text.Value.Length - 1] is 'Z' or 'z' || text.Value[text.Value.Length - 6] is '+' or '-')
            ? value.ToString("O", CultureInfo.InvariantCulture)
            : Refuse(text, member, "is no date and time with an offset, such as 2026-01-31T12:00:00Z");

    private string? ReadNumber(JsonNumberNode digits, BuiltInKind kind, JsonSchema schema, string member)
    {
        string? problem = null;
        if (!NumberText.TryParseDecimal(digits.Text, out decimal number))
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

        return problem is not null ? Refuse(digits, member, problem)
            : kind is BuiltInKind.Int32 or BuiltInKind.Int64 ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : digits.Text;
    }

    private string? Refuse(JsonNode value, string member, string problem)
    {
        diagnostics.Add(Descriptors.InvalidDefault, value, member, problem);
        return null;
    }
}

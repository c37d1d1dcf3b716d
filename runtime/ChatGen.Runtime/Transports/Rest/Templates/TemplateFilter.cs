using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>Turns one value into another: <c>{/utcTime|milliseconds}</c>. What cannot be turned is absent.</summary>
internal static class TemplateFilter
{
    public const string AnyValue = "*";

    /// <summary>The filter with this name: one of the language's, or a look into a table of the mapping.</summary>
    public static Func<TemplateValue, TemplateValue> Find(string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> tables)
    {
        if (tables.TryGetValue(name, out IReadOnlyDictionary<string, JsonElement>? table))
        {
            return value => LookUp(value, table);
        }

        return name switch
        {
            "string" => static value => TemplateValue.Of(value.Text),
            "integer" => Integer,
            "number" => Number,
            "boolean" => Boolean,
            "parse" => Parse,
            "json" => static value => TemplateValue.Of(value.ToJson()),
            "base64" => static value => value.Text is { } text ? TemplateValue.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) : default,
            "milliseconds" => static value => Time(value, 1),
            "seconds" => static value => Time(value, 1000),
            _ => throw new FormatException($"There is no filter '{name}'."),
        };
    }

    private static TemplateValue LookUp(TemplateValue value, IReadOnlyDictionary<string, JsonElement> table) =>
        value.Text is { } text && (table.TryGetValue(text, out JsonElement found) || table.TryGetValue(AnyValue, out found)) ? TemplateValue.Of(found) : default;

    private static TemplateValue Integer(TemplateValue value) =>
        decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? TemplateValue.Of((long)number)
            : default;

    private static TemplateValue Number(TemplateValue value) =>
        double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? TemplateValue.OfLiteral(number.ToString("R", CultureInfo.InvariantCulture))
            : default;

    private static TemplateValue Boolean(TemplateValue value) => value.Text?.ToUpperInvariant() switch
    {
        "TRUE" or "1" => TemplateValue.OfLiteral("true"),
        "FALSE" or "0" => TemplateValue.OfLiteral("false"),
        _ => default,
    };

    private static TemplateValue Parse(TemplateValue value)
    {
        if (value.String is not { } text)
        {
            return value;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return TemplateValue.Of(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            // Like anything else that a filter cannot turn; what needs the value says that it is missing.
            return default;
        }
    }

    private static TemplateValue Time(TemplateValue value, long unit)
    {
        if (!decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal time))
        {
            return default;
        }

        decimal milliseconds = time * unit;
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? TemplateValue.Of(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            : default;
    }
}

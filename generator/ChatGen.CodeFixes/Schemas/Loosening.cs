using System.Globalization;
using System.Text;
using ChatGen.Analyzers.Usage;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.CodeFixes.Schemas;

/// <summary>Rules as they must be for a value to be allowed.</summary>
internal static class Loosening
{
    /// <summary>The least change of a keyword's value that allows a value, as JSON; null if it is allowed already or there is none.</summary>
    public static string? Of(string keyword, JsonNode rule, JsonNode value) => (keyword, rule, value) switch
    {
        ("minimum", JsonNumberNode bound, JsonNumberNode number) when Compare(number, bound) < 0 => number.Text,
        ("maximum", JsonNumberNode bound, JsonNumberNode number) when Compare(number, bound) > 0 => number.Text,
        // Only integers have a next one.
        ("exclusiveMinimum", JsonNumberNode bound, JsonNumberNode number) when Compare(number, bound) <= 0 => Step(number, -1),
        ("exclusiveMaximum", JsonNumberNode bound, JsonNumberNode number) when Compare(number, bound) >= 0 => Step(number, 1),
        ("minLength", JsonNumberNode bound, JsonStringNode text) => Count(bound, FaultFacts.LengthOf(text.Value), isLeast: true),
        ("maxLength", JsonNumberNode bound, JsonStringNode text) => Count(bound, FaultFacts.LengthOf(text.Value), isLeast: false),
        ("minItems", JsonNumberNode bound, JsonArrayNode array) => Count(bound, array.Items.Count, isLeast: true),
        ("maxItems", JsonNumberNode bound, JsonArrayNode array) => Count(bound, array.Items.Count, isLeast: false),
        ("pattern", JsonStringNode pattern, JsonStringNode text) when Alternative(text.Value) is var added && !pattern.Value.EndsWith(added, StringComparison.Ordinal) => JsonStyle.Quote(pattern.Value + added),
        ("enum", JsonArrayNode values, JsonStringNode or JsonNumberNode or JsonBooleanNode) when values.Items.All(item => !AreEqual(item, value)) =>
            $"[{string.Join(", ", values.Items.Select(Write).Concat([Write(value)]))}]",
        _ => null,
    };

    /// <summary>A value as a schema states it.</summary>
    public static string Write(JsonNode value) => value is JsonStringNode text ? JsonStyle.Quote(text.Value) : JsonText.Write(value);

    /// <summary>The text and nothing else, as one more alternative of a pattern.</summary>
    private static string Alternative(string text)
    {
        var pattern = new StringBuilder("|^");
        foreach (char character in text)
        {
            if (@"^$\.*+?()[]{}|/".IndexOf(character) >= 0)
            {
                pattern.Append('\\');
            }

            pattern.Append(character);
        }

        return pattern.Append('$').ToString();
    }

    private static int? Compare(JsonNumberNode left, JsonNumberNode right) =>
        ExactNumber.Parse(left.Text) is { } own && ExactNumber.Parse(right.Text) is { } other ? own.CompareTo(other) : null;

    private static string? Step(JsonNumberNode number, int step) =>
        long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value is > long.MinValue and < long.MaxValue
            ? (value + step).ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? Count(JsonNumberNode bound, int count, bool isLeast) =>
        double.TryParse(bound.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && (isLeast ? count < value : count > value)
            ? count.ToString(CultureInfo.InvariantCulture)
            : null;

    private static bool AreEqual(JsonNode left, JsonNode right) => (left, right) switch
    {
        (JsonStringNode text, JsonStringNode other) => text.Value == other.Value,
        (JsonNumberNode number, JsonNumberNode other) => Compare(number, other) == 0,
        (JsonBooleanNode flag, JsonBooleanNode other) => flag.Value == other.Value,
        _ => false,
    };
}

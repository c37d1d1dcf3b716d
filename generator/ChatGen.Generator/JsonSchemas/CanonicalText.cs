using System.Globalization;
using System.Text;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// The same text for equal values and for these alone (JSON Schema Core, section 4.2.2): numbers by value, objects without order. So values are compared in linear time, and
/// a value that is part of many is written once.
/// </summary>
internal sealed class CanonicalText
{
    /// <summary>Of all texts together: deep values with comparisons at every level would multiply.</summary>
    private const int MaxLength = 16 * 1024 * 1024;

    private readonly Dictionary<JsonNode, string?> _texts = [];
    private int _length;

    /// <summary>The text of a value, or null if it is not known or a number in it is too long.</summary>
    /// <exception cref="EvaluationBudgetException">The texts together are too long.</exception>
    public string? Of(JsonNode node)
    {
        if (!_texts.TryGetValue(node, out string? text))
        {
            text = Write(node);
            _texts.Add(node, text);
            _length += text?.Length ?? 0;
            if (_length > MaxLength)
            {
                throw new EvaluationBudgetException();
            }
        }

        return text;
    }

    private string? Write(JsonNode node) => node switch
    {
        JsonNumberNode number => ExactNumber.Parse(number.Text)?.ToString(),
        JsonStringNode value => Quote(value.Value),
        JsonBooleanNode value => value.Value ? "true" : "false",
        JsonUnknownNode or JsonArrayNode { IsOpen: true } or JsonObjectNode { IsOpen: true } => null,
        JsonArrayNode array => Join('[', array.Items.Select(Of), ']'),
        JsonObjectNode value => Join('{', value.Members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => Of(member.Value) is string text ? Quote(member.Name) + text : null), '}'),
        _ => "null",
    };

    private static string? Join(char open, IEnumerable<string?> parts, char close)
    {
        var text = new StringBuilder().Append(open);
        foreach (string? part in parts)
        {
            if (part is null)
            {
                return null;
            }

            text.Append(part).Append(',');
        }

        return text.Append(close).ToString();
    }

    /// <summary>With its length in front, a string needs no escapes.</summary>
    private static string Quote(string value) => value.Length.ToString(CultureInfo.InvariantCulture) + "\"" + value;
}

using System.Text;

namespace ChatGen.Generator.Documents;

/// <summary>Trees back to text.</summary>
internal static class JsonText
{
    /// <summary>An object with one member in front of those of another.</summary>
    public static string Write(string name, string value, JsonObjectNode rest)
    {
        var text = new StringBuilder("{");
        Append(text, name);
        text.Append(':');
        Append(text, value);
        foreach (JsonMember member in rest.Members.Where(member => member.Name != name))
        {
            text.Append(',');
            Append(text, member.Name);
            text.Append(':');
            Append(text, member.Value);
        }

        return text.Append('}').ToString();
    }

    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>A string as JSON, in ASCII.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode node)
    {
        switch (node)
        {
            case JsonStringNode value:
                Append(text, value.Value);
                break;
            case JsonNumberNode value:
                text.Append(value.Text);
                break;
            case JsonBooleanNode value:
                text.Append(value.Value ? "true" : "false");
                break;
            case JsonArrayNode array:
                AppendAll(text, '[', ']', array.Items, item => Append(text, item));
                break;
            case JsonObjectNode value:
                AppendAll(text, '{', '}', value.Members, member =>
                {
                    Append(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                });
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, IReadOnlyList<T> items, Action<T> append)
    {
        text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            append(items[i]);
        }

        text.Append(close);
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char character in value)
        {
            if (character is '"' or '\\')
            {
                text.Append('\\').Append(character);
            }
            else if (character is < ' ' or > '~')
            {
                text.Append("\\u").Append(((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(character);
            }
        }

        text.Append('"');
    }
}

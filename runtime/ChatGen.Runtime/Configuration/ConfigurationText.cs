using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>The text of a scalar in a configuration, as the JSON that a C# type wants. A text that is none stays what it is, and is told by the schema.</summary>
internal static class ConfigurationText
{
    /// <summary>Writes a text where a number or a Boolean is wanted: as the one or the other if it is one, else as a string. Every digit is kept.</summary>
    public static void WriteLiteral(Utf8JsonWriter writer, string text)
    {
        if (bool.TryParse(text, out bool flag) && char.IsLetter(text[0]) && char.IsLetter(text[^1]))
        {
            writer.WriteBooleanValue(flag);
        }
        else if (IsNumber(text))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    /// <summary>Whether a text is a number by RFC 8259, with nothing around it.</summary>
    private static bool IsNumber(string text)
    {
        if (text.Length == 0 || !(text[0] is '-' or (>= '0' and <= '9')) || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

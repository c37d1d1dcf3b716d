using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ChatGen.JsonSchemas;

/// <summary>Strings of a document as emitted validators see them. All members are thread-safe.</summary>
/// <remarks>
/// RFC 8259 section 8.2 lets a string hold a lone surrogate by an escape. <see cref="JsonElement.GetString"/> throws on it; a validator has to have a verdict, so
/// such a string is read as it is written.
/// </remarks>
public static class JsonStrings
{
    /// <summary>The value of a string.</summary>
    /// <param name="element">An element of kind <see cref="JsonValueKind.String"/>.</param>
    public static string Value(JsonElement element)
    {
        ReadOnlySpan<byte> quoted = JsonMarshal.GetRawUtf8Value(element);
        return Decode(quoted[1..^1]);
    }

    /// <summary>The name of a member.</summary>
    /// <param name="property">A member of an object.</param>
    public static string Name(JsonProperty property) => Decode(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>The length in Unicode code points, as <c>minLength</c> and <c>maxLength</c> count (JSON Schema Validation, section 6.3).</summary>
    /// <param name="value">A string; a lone surrogate counts as one.</param>
    public static int Length(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int length = value.Length;
        for (int i = 1; i < value.Length; i++)
        {
            if (char.IsSurrogatePair(value[i - 1], value[i]))
            {
                length--;
            }
        }

        return length;
    }

    /// <summary>The length of a string in Unicode code points; that of its escapes is their value's.</summary>
    /// <param name="element">An element of kind <see cref="JsonValueKind.String"/>.</param>
    public static int Length(JsonElement element)
    {
        ReadOnlySpan<byte> quoted = JsonMarshal.GetRawUtf8Value(element);
        return quoted.Contains((byte)'\\') || !Ascii.IsValid(quoted) ? Length(Value(element)) : quoted.Length - 2;
    }

    /// <summary>A name as an instance of its own, which <c>propertyNames</c> validates.</summary>
    /// <param name="property">A member of an object.</param>
    public static JsonElement NameElement(JsonProperty property)
    {
        ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(property);
        byte[] quoted = new byte[name.Length + 2];
        quoted[0] = (byte)'"';
        name.CopyTo(quoted.AsSpan(1));
        quoted[^1] = (byte)'"';
        using JsonDocument document = JsonDocument.Parse(quoted);
        return document.RootElement.Clone();
    }

    /// <summary>Whether two strings have one value.</summary>
    /// <param name="left">An element of kind <see cref="JsonValueKind.String"/>.</param>
    /// <param name="right">Another.</param>
    internal static bool AreEqual(JsonElement left, JsonElement right)
    {
        ReadOnlySpan<byte> leftQuoted = JsonMarshal.GetRawUtf8Value(left);
        ReadOnlySpan<byte> rightQuoted = JsonMarshal.GetRawUtf8Value(right);
        return leftQuoted.Contains((byte)'\\') || rightQuoted.Contains((byte)'\\')
            ? string.Equals(Value(left), Value(right), StringComparison.Ordinal)
            : leftQuoted.SequenceEqual(rightQuoted);
    }

    private static string Decode(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw);
        int escape = text.IndexOf('\\', StringComparison.Ordinal);
        if (escape < 0)
        {
            return text;
        }

        var value = new StringBuilder(text.Length);
        int start = 0;
        while (escape >= 0)
        {
            value.Append(text, start, escape - start);
            char kind = text[escape + 1];
            if (kind == 'u')
            {
                value.Append((char)ushort.Parse(text.AsSpan(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                start = escape + 6;
            }
            else
            {
                value.Append(kind switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => kind });
                start = escape + 2;
            }

            escape = text.IndexOf('\\', start);
        }

        return value.Append(text, start, text.Length - start).ToString();
    }
}

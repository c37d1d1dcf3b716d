using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>The strings that a schema's <c>enum</c> names, in its order. For generated code. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatJsonValues
{
    private readonly string[] _values;
    private readonly Utf8Names _names;

    /// <summary>Makes a set of values.</summary>
    /// <param name="values">The values; one is told by its position.</param>
    public ChatJsonValues(params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
        _names = new Utf8Names(values, isExact: true);
    }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <summary>The values in words, for a message.</summary>
    internal string Allowed => string.Join(", ", _values.Select(value => $"'{value}'"));

    /// <summary>The value at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none: the C# enum's value has no name.</exception>
    public string this[int value]
    {
        get
        {
            string[] values = _values;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)value, (uint)values.Length, nameof(value));
            return values[value];
        }
    }

    /// <summary>Reads a member's value, which the reader stands on: the position of one of the strings.</summary>
    /// <exception cref="ChatJsonException">The value is not one of them.</exception>
    public int Get(ref Utf8JsonReader reader, string member)
    {
        int found = Find(ref reader);
        if (found < 0)
        {
            // What is no string is worded as such.
            ChatJson.GetString(ref reader, member);
            throw new ChatJsonException(member.Length == 0 ? "" : "." + member, "enum", "must be one of " + Allowed);
        }

        return found;
    }

    /// <summary>Reads a member's value, which the reader stands on: any string, one instance for each of those that are named.</summary>
    /// <exception cref="ChatJsonException">The value is not a string.</exception>
    public string GetString(ref Utf8JsonReader reader, string member)
    {
        int found = Find(ref reader);
        return found < 0 ? ChatJson.GetString(ref reader, member) : _values[found];
    }

    /// <summary>Whether the string is one of the values.</summary>
    public bool Contains(string? value)
    {
        if (value is null)
        {
            return false;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Span<byte> name = length <= 256 ? stackalloc byte[256] : new byte[length];
        int found = _names.Find(name[..Encoding.UTF8.GetBytes(value, name)]);
        return found >= 0 && _values[found] == value;
    }

    private int Find(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? _names.Find(ref reader) : -1;
}

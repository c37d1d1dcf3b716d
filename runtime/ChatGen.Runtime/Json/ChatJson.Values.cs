using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatGen.JsonSchemas;

namespace ChatGen;

/// <content>Values that are constant, of a known few kinds, or <c>null</c>.</content>
public static partial class ChatJson
{
    /// <summary>The value of a string member of the object that the reader stands on; the reader stays there.</summary>
    public static string PeekString(Utf8JsonReader reader, string member)
    {
        ExpectObject(ref reader);
        while (ReadMember(ref reader))
        {
            if (reader.ValueTextEquals(member))
            {
                reader.Read();
                return GetString(ref reader, member);
            }

            SkipValue(ref reader);
        }

        throw Missing(member);
    }

    /// <summary>Checks a member that has only one value.</summary>
    public static void ExpectConstant<T>(string member, T? value, T expected)
        where T : class, IEquatable<T>
    {
        Expect(member, value is not null, value?.Equals(expected) == true, expected);
    }

    /// <summary>Checks a member that has only one value.</summary>
    public static void ExpectConstant<T>(string member, T? value, T expected)
        where T : struct, IEquatable<T>
    {
        Expect(member, value is not null, value?.Equals(expected) == true, expected);
    }

    /// <summary>Reads a member's value: a number of at most 28 digits.</summary>
    public static decimal ReadDecimal(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return GetDecimal(ref reader, member);
    }

    /// <summary>Reads the value that the reader stands on: a number of at most 28 digits.</summary>
    public static decimal GetDecimal(ref Utf8JsonReader reader) => GetDecimal(ref reader, "");

    /// <summary>Reads a member's value, which the reader stands on: a number of at most 28 digits.</summary>
    public static decimal GetDecimal(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw Unexpected(member, "a number", ref reader);
        }

        return TryGetDecimal(ref reader, out decimal value) ? value : throw Failure(member, "has more digits than a decimal holds");
    }

    /// <summary>Reads the value that the reader stands on, which may be <c>null</c>.</summary>
    public static T? GetNullable<T>(ref Utf8JsonReader reader, ChatJsonReader<T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        return reader.TokenType == JsonTokenType.Null ? null : read(ref reader);
    }

    /// <summary>Reads the value that the reader stands on, which may be <c>null</c>.</summary>
    public static T? GetNullableValue<T>(ref Utf8JsonReader reader, ChatJsonReader<T> read)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(read);
        return reader.TokenType == JsonTokenType.Null ? null : read(ref reader);
    }

    /// <summary>Writes a value that may be <c>null</c>.</summary>
    public static void WriteNullable<T>(Utf8JsonWriter writer, T? value, ChatJsonWriter<T> write)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(write);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            write(writer, value);
        }
    }

    /// <summary>Writes a value that may be <c>null</c>.</summary>
    public static void WriteNullableValue<T>(Utf8JsonWriter writer, T? value, ChatJsonWriter<T> write)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(write);
        if (value is { } some)
        {
            write(writer, some);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Writes an empty object in place of something that exists only in the process.</summary>
    public static void WritePresence(Utf8JsonWriter writer, ReadOnlySpan<byte> name, object? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not null)
        {
            writer.WriteStartObject(name);
            writer.WriteEndObject();
        }
    }

    /// <summary>The number that the reader stands on, if a decimal holds it without rounding.</summary>
    private static bool TryGetDecimal(ref Utf8JsonReader reader, out decimal value) =>
        reader.TryGetDecimal(out value) && (Length(ref reader) <= 28 || IsExact(ref reader, value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The number that the reader stands on, if a double holds it: the shortest text of the double is the same number.</summary>
    private static bool TryGetDouble(ref Utf8JsonReader reader, out double value) =>
        reader.TryGetDouble(out value) && double.IsFinite(value) && ((Length(ref reader) <= 15 && Math.Abs(value) > 1e-290) || IsExact(ref reader, value.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Whether a date and time has seconds and an offset, as RFC 3339 has it and the reader does not ask for.</summary>
    private static bool IsWhole(ref Utf8JsonReader reader) =>
        reader is { HasValueSequence: false, ValueIsEscaped: false } && reader.ValueSpan is [_, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, (byte)':', ..] text
        && (text[^1] == (byte)'Z' || text[^6] is (byte)'+' or (byte)'-');

    private static DateTimeOffset ParseDateTimeOffset(string text, string member)
    {
        if (!ChatFormats.IsDateTime(text))
        {
            throw new ChatJsonException("." + member, "format", "must be a date and time such as 2026-01-31T12:00:00Z");
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset value)
            ? value
            : throw Failure(member, "is a date and time that .NET has no value for");
    }

    private static int Length(ref Utf8JsonReader reader) => reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;

    /// <summary>Whether the number that the reader stands on is the same as another, however the two are written.</summary>
    private static bool IsExact(ref Utf8JsonReader reader, string other)
    {
        string text = reader.HasValueSequence ? Encoding.ASCII.GetString(reader.ValueSequence) : Encoding.ASCII.GetString(reader.ValueSpan);
        return JsonNumber.Parse(text).Equals(JsonNumber.Parse(other));
    }

    private static void Expect<T>(string member, bool isThere, bool isExpected, T expected)
    {
        if (!isThere)
        {
            throw Missing(member);
        }

        if (!isExpected)
        {
            throw new ChatJsonException("." + member, "const", $"must be {(expected is string ? $"'{expected}'" : expected is bool flag ? (flag ? "true" : "false") : expected)}");
        }
    }
}

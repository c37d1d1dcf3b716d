using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen;

/// <summary>Reads a value; the reader stands on its first token and is left on its last.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="reader">Stands on the value's first token.</param>
/// <returns>The value.</returns>
public delegate T ChatJsonReader<out T>(ref Utf8JsonReader reader);

/// <summary>Writes a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="writer">Where to.</param>
/// <param name="value">The value.</param>
public delegate void ChatJsonWriter<in T>(Utf8JsonWriter writer, T value);

/// <summary>What generated JSON converters share. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChatJson
{
    /// <summary>Checks that the reader stands on an object's start.</summary>
    public static void ExpectObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected("", "an object", ref reader);
        }
    }

    /// <summary>Moves to the next member's name; <see langword="false"/> on the object's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ReadMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Skips the value of the member that the reader stands on.</summary>
    public static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>Moves from a member's name to its value; <see langword="true"/> if that is <c>null</c>.</summary>
    public static bool ReadNull(ref Utf8JsonReader reader)
    {
        Utf8JsonReader probe = reader;
        probe.Read();
        if (probe.TokenType != JsonTokenType.Null)
        {
            return false;
        }

        reader = probe;
        return true;
    }

    /// <summary>Reads a string.</summary>
    public static string ReadString(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected(member, "a string", ref reader);
    }

    /// <summary>Reads a Boolean.</summary>
    public static bool ReadBoolean(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Unexpected(member, "a Boolean", ref reader),
        };
    }

    /// <summary>Reads an integer; <c>1.0</c> is one.</summary>
    public static int ReadInt32(ref Utf8JsonReader reader, string member)
    {
        long value = ReadInt64(ref reader, member);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Failure(member, $"must be a 32-bit integer, but is {value}");
    }

    /// <summary>Reads an integer; <c>1.0</c> is one.</summary>
    public static long ReadInt64(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out long value))
            {
                return value;
            }

            if (reader.TryGetDecimal(out decimal number) && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue)
            {
                return (long)number;
            }
        }

        throw Unexpected(member, "an integer", ref reader);
    }

    /// <summary>Reads a number.</summary>
    public static double ReadDouble(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Unexpected(member, "a number", ref reader);
    }

    /// <summary>Reads a number of seconds.</summary>
    public static TimeSpan ReadSeconds(ref Utf8JsonReader reader, string member) => ReadDuration(ref reader, member, TimeSpan.TicksPerSecond);

    /// <summary>Reads a number of milliseconds.</summary>
    public static TimeSpan ReadMilliseconds(ref Utf8JsonReader reader, string member) => ReadDuration(ref reader, member, TimeSpan.TicksPerMillisecond);

    /// <summary>Reads an absolute or relative URI reference.</summary>
    public static Uri ReadUri(ref Utf8JsonReader reader, string member) =>
        Uri.TryCreate(ReadString(ref reader, member), UriKind.RelativeOrAbsolute, out Uri? uri) ? uri : throw Failure(member, "must be a URI");

    /// <summary>Reads an RFC 3339 date and time.</summary>
    public static DateTimeOffset ReadDateTimeOffset(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset value)
            ? value
            : throw Unexpected(member, "a date and time", ref reader);
    }

    /// <summary>Reads a UUID.</summary>
    public static Guid ReadGuid(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out Guid value) ? value : throw Unexpected(member, "a UUID", ref reader);
    }

    /// <summary>Reads an object of any shape.</summary>
    public static JsonObject ReadJsonObject(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? (JsonObject)JsonNode.Parse(ref reader)! : throw Unexpected(member, "an object", ref reader);
    }

    /// <summary>Reads a value of any shape; <c>null</c> is <see langword="null"/>.</summary>
    public static JsonNode? ReadJsonNode(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonNode.Parse(ref reader);
    }

    /// <summary>Reads a nested value and puts the member in front of the path of what is wrong in it.</summary>
    public static T ReadValue<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        reader.Read();
        try
        {
            return read(ref reader);
        }
        catch (ChatJsonException exception)
        {
            throw exception.Within("." + member);
        }
    }

    /// <summary>Reads an array.</summary>
    public static IReadOnlyList<T> ReadList<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(member, "an array", ref reader);
        }

        var list = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            try
            {
                list.Add(read(ref reader));
            }
            catch (ChatJsonException exception)
            {
                throw exception.Within($".{member}[{list.Count}]");
            }
        }

        return list;
    }

    /// <summary>Reads an object whose members all have one type.</summary>
    public static Dictionary<string, T> ReadDictionary<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(member, "an object", ref reader);
        }

        var dictionary = new Dictionary<string, T>(StringComparer.Ordinal);
        while (ReadMember(ref reader))
        {
            string key = reader.GetString()!;
            reader.Read();
            try
            {
                dictionary[key] = read(ref reader);
            }
            catch (ChatJsonException exception)
            {
                throw exception.Within($".{member}.{key}");
            }
        }

        return dictionary;
    }

    /// <summary>Reads an error code: a number or a string.</summary>
    public static ChatErrorCode ReadErrorCode(ref Utf8JsonReader reader, string member, ChatErrorCatalog errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Utf8JsonReader probe = reader;
        probe.Read();
        return probe.TokenType == JsonTokenType.String ? errors.Find(ReadString(ref reader, member)) : errors.Find(ReadInt32(ref reader, member));
    }

    /// <summary>A mandatory member is absent.</summary>
    public static ChatJsonException Missing(string member) => Failure(member, "is missing");

    /// <summary>A member has a value that it must not have.</summary>
    public static ChatJsonException Failure(string member, string problem) => new(member.Length == 0 ? "" : "." + member, problem);

    private static TimeSpan ReadDuration(ref Utf8JsonReader reader, string member, long ticksPerUnit)
    {
        double ticks = ReadDouble(ref reader, member) * ticksPerUnit;
        return ticks is > long.MinValue and < long.MaxValue ? new TimeSpan((long)Math.Round(ticks)) : throw Failure(member, "is too long a duration");
    }

    private static ChatJsonException Unexpected(string member, string expected, ref Utf8JsonReader reader) =>
        Failure(member, $"must be {expected}, but is {Describe(reader.TokenType)}");

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a Boolean",
        JsonTokenType.Null => "null",
        _ => "not there",
    };
}

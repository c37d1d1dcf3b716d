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
public static partial class ChatJson
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

    /// <summary>Reads a member's value: a string.</summary>
    public static string ReadString(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return GetString(ref reader, member);
    }

    /// <summary>Reads the value that the reader stands on: a string.</summary>
    public static string GetString(ref Utf8JsonReader reader) => GetString(ref reader, "");

    /// <summary>Reads the value that the reader stands on: a Boolean.</summary>
    public static bool GetBoolean(ref Utf8JsonReader reader) => GetBoolean(ref reader, "");

    /// <summary>Reads a member's value: an integer; <c>1.0</c> is one.</summary>
    public static int ReadInt32(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return GetInt32(ref reader, member);
    }

    /// <summary>Reads the value that the reader stands on: an integer; <c>1.0</c> is one.</summary>
    public static int GetInt32(ref Utf8JsonReader reader) => GetInt32(ref reader, "");

    /// <summary>Reads the value that the reader stands on: an integer; <c>1.0</c> is one.</summary>
    public static long GetInt64(ref Utf8JsonReader reader) => GetInt64(ref reader, "");

    /// <summary>Reads the value that the reader stands on: a number.</summary>
    public static double GetDouble(ref Utf8JsonReader reader) => GetDouble(ref reader, "");

    /// <summary>Reads the value that the reader stands on: a number of seconds.</summary>
    public static TimeSpan GetSeconds(ref Utf8JsonReader reader) => GetSeconds(ref reader, "");

    /// <summary>Reads the value that the reader stands on: a number of milliseconds.</summary>
    public static TimeSpan GetMilliseconds(ref Utf8JsonReader reader) => GetMilliseconds(ref reader, "");

    /// <summary>Reads a member's value: a URI reference.</summary>
    public static Uri ReadUri(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return GetUri(ref reader, member);
    }

    /// <summary>Reads the value that the reader stands on: a URI reference.</summary>
    public static Uri GetUri(ref Utf8JsonReader reader) => GetUri(ref reader, "");

    /// <summary>Reads a member's value: an RFC 3339 date and time.</summary>
    public static DateTimeOffset ReadDateTimeOffset(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return GetDateTimeOffset(ref reader, member);
    }

    /// <summary>Reads the value that the reader stands on: an RFC 3339 date and time.</summary>
    public static DateTimeOffset GetDateTimeOffset(ref Utf8JsonReader reader) => GetDateTimeOffset(ref reader, "");

    /// <summary>Reads the value that the reader stands on: a UUID.</summary>
    public static Guid GetGuid(ref Utf8JsonReader reader) => GetGuid(ref reader, "");

    /// <summary>Reads the value that the reader stands on: an object of any shape.</summary>
    public static JsonObject GetJsonObject(ref Utf8JsonReader reader) => GetJsonObject(ref reader, "");

    /// <summary>Reads the value that the reader stands on, of any shape; <c>null</c> is <see langword="null"/>.</summary>
    public static JsonNode? GetJsonNode(ref Utf8JsonReader reader) => JsonNode.Parse(ref reader);

    /// <summary>Reads a member's value and puts the member in front of the path of what is wrong in it.</summary>
    public static T ReadValue<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        reader.Read();
        return GetValue(ref reader, member, read);
    }

    /// <summary>Reads a member's value, which the reader stands on, and puts the member in front of the path of what is wrong in it.</summary>
    public static T GetValue<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read(ref reader);
        }
        catch (ChatJsonException exception)
        {
            throw exception.Within("." + member);
        }
    }

    /// <summary>Reads a member's value: an array.</summary>
    public static IReadOnlyList<T> ReadList<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        reader.Read();
        return GetList(ref reader, member, read);
    }

    /// <summary>Reads a member's value, which the reader stands on: an array.</summary>
    public static IReadOnlyList<T> GetList<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        try
        {
            return GetList(ref reader, read);
        }
        catch (ChatJsonException exception)
        {
            throw exception.Within("." + member);
        }
    }

    /// <summary>Reads the array that the reader stands on.</summary>
    public static IReadOnlyList<T> GetList<T>(ref Utf8JsonReader reader, ChatJsonReader<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected("", "an array", ref reader);
        }

        var list = new List<T>();
        try
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                list.Add(read(ref reader));
            }
        }
        catch (ChatJsonException exception)
        {
            throw exception.Within($"[{list.Count}]");
        }

        return list;
    }

    /// <summary>Reads a member's value: an object whose members all have one type.</summary>
    public static Dictionary<string, T> ReadDictionary<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        reader.Read();
        return GetDictionary(ref reader, member, read);
    }

    /// <summary>Reads a member's value, which the reader stands on: an object whose members all have one type.</summary>
    public static Dictionary<string, T> GetDictionary<T>(ref Utf8JsonReader reader, string member, ChatJsonReader<T> read)
    {
        try
        {
            return GetDictionary(ref reader, read);
        }
        catch (ChatJsonException exception)
        {
            throw exception.Within("." + member);
        }
    }

    /// <summary>Reads the object that the reader stands on, whose members all have one type.</summary>
    public static Dictionary<string, T> GetDictionary<T>(ref Utf8JsonReader reader, ChatJsonReader<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ExpectObject(ref reader);
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
                throw exception.Within("." + key);
            }
        }

        return dictionary;
    }

    /// <summary>Reads a member's value: an error code, which is a number or a string.</summary>
    public static ChatErrorCode ReadErrorCode(ref Utf8JsonReader reader, string member, ChatErrorCatalog errors)
    {
        reader.Read();
        return GetErrorCode(ref reader, member, errors);
    }

    /// <summary>Reads the error code that the reader stands on: a number or a string.</summary>
    public static ChatErrorCode GetErrorCode(ref Utf8JsonReader reader, ChatErrorCatalog errors) => GetErrorCode(ref reader, "", errors);

    /// <summary>Reads an event that must be of a certain type.</summary>
    public static TEvent ReadEvent<TEvent>(ref Utf8JsonReader reader, ChatEventCatalog events)
        where TEvent : ChatEvent
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Read(ref reader) as TEvent ?? throw Failure(events.DiscriminatorMember, $"names another event than {typeof(TEvent).Name}");
    }

    /// <summary>A mandatory member is absent.</summary>
    public static ChatJsonException Missing(string member) => new("." + member, "required", "is missing") { Missing = member };

    /// <summary>A member has a value that it must not have.</summary>
    public static ChatJsonException Failure(string member, string problem) => new(member.Length == 0 ? "" : "." + member, "type", problem);

    /// <summary>Reads a member's value, which the reader stands on: a string.</summary>
    public static string GetString(ref Utf8JsonReader reader, string member) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected(member, "a string", ref reader);

    /// <summary>Reads a member's value, which the reader stands on: a Boolean.</summary>
    public static bool GetBoolean(ref Utf8JsonReader reader, string member) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(member, "a Boolean", ref reader),
    };

    /// <summary>Reads a member's value, which the reader stands on: an integer; <c>1.0</c> is one.</summary>
    public static int GetInt32(ref Utf8JsonReader reader, string member)
    {
        long value = GetInt64(ref reader, member);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Failure(member, $"must be a 32-bit integer, but is {value}");
    }

    /// <summary>Reads a member's value, which the reader stands on: an integer; <c>1.0</c> is one.</summary>
    public static long GetInt64(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out long value))
            {
                return value;
            }

            if (TryGetDecimal(ref reader, out decimal number) && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue)
            {
                return (long)number;
            }

            throw Failure(member, "must be an integer of at most 64 bits");
        }

        throw Unexpected(member, "an integer", ref reader);
    }

    /// <summary>Reads a member's value, which the reader stands on: a number, of whose digits none is lost.</summary>
    public static double GetDouble(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw Unexpected(member, "a number", ref reader);
        }

        return TryGetDouble(ref reader, out double value) ? value : throw Failure(member, "has more digits than a double holds");
    }

    /// <summary>Reads a member's value, which the reader stands on: a number of seconds.</summary>
    public static TimeSpan GetSeconds(ref Utf8JsonReader reader, string member) => GetDuration(ref reader, member, TimeSpan.TicksPerSecond);

    /// <summary>Reads a member's value, which the reader stands on: a number of milliseconds.</summary>
    public static TimeSpan GetMilliseconds(ref Utf8JsonReader reader, string member) => GetDuration(ref reader, member, TimeSpan.TicksPerMillisecond);

    /// <summary>Reads a member's value, which the reader stands on: a URI reference.</summary>
    public static Uri GetUri(ref Utf8JsonReader reader, string member) =>
        Uri.TryCreate(GetString(ref reader, member), UriKind.RelativeOrAbsolute, out Uri? uri) ? uri : throw Failure(member, "must be a URI");

    /// <summary>Reads a member's value, which the reader stands on: an RFC 3339 date and time.</summary>
    public static DateTimeOffset GetDateTimeOffset(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(member, "a date and time", ref reader);
        }

        return reader.TryGetDateTimeOffset(out DateTimeOffset value) && IsWhole(ref reader) ? value : ParseDateTimeOffset(reader.GetString()!, member);
    }

    /// <summary>Reads a member's value, which the reader stands on: a UUID.</summary>
    public static Guid GetGuid(ref Utf8JsonReader reader, string member) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out Guid value) ? value : throw Unexpected(member, "a UUID", ref reader);

    /// <summary>Reads a member's value, which the reader stands on: an object of any shape.</summary>
    public static JsonObject GetJsonObject(ref Utf8JsonReader reader, string member) =>
        reader.TokenType == JsonTokenType.StartObject ? (JsonObject)JsonNode.Parse(ref reader)! : throw Unexpected(member, "an object", ref reader);

    /// <summary>Reads a member's value, which the reader stands on: an error code, which is a number or a string.</summary>
    public static ChatErrorCode GetErrorCode(ref Utf8JsonReader reader, string member, ChatErrorCatalog errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return reader.TokenType == JsonTokenType.String ? errors.Find(GetString(ref reader, member)) : errors.Find(GetInt32(ref reader, member));
    }

    private static TimeSpan GetDuration(ref Utf8JsonReader reader, string member, long ticksPerUnit)
    {
        // Most are whole, which is read faster and comes to the same.
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long whole) && whole is >= int.MinValue and <= int.MaxValue)
        {
            return new TimeSpan(whole * ticksPerUnit);
        }

        double ticks = GetDouble(ref reader, member) * ticksPerUnit;
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

using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen;

public static partial class ChatJson
{
    /// <summary>Writes a member: a string; nothing if it is <see langword="null"/>.</summary>
    public static void WriteString(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteString(name, present);
        }
    }

    /// <summary>Writes a string.</summary>
    public static void WriteString(Utf8JsonWriter writer, string value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    /// <summary>Writes a member: a Boolean; nothing if it is <see langword="null"/>.</summary>
    public static void WriteBoolean(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteBoolean(name, present);
        }
    }

    /// <summary>Writes a Boolean.</summary>
    public static void WriteBoolean(Utf8JsonWriter writer, bool value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBooleanValue(value);
    }

    /// <summary>Writes a member: an integer; nothing if it is <see langword="null"/>.</summary>
    public static void WriteInt32(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteNumber(name, present);
        }
    }

    /// <summary>Writes an integer.</summary>
    public static void WriteInt32(Utf8JsonWriter writer, int value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes a member: an integer; nothing if it is <see langword="null"/>.</summary>
    public static void WriteInt64(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteNumber(name, present);
        }
    }

    /// <summary>Writes an integer.</summary>
    public static void WriteInt64(Utf8JsonWriter writer, long value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes a member: a number; nothing if it is <see langword="null"/>.</summary>
    public static void WriteDouble(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteNumber(name, present);
        }
    }

    /// <summary>Writes a number.</summary>
    public static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes a member: a number with all its digits; nothing if it is <see langword="null"/>.</summary>
    public static void WriteDecimal(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteNumber(name, present);
        }
    }

    /// <summary>Writes a number with all its digits.</summary>
    public static void WriteDecimal(Utf8JsonWriter writer, decimal value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>Writes a member: a number of seconds; nothing if it is <see langword="null"/>.</summary>
    public static void WriteSeconds(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TimeSpan? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteNumber(name, present.TotalSeconds);
        }
    }

    /// <summary>Writes a number of seconds.</summary>
    public static void WriteSeconds(Utf8JsonWriter writer, TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.TotalSeconds);
    }

    /// <summary>Writes a member: a number of milliseconds; nothing if it is <see langword="null"/>.</summary>
    public static void WriteMilliseconds(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TimeSpan? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteNumber(name, present.TotalMilliseconds);
        }
    }

    /// <summary>Writes a number of milliseconds.</summary>
    public static void WriteMilliseconds(Utf8JsonWriter writer, TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.TotalMilliseconds);
    }

    /// <summary>Writes a member: a URI reference; nothing if it is <see langword="null"/>.</summary>
    public static void WriteUri(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Uri? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteString(name, present.OriginalString);
        }
    }

    /// <summary>Writes a URI reference.</summary>
    public static void WriteUri(Utf8JsonWriter writer, Uri value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.OriginalString);
    }

    /// <summary>Writes a member: a date and time; nothing if it is <see langword="null"/>.</summary>
    public static void WriteDateTimeOffset(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteString(name, present);
        }
    }

    /// <summary>Writes a date and time.</summary>
    public static void WriteDateTimeOffset(Utf8JsonWriter writer, DateTimeOffset value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    /// <summary>Writes a member: a UUID; nothing if it is <see langword="null"/>.</summary>
    public static void WriteGuid(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Guid? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteString(name, present);
        }
    }

    /// <summary>Writes a UUID.</summary>
    public static void WriteGuid(Utf8JsonWriter writer, Guid value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    /// <summary>Writes a member: a value of an enumeration; nothing if it is <see langword="null"/>.</summary>
    public static void WriteEnum(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value, ChatJsonValues values)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            ArgumentNullException.ThrowIfNull(values);
            writer.WriteString(name, values[present]);
        }
    }

    /// <summary>Writes a member: an error code; nothing if it is <see langword="null"/>.</summary>
    public static void WriteErrorCode(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ChatErrorCode? value)
    {
        if (value is { } present)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WritePropertyName(name);
            WriteErrorCode(writer, present);
        }
    }

    /// <summary>Writes a member: a value of any shape; nothing if it is <see langword="null"/>.</summary>
    public static void WriteJsonNode(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonNode? value)
    {
        if (value is not null)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    /// <summary>Writes a member: an event; nothing if it is <see langword="null"/>.</summary>
    public static void WriteEvent(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ChatEvent? value, ChatJsonWriter<ChatEvent> write)
    {
        if (value is not null)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WritePropertyName(name);
            ArgumentNullException.ThrowIfNull(write);
            write(writer, value);
        }
    }

    /// <summary>Writes a member: a record; nothing if it is <see langword="null"/>.</summary>
    public static void WriteValue<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T? value, ChatJsonWriter<T> writeMembers)
    {
        if (value is not null)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WritePropertyName(name);
            WriteValue(writer, value, writeMembers);
        }
    }

    /// <summary>Writes a member: an array; nothing if it is <see langword="null"/>.</summary>
    public static void WriteList<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T>? list, ChatJsonWriter<T> write)
    {
        if (list is not null)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WritePropertyName(name);
            WriteList(writer, list, write);
        }
    }

    /// <summary>Writes a member: an object whose members all have one type; nothing if it is <see langword="null"/>.</summary>
    public static void WriteDictionary<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T>? dictionary, ChatJsonWriter<T> write)
    {
        if (dictionary is not null)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WritePropertyName(name);
            WriteDictionary(writer, dictionary, write);
        }
    }

    /// <summary>Writes a record's members within braces.</summary>
    public static void WriteValue<T>(Utf8JsonWriter writer, T value, ChatJsonWriter<T> writeMembers)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(writeMembers);
        writer.WriteStartObject();
        writeMembers(writer, value);
        writer.WriteEndObject();
    }

    /// <summary>Writes an array.</summary>
    public static void WriteList<T>(Utf8JsonWriter writer, IReadOnlyList<T> list, ChatJsonWriter<T> write)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(write);
        writer.WriteStartArray();
        foreach (T item in list)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes an object whose members all have one type.</summary>
    public static void WriteDictionary<T>(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> dictionary, ChatJsonWriter<T> write)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(dictionary);
        ArgumentNullException.ThrowIfNull(write);
        writer.WriteStartObject();
        foreach ((string key, T value) in dictionary)
        {
            writer.WritePropertyName(key);
            write(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a value of any shape.</summary>
    public static void WriteJsonNode(Utf8JsonWriter writer, JsonNode? node)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }

    /// <summary>Writes an error code.</summary>
    public static void WriteErrorCode(Utf8JsonWriter writer, ChatErrorCode code)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (code.Text is { } text)
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteNumberValue(code.Number);
        }
    }

    /// <summary>Writes the members that all events have in common.</summary>
    public static void WriteHeader(Utf8JsonWriter writer, ChatEvent chatEvent, ChatEventCatalog events)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(chatEvent);
        ArgumentNullException.ThrowIfNull(events);
        writer.WriteString(events.DiscriminatorMember, chatEvent.EventType.WireName);
        if (chatEvent.Index is { } index)
        {
            writer.WriteNumber(events.IndexMember, index);
        }

        if (chatEvent.Timestamp is { } timestamp)
        {
            writer.WriteString(events.TimestampMember, timestamp);
        }
    }

    /// <summary>Writes an event of a type that the schema does not know, as it came.</summary>
    public static void WriteUnknown(Utf8JsonWriter writer, ChatEvent chatEvent)
    {
        if (chatEvent is not UnknownChatEvent unknown)
        {
            throw new NotSupportedException($"The event '{chatEvent?.GetType().Name}' is not one of the schema.");
        }

        unknown.Json.WriteTo(writer);
    }
}

using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen;

/// <summary>The event types of a schema, and the members that all events have in common on the wire.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ChatEventCatalog
{
    private readonly FrozenDictionary<string, ChatEventType> _byWireName;

    /// <summary>Makes a catalog.</summary>
    /// <param name="types">The schema's event types.</param>
    public ChatEventCatalog(IReadOnlyList<ChatEventType> types)
    {
        Types = types;
        _byWireName = types.ToFrozenDictionary(type => type.WireName, StringComparer.Ordinal);
    }

    /// <summary>The schema's event types, in its order.</summary>
    public IReadOnlyList<ChatEventType> Types { get; }

    /// <summary>Member that says of which type an event is.</summary>
    public required string DiscriminatorMember { get; init; }

    /// <summary>Member that holds an event's place in the history.</summary>
    public required string IndexMember { get; init; }

    /// <summary>Member that holds an event's time as an RFC 3339 string.</summary>
    public required string TimestampMember { get; init; }

    /// <summary>Writes an event as the JSON object that <see cref="Read(ReadOnlySpan{byte})"/> reads. Whether it was restored is no part of it.</summary>
    public required ChatJsonWriter<ChatEvent> Write { get; init; }

    /// <summary>JSON of the SessionEnded event that the client raises itself when the visitor leaves; <see langword="null"/> if the schema has no such event.</summary>
    public string? OnLeave { get; init; }

    /// <summary>JSON of the SessionEnded event that the client raises itself when the backend does not know the session any more; <see langword="null"/> if the schema says nothing of it.</summary>
    public string? OnLost { get; init; }

    /// <summary>Member of the error event that holds the error object.</summary>
    public string? ErrorMember { get; init; }

    /// <summary>The first type with this role; <see langword="null"/> if there is none.</summary>
    public ChatEventType? Find(ChatEventRole role) => Types.FirstOrDefault(type => type.Role == role);

    /// <summary>Reads one event.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <returns>The event; an <see cref="UnknownChatEvent"/> if the schema does not know its type.</returns>
    /// <exception cref="JsonException">The text is no event: not an object, no discriminator, or against the schema of its type.</exception>
    public ChatEvent Read(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        return Read(ref reader);
    }

    /// <summary>Reads one event; the reader stands on the object's start and is left on its end.</summary>
    /// <param name="reader">Stands on the object's start.</param>
    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public ChatEvent Read(ref Utf8JsonReader reader)
    {
        ChatJson.ExpectObject(ref reader);
        (string wireName, ChatEventHeader header) = ReadHeader(reader);
        if (_byWireName.TryGetValue(wireName, out ChatEventType? type))
        {
            return type.Read!(ref reader, header);
        }

        var json = (JsonObject)JsonNode.Parse(ref reader)!;
        return new UnknownChatEvent { WireName = wireName, Json = json, Index = header.Index, Timestamp = header.Timestamp };
    }

    /// <summary>Whether an event has a place in the history, so that the transcript brings it again. What is no event has none.</summary>
    internal bool IsInHistory(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        try
        {
            reader.Read();
            ChatJson.ExpectObject(ref reader);
            (string wireName, ChatEventHeader header) = ReadHeader(reader);
            return header.Index is not null && _byWireName.TryGetValue(wireName, out ChatEventType? type) && type.KeptInHistory;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads what all events have in common; the reader stands on the object's start.</summary>
    private (string WireName, ChatEventHeader Header) ReadHeader(Utf8JsonReader probe)
    {
        string? wireName = null;
        int? index = null;
        DateTimeOffset? timestamp = null;
        while (ChatJson.ReadMember(ref probe))
        {
            if (probe.ValueTextEquals(DiscriminatorMember))
            {
                wireName = ChatJson.ReadString(ref probe, DiscriminatorMember);
            }
            else if (probe.ValueTextEquals(IndexMember))
            {
                index = ChatJson.ReadInt32(ref probe, IndexMember);
            }
            else if (probe.ValueTextEquals(TimestampMember))
            {
                timestamp = ChatJson.ReadDateTimeOffset(ref probe, TimestampMember);
            }
            else
            {
                ChatJson.SkipValue(ref probe);
            }
        }

        return wireName is null ? throw ChatJson.Missing(DiscriminatorMember) : (wireName, new ChatEventHeader(index, timestamp));
    }
}

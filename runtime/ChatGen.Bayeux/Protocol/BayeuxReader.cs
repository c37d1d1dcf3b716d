using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ChatGen.Bayeux.Protocol;

/// <summary>Reads responses and frames: an array of messages, or a single one (Bayeux rule 1).</summary>
internal static class BayeuxReader
{
    /// <summary>Reads all messages in order.</summary>
    /// <param name="utf8">One response; the messages' payloads are slices of it.</param>
    /// <param name="maxDepth">How deep JSON may be nested.</param>
    /// <exception cref="JsonException">It is no array of Bayeux messages.</exception>
    public static List<BayeuxMessage> Read(ReadOnlyMemory<byte> utf8, int maxDepth)
    {
        var messages = new List<BayeuxMessage>(1);
        Read(utf8, maxDepth, new ChannelNames(), messages);
        return messages;
    }

    /// <param name="utf8">One response; the messages' payloads are slices of it.</param>
    /// <param name="maxDepth">How deep JSON may be nested.</param>
    /// <param name="names">Channels that were met before.</param>
    /// <param name="messages">Takes the messages.</param>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, int)"/>
    public static void Read(ReadOnlyMemory<byte> utf8, int maxDepth, ChannelNames names, List<BayeuxMessage> messages)
    {
        // Payloads are not looked into here; their text must not fail later in the application's hands.
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new JsonException("The text is not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    messages.Add(ReadMessage(ref reader, utf8, names));
                }
            }
            else
            {
                messages.Add(ReadMessage(ref reader, utf8, names));
            }

            // Reports whatever follows the value.
            reader.Read();
        }
        catch (InvalidOperationException exception)
        {
            // GetString meets an escaped surrogate that has no partner.
            throw new JsonException("A string is not valid text.", exception);
        }
    }

    private static BayeuxMessage ReadMessage(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ChannelNames names)
    {
        Expect(ref reader, JsonTokenType.StartObject, "A message");
        string? channel = null;
        string? id = null;
        ReadOnlyMemory<byte> unreadId = default;
        string? clientId = null;
        string? subscription = null;
        string? error = null;
        bool? successful = null;
        Advice? advice = null;
        ConnectionTypes? types = null;
        int deliveredMessages = 0;
        ReadOnlyMemory<byte> data = default;
        ReadOnlyMemory<byte> ext = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel"u8))
            {
                reader.Read();
                channel = ReadChannel(ref reader, names);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                data = Slice(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
                {
                    unreadId = utf8.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                }
                else
                {
                    id = ReadId(ref reader);
                }
            }
            else if (reader.ValueTextEquals("clientId"u8))
            {
                clientId = ReadText(ref reader, "clientId");
            }
            else if (reader.ValueTextEquals("successful"u8))
            {
                reader.Read();
                successful = reader.TokenType switch
                {
                    JsonTokenType.True => true,
                    JsonTokenType.False => false,
                    _ => throw new JsonException("'successful' must be a Boolean."),
                };
            }
            else if (reader.ValueTextEquals("subscription"u8))
            {
                subscription = ReadSubscription(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                error = ReadText(ref reader, "error");
            }
            else if (reader.ValueTextEquals("advice"u8))
            {
                reader.Read();
                advice = AdviceReader.Read(ref reader);
            }
            else if (reader.ValueTextEquals("supportedConnectionTypes"u8))
            {
                reader.Read();
                types = ReadConnectionTypes(ref reader);
            }
            else if (reader.ValueTextEquals("ext"u8))
            {
                ext = Slice(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("x-messages"u8))
            {
                reader.Read();
                deliveredMessages = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int count) ? count : 0;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new BayeuxMessage
        {
            Channel = channel ?? throw new JsonException("A message has no channel."),
            // The ids of events, which some servers send, concern hardly anybody.
            Id = !unreadId.IsEmpty && (successful is not null || data.IsEmpty) ? Encoding.UTF8.GetString(unreadId.Span) : id,
            UnreadId = unreadId,
            ClientId = clientId,
            Successful = successful,
            Subscription = subscription,
            Error = error,
            Advice = advice,
            SupportedConnectionTypes = types,
            Data = data,
            Ext = ext,
            DeliveredMessages = deliveredMessages,
        };
    }

    private static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8[start..(int)reader.BytesConsumed];
    }

    private static string ReadChannel(ref Utf8JsonReader reader, ChannelNames names)
    {
        Expect(ref reader, JsonTokenType.String, "'channel'");
        return names.Read(ref reader) ?? throw new JsonException("'channel' must begin with a slash.");
    }

    // The protocol says string; numbers are met in the field.
    private static string? ReadId(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.TryGetInt64(out long number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        JsonTokenType.Null => null,
        _ => throw new JsonException("'id' must be a string."),
    };

    private static string? ReadText(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? reader.GetString()
            : throw new JsonException($"'{member}' must be a string.");
    }

    private static string? ReadSubscription(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        // An array repeats a request of several channels; this client makes none.
        reader.Skip();
        return null;
    }

    private static ConnectionTypes ReadConnectionTypes(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "'supportedConnectionTypes'");
        var types = ConnectionTypes.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
            }
            else if (reader.ValueTextEquals("websocket"u8))
            {
                types |= ConnectionTypes.WebSocket;
            }
            else if (reader.ValueTextEquals("long-polling"u8))
            {
                types |= ConnectionTypes.LongPolling;
            }
        }

        return types;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{what} must be {(type == JsonTokenType.StartObject ? "an object" : type == JsonTokenType.StartArray ? "an array" : "a string")}.");
        }
    }
}

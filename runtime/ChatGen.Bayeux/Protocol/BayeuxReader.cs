using System.Globalization;
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
        // Payloads are not looked into here; their text must not fail later in the application's hands.
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new JsonException("The text is not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            var messages = new List<BayeuxMessage>(1);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    messages.Add(ReadMessage(ref reader, utf8));
                }
            }
            else
            {
                messages.Add(ReadMessage(ref reader, utf8));
            }

            // Reports whatever follows the value.
            reader.Read();
            return messages;
        }
        catch (InvalidOperationException exception)
        {
            // GetString meets an escaped surrogate that has no partner.
            throw new JsonException("A string is not valid text.", exception);
        }
    }

    private static BayeuxMessage ReadMessage(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        Expect(ref reader, JsonTokenType.StartObject, "A message");
        string? channel = null;
        string? id = null;
        string? clientId = null;
        string? subscription = null;
        string? error = null;
        bool? successful = null;
        Advice? advice = null;
        ConnectionTypes? types = null;
        ReadOnlyMemory<byte> data = default;
        ReadOnlyMemory<byte> ext = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel"u8))
            {
                reader.Read();
                channel = ReadChannel(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                data = Slice(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = ReadId(ref reader);
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
                advice = ReadAdvice(ref reader);
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
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new BayeuxMessage
        {
            Channel = channel ?? throw new JsonException("A message has no channel."),
            Id = id,
            ClientId = clientId,
            Successful = successful,
            Subscription = subscription,
            Error = error,
            Advice = advice,
            SupportedConnectionTypes = types,
            Data = data,
            Ext = ext,
        };
    }

    private static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8[start..(int)reader.BytesConsumed];
    }

    private static string ReadChannel(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String, "'channel'");

        // The channels of nearly all replies need no string of their own.
        return reader.ValueTextEquals(MetaChannel.Connect) ? MetaChannel.Connect
            : reader.ValueTextEquals(MetaChannel.Handshake) ? MetaChannel.Handshake
            : reader.ValueTextEquals(MetaChannel.Subscribe) ? MetaChannel.Subscribe
            : reader.GetString() is ['/', ..] name ? name
            : throw new JsonException("'channel' must begin with a slash.");
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

    private static Advice? ReadAdvice(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.StartObject, "'advice'");
        Advice advice = Advice.Default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reconnect"u8))
            {
                reader.Read();
                advice = advice with { Reconnect = ReadReconnect(ref reader) };
            }
            else if (reader.ValueTextEquals("interval"u8))
            {
                advice = advice with { Interval = ReadMilliseconds(ref reader, advice.Interval) };
            }
            else if (reader.ValueTextEquals("timeout"u8))
            {
                advice = advice with { Timeout = ReadMilliseconds(ref reader, advice.Timeout) };
            }
            else if (reader.ValueTextEquals("maxInterval"u8))
            {
                advice = advice with { MaxInterval = ReadMilliseconds(ref reader, advice.MaxInterval) };
            }
            else if (reader.ValueTextEquals("multiple-clients"u8))
            {
                reader.Read();
                advice = advice with { MultipleClients = reader.TokenType == JsonTokenType.True };
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return advice;
    }

    private static ReconnectAdvice? ReadReconnect(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return reader.ValueTextEquals("retry"u8) ? ReconnectAdvice.Retry
            : reader.ValueTextEquals("handshake"u8) ? ReconnectAdvice.Handshake
            : reader.ValueTextEquals("none"u8) ? ReconnectAdvice.None
            : null;
    }

    // A day is more than any server means, and keeps timers within what they can do.
    private static TimeSpan ReadMilliseconds(ref Utf8JsonReader reader, TimeSpan otherwise)
    {
        const double Day = 86_400_000;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double milliseconds))
        {
            return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, -1, Day));
        }

        reader.Skip();
        return otherwise;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{what} must be {(type == JsonTokenType.StartObject ? "an object" : type == JsonTokenType.StartArray ? "an array" : "a string")}.");
        }
    }
}

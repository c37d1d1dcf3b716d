using System.Text.Json;

namespace ChatGen.Bayeux.Protocol;

/// <summary>Reads the <c>advice</c> member. What is of a wrong type in it is passed over: a server's slip in advice must not cost its answer.</summary>
internal static class AdviceReader
{
    private const int MaxHosts = 16;

    /// <summary>Reads an advice whose first token has been read.</summary>
    public static Advice? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.TokenType == JsonTokenType.Null ? null : throw new JsonException("'advice' must be an object.");
        }

        bool multipleClients = false;
        List<string>? hosts = null;
        AdviceSection general = default;
        AdviceSection? longPolling = null;
        AdviceSection? webSocket = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadCommon(ref reader, ref general))
            {
                continue;
            }

            if (reader.ValueTextEquals("multiple-clients"u8))
            {
                reader.Read();
                multipleClients = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("hosts"u8))
            {
                hosts = ReadHosts(ref reader);
            }
            else if (reader.ValueTextEquals("long-polling"u8))
            {
                longPolling = ReadSection(ref reader);
            }
            else if (reader.ValueTextEquals("websocket"u8))
            {
                webSocket = ReadSection(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new Advice
        {
            Reconnect = general.Reconnect,
            Interval = general.Interval ?? Advice.Default.Interval,
            Timeout = general.Timeout ?? Advice.Default.Timeout,
            MaxInterval = general.MaxInterval ?? Advice.Default.MaxInterval,
            MultipleClients = multipleClients,
            Hosts = hosts ?? Advice.Default.Hosts,
            LongPolling = longPolling,
            WebSocket = webSocket,
        };
    }

    private static bool ReadCommon(ref Utf8JsonReader reader, ref AdviceSection section)
    {
        if (reader.ValueTextEquals("reconnect"u8))
        {
            reader.Read();
            section = section with { Reconnect = ReadReconnect(ref reader) };
        }
        else if (reader.ValueTextEquals("interval"u8))
        {
            section = section with { Interval = ReadMilliseconds(ref reader) };
        }
        else if (reader.ValueTextEquals("timeout"u8))
        {
            section = section with { Timeout = ReadMilliseconds(ref reader) };
        }
        else if (reader.ValueTextEquals("maxInterval"u8))
        {
            section = section with { MaxInterval = ReadMilliseconds(ref reader) };
        }
        else
        {
            return false;
        }

        return true;
    }

    private static AdviceSection? ReadSection(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        AdviceSection section = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadCommon(ref reader, ref section))
            {
                reader.Read();
                reader.Skip();
            }
        }

        return section;
    }

    private static List<string>? ReadHosts(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var hosts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && hosts.Count < MaxHosts && reader.GetString() is { Length: > 0 and <= 255 } host)
            {
                hosts.Add(host);
            }
            else
            {
                reader.Skip();
            }
        }

        return hosts;
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
    private static TimeSpan? ReadMilliseconds(ref Utf8JsonReader reader)
    {
        const double Day = 86_400_000;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double milliseconds))
        {
            return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, -1, Day));
        }

        reader.Skip();
        return null;
    }
}

using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>What has to be kept of a session so that it can be restored.</summary>
/// <remarks>Immutable and thread-safe. It admits to the session: treat it as a secret. <see cref="ToString"/> tells none of it.</remarks>
public sealed record ChatSessionState
{
    /// <summary>Identifies the session to the backend.</summary>
    public required string SessionId { get; init; }

    /// <summary>Address of the backend for the built-in transport; <see langword="null"/> if the session was started with a transport of the user's own.</summary>
    public Uri? ServerUrl { get; init; }

    /// <summary>Index of the last event that was seen; 0 if none was.</summary>
    public int LastIndex { get; init; }

    /// <summary>What the transport needs besides, by names of its own.</summary>
    public ImmutableDictionary<string, string> Values { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The state as one JSON object, for storages to keep.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sessionId"u8, SessionId);
            if (ServerUrl is not null)
            {
                writer.WriteString("serverUrl"u8, ServerUrl.OriginalString);
            }

            writer.WriteNumber("lastIndex"u8, LastIndex);
            if (!Values.IsEmpty)
            {
                writer.WriteStartObject("values"u8);
                foreach ((string name, string value) in Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no state.</exception>
    public static ChatSessionState FromJson(string json)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            reader.Read();
            ChatJson.ExpectObject(ref reader);
            string? sessionId = null;
            Uri? serverUrl = null;
            int lastIndex = 0;
            ImmutableDictionary<string, string> values = ImmutableDictionary<string, string>.Empty;
            while (ChatJson.ReadMember(ref reader))
            {
                if (reader.ValueTextEquals("sessionId"u8))
                {
                    sessionId = ChatJson.ReadString(ref reader, "sessionId");
                }
                else if (reader.ValueTextEquals("serverUrl"u8))
                {
                    serverUrl = ChatJson.ReadUri(ref reader, "serverUrl");
                }
                else if (reader.ValueTextEquals("lastIndex"u8))
                {
                    lastIndex = ChatJson.ReadInt32(ref reader, "lastIndex");
                }
                else if (reader.ValueTextEquals("values"u8))
                {
                    values = ChatJson.ReadDictionary(ref reader, "values", static (ref Utf8JsonReader value) => value.GetString() ?? "").ToImmutableDictionary();
                }
                else
                {
                    ChatJson.SkipValue(ref reader);
                }
            }

            return string.IsNullOrEmpty(sessionId)
                ? throw ChatJson.Missing("sessionId")
                : new ChatSessionState { SessionId = sessionId, ServerUrl = serverUrl, LastIndex = lastIndex, Values = values };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"This is no state of a chat session: {exception.Message}", exception);
        }
    }

    /// <summary>Says nothing of the session, since this admits to it.</summary>
    public override string ToString() => nameof(ChatSessionState);
}

using System.Buffers;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux;

/// <summary>A session that one client has left and another may go on with, also in another process (<see cref="BayeuxClient.DetachAsync"/>).</summary>
/// <remarks>
/// Immutable and thread-safe. It admits to the session, cookies included: keep it as a secret. The server forgets the session when it has not heard of it
/// for the interval that it is configured with, often 10 seconds.
/// </remarks>
public sealed class BayeuxSnapshot
{
    private const int Version = 1;

    internal BayeuxSnapshot()
    {
    }

    internal string ClientId { get; init; } = "";

    internal ConnectionTypes Transport { get; init; }

    internal ConnectionTypes HandshakeTransport { get; init; }

    /// <summary>Number of the last batch that arrived; <see langword="null"/> if the server does not number.</summary>
    internal long? AckBatch { get; init; }

    internal string? Host { get; init; }

    /// <summary>Whether the server has said that it does WebSocket.</summary>
    internal bool ServerHasWebSocket { get; init; }

    internal TimeSpan Interval { get; init; }

    internal TimeSpan Timeout { get; init; }

    internal TimeSpan MaxInterval { get; init; }

    internal IReadOnlyList<StoredCookie> Cookies { get; init; } = [];

    /// <summary>How long the server remembers the session once it was left, if it has said so; <see langword="null"/> if it has not.</summary>
    public TimeSpan? RememberedFor => MaxInterval > TimeSpan.Zero ? MaxInterval + (Interval > TimeSpan.Zero ? Interval : TimeSpan.Zero) : null;

    /// <summary>Reads what <see cref="ToUtf8Json"/> has written.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <exception cref="FormatException">It is no snapshot, or one of a version that this one cannot read.</exception>
    public static BayeuxSnapshot Parse(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed < utf8Json.TrimEnd(" \t\r\n"u8).Length)
            {
                throw new FormatException("The text is not one snapshot.");
            }

            JsonElement root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new FormatException("The snapshot is of another version.");
            }

            return new BayeuxSnapshot
            {
                ClientId = TextOf(root, "clientId"),
                Transport = TypeOf(root, "transport"),
                HandshakeTransport = TypeOf(root, "handshakeTransport"),
                AckBatch = root.TryGetProperty("ackBatch", out JsonElement batch) ? batch.GetInt64() : null,
                Host = root.TryGetProperty("host", out JsonElement host) ? host.GetString() : null,
                ServerHasWebSocket = root.TryGetProperty("serverHasWebSocket", out JsonElement hasWebSocket) && hasWebSocket.GetBoolean(),
                Interval = TimeOf(root, "interval"),
                Timeout = TimeOf(root, "timeout"),
                MaxInterval = TimeOf(root, "maxInterval"),
                Cookies = [.. root.GetProperty("cookies").EnumerateArray().Select(StoredCookie.Read)],
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The cause would quote the text, which is a secret.
            throw new FormatException("The text is no snapshot of a Bayeux session.");
        }
    }

    /// <summary>Writes the snapshot as JSON.</summary>
    public byte[] ToUtf8Json()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version"u8, Version);
            writer.WriteString("clientId"u8, ClientId);
            writer.WriteString("transport"u8, NameOf(Transport));
            writer.WriteString("handshakeTransport"u8, NameOf(HandshakeTransport));
            if (AckBatch is { } batch)
            {
                writer.WriteNumber("ackBatch"u8, batch);
            }

            if (Host is not null)
            {
                writer.WriteString("host"u8, Host);
            }

            if (ServerHasWebSocket)
            {
                writer.WriteBoolean("serverHasWebSocket"u8, true);
            }

            writer.WriteNumber("interval"u8, (long)Interval.TotalMilliseconds);
            writer.WriteNumber("timeout"u8, (long)Timeout.TotalMilliseconds);
            writer.WriteNumber("maxInterval"u8, (long)MaxInterval.TotalMilliseconds);
            writer.WriteStartArray("cookies"u8);
            foreach (StoredCookie cookie in Cookies)
            {
                cookie.Write(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Says what it is, without what it holds.</summary>
    public override string ToString() => $"A Bayeux session over {NameOf(Transport)}";

    private static string NameOf(ConnectionTypes type) => type == ConnectionTypes.WebSocket ? "websocket" : "long-polling";

    private static ConnectionTypes TypeOf(JsonElement root, string name) => TextOf(root, name) switch
    {
        "websocket" => ConnectionTypes.WebSocket,
        "long-polling" => ConnectionTypes.LongPolling,
        _ => throw new FormatException("The snapshot is of a transport that is not known."),
    };

    private static string TextOf(JsonElement root, string name) =>
        root.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"The snapshot has no '{name}'.");

    private static TimeSpan TimeOf(JsonElement root, string name)
    {
        const long Day = 86_400_000;
        return TimeSpan.FromMilliseconds(Math.Clamp(root.GetProperty(name).GetInt64(), -1, Day));
    }
}

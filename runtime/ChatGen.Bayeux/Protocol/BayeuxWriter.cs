using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatGen.Bayeux.Protocol;

/// <summary>Writes requests: always an array (Bayeux rule 1).</summary>
internal static class BayeuxWriter
{
    // Bayeux bodies are never embedded in HTML, so text beyond ASCII stays as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly Dictionary<string, ReadOnlyMemory<byte>> Empty = [];

    /// <summary>Begins an array of messages.</summary>
    public static Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartArray();
        return writer;
    }

    /// <summary>Ends the array.</summary>
    public static void End(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.Flush();
    }

    /// <summary>Writes one message.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="clientId">The session's client id; <see langword="null"/> for a handshake.</param>
    /// <param name="changes">What extensions have made of it, if there are any.</param>
    public static void Write(Utf8JsonWriter writer, OutboundMessage message, string? clientId, BayeuxOutgoingMessage? changes)
    {
        writer.WriteStartObject();
        writer.WriteString("channel"u8, message.Channel);
        writer.WriteString("id"u8, message.Id);
        if (message.Channel == MetaChannel.Handshake)
        {
            writer.WriteString("version"u8, "1.0"u8);
            writer.WriteString("minimumVersion"u8, "1.0"u8);
            writer.WriteStartArray("supportedConnectionTypes"u8);
            if (message.ConnectionTypes.HasFlag(ConnectionTypes.WebSocket))
            {
                writer.WriteStringValue("websocket"u8);
            }

            if (message.ConnectionTypes.HasFlag(ConnectionTypes.LongPolling))
            {
                writer.WriteStringValue("long-polling"u8);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteString("clientId"u8, clientId);
        }

        if (message.Channel == MetaChannel.Connect)
        {
            writer.WriteString("connectionType"u8, message.ConnectionTypes == ConnectionTypes.WebSocket ? "websocket"u8 : "long-polling"u8);
            if (message.Immediate)
            {
                writer.WriteStartObject("advice"u8);
                writer.WriteNumber("timeout"u8, 0);
                writer.WriteEndObject();
            }
        }

        if (message.Subscription is not null)
        {
            writer.WriteString("subscription"u8, message.Subscription);
        }

        ReadOnlyMemory<byte> data = changes?.Data ?? message.Data;
        if (!data.IsEmpty)
        {
            WriteRaw(writer, "data", data);
        }

        foreach ((string name, ReadOnlyMemory<byte> value) in changes?.Fields ?? [])
        {
            WriteRaw(writer, name, value);
        }

        WriteExt(writer, message, changes);
        writer.WriteEndObject();
    }

    private static void WriteExt(Utf8JsonWriter writer, OutboundMessage message, BayeuxOutgoingMessage? changes)
    {
        if (!message.OffersAck && message.AckBatch is null && message.Ext is null && changes?.Ext is null)
        {
            return;
        }

        writer.WriteStartObject("ext"u8);
        if (message.AckBatch is { } batch)
        {
            writer.WriteNumber("ack"u8, batch);
        }
        else if (message.OffersAck)
        {
            writer.WriteBoolean("ack"u8, true);
        }

        bool hasAck = message.OffersAck || message.AckBatch is not null;
        foreach ((string name, ReadOnlyMemory<byte> value) in message.Ext ?? Empty)
        {
            if (changes?.Ext?.ContainsKey(name) != true)
            {
                WriteRaw(writer, name, value);
            }
        }

        foreach ((string name, ReadOnlyMemory<byte> value) in changes?.Ext ?? Empty)
        {
            // What the client itself says of acknowledgement keeps the session's state right.
            if (!hasAck || name != "ack")
            {
                WriteRaw(writer, name, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Span, skipInputValidation: true);
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatGen.Bayeux.Protocol;

/// <summary>Writes requests: always an array (Bayeux rule 1).</summary>
internal static class BayeuxWriter
{
    // Bayeux bodies are never embedded in HTML, so text beyond ASCII stays as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes messages in order.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="clientId">The session's client id; <see langword="null"/> for a handshake.</param>
    public static void Write(IBufferWriter<byte> output, IEnumerable<OutboundMessage> messages, string? clientId)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartArray();
        foreach (OutboundMessage message in messages)
        {
            WriteMessage(writer, message, clientId);
        }

        writer.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter writer, OutboundMessage message, string? clientId)
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

        if (!message.Data.IsEmpty)
        {
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(message.Data.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}

using System.Text.Json;

namespace ChatGen.Bayeux.Protocol;

/// <summary>What a reply says of acknowledgement, in <c>ext.ack</c>.</summary>
/// <param name="IsSupported">Whether the server acknowledges at all.</param>
/// <param name="Batch">Number of the batch that the reply came with; <see langword="null"/> if it has none.</param>
internal readonly record struct AckReply(bool IsSupported, long? Batch)
{
    /// <summary>Reads <c>true</c>, <c>{"enabled":true,"batch":3}</c> or <c>3</c>; anything else says nothing.</summary>
    /// <param name="ext">The message's <c>ext</c>, valid JSON or empty.</param>
    public static AckReply Read(ReadOnlySpan<byte> ext)
    {
        if (ext.IsEmpty)
        {
            return default;
        }

        var reader = new Utf8JsonReader(ext, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ack"u8))
            {
                reader.Read();
                return ReadAck(ref reader);
            }

            reader.Read();
            reader.Skip();
        }

        return default;
    }

    private static AckReply ReadAck(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return new AckReply(true, ReadNumber(ref reader));
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new AckReply(reader.TokenType == JsonTokenType.True, null);
        }

        bool enabled = false;
        long? batch = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isEnabled = reader.ValueTextEquals("enabled"u8);
            bool isBatch = reader.ValueTextEquals("batch"u8);
            reader.Read();
            if (isEnabled)
            {
                enabled = reader.TokenType == JsonTokenType.True;
            }
            else if (isBatch)
            {
                batch = ReadNumber(ref reader);
            }

            reader.Skip();
        }

        return new AckReply(enabled, batch);
    }

    private static long? ReadNumber(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : null;
}

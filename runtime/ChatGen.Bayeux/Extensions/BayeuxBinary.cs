using System.Text;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux;

/// <summary>Bytes in messages, as CometD's extension <c>binary</c> has them: <c>{"data":"…","last":true}</c> in base 85.</summary>
public static class BayeuxBinary
{
    /// <summary>Publishes bytes.</summary>
    /// <param name="client">The client.</param>
    /// <param name="channel">The channel: neither meta nor a pattern.</param>
    /// <param name="bytes">The bytes; copied.</param>
    /// <param name="isLast">Whether these are the last of a series. Default: true.</param>
    /// <param name="utf8Meta">What is to be said of the bytes, one JSON value; empty for nothing.</param>
    /// <param name="cancellationToken">Stops waiting; a message that was not sent yet is not sent any more.</param>
    /// <returns>What became of the message.</returns>
    /// <exception cref="ArgumentException">The channel's name is wrong, or <paramref name="utf8Meta"/> is not one JSON value.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public static Task<PublishResult> PublishBinaryAsync(
        this BayeuxClient client,
        string channel,
        ReadOnlySpan<byte> bytes,
        bool isLast = true,
        ReadOnlyMemory<byte> utf8Meta = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var json = new StringBuilder("{\"data\":\"", (bytes.Length * 5 / 4) + 64)
            .Append(Z85.Encode(bytes))
            .Append("\",\"last\":")
            .Append(isLast ? "true" : "false");
        if (!utf8Meta.IsEmpty)
        {
            json.Append(",\"meta\":").Append(Encoding.UTF8.GetString(utf8Meta.Span));
        }

        return client.PublishAsync(
            channel,
            Encoding.UTF8.GetBytes(json.Append('}').ToString()),
            new BayeuxPublishOptions { Ext = new Dictionary<string, ReadOnlyMemory<byte>> { ["binary"] = "{}"u8.ToArray() } },
            cancellationToken);
    }

    /// <summary>Reads bytes out of an event that was published as such.</summary>
    /// <param name="bayeuxEvent">The event.</param>
    /// <param name="data">The bytes and what was said of them.</param>
    /// <returns><see langword="false"/> if the event does not claim to be binary, or is not.</returns>
    public static bool TryReadBinary(this BayeuxEvent bayeuxEvent, out BayeuxBinaryData data)
    {
        data = default;
        if (JsonText.MemberOf(bayeuxEvent.Ext, "binary").IsEmpty
            || TextOf(JsonText.MemberOf(bayeuxEvent.Data, "data")) is not { } text
            || Z85.Decode(text) is not { } bytes)
        {
            return false;
        }

        data = new BayeuxBinaryData(bytes, !JsonText.MemberOf(bayeuxEvent.Data, "last").Span.SequenceEqual("false"u8), JsonText.MemberOf(bayeuxEvent.Data, "meta"));
        return true;
    }

    private static string? TextOf(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped surrogate that has no partner.
            return null;
        }
    }
}

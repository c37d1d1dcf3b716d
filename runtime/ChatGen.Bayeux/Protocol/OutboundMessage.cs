namespace ChatGen.Bayeux.Protocol;

/// <summary>A message to the server, but for the client id, which is put in when it is sent (Bayeux rule 2).</summary>
internal sealed class OutboundMessage
{
    // Names of members, id and client id.
    private const int EnvelopeSize = 128;

    public required string Channel { get; init; }

    public required string Id { get; init; }

    /// <summary>Payload of a publish, one JSON value.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Members of <c>ext</c> that the user has given.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Ext { get; init; }

    /// <summary>Channel that is subscribed to or unsubscribed from.</summary>
    public string? Subscription { get; init; }

    /// <summary>Transports that a handshake offers, or the one that a connect uses.</summary>
    public ConnectionTypes ConnectionTypes { get; init; }

    /// <summary>Whether a connect asks to be answered at once (Bayeux rule 22).</summary>
    public bool Immediate { get; init; }

    /// <summary>Whether a handshake offers to acknowledge what the server sends.</summary>
    public bool OffersAck { get; init; }

    /// <summary>Number of the last batch that arrived, which a connect acknowledges.</summary>
    public long? AckBatch { get; init; }

    /// <summary>About how many bytes the message takes, rather more than less, but for what extensions add.</summary>
    public int EstimatedSize => Data.Length + Channel.Length + (Ext?.Sum(static member => member.Key.Length + member.Value.Length + 4) ?? 0) + EnvelopeSize;
}

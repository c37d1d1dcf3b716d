namespace ChatGen.Bayeux.Protocol;

/// <summary>A message to the server, but for the client id, which is put in when it is sent (Bayeux rule 2).</summary>
internal sealed class OutboundMessage
{
    public required string Channel { get; init; }

    public required string Id { get; init; }

    /// <summary>Payload of a publish, one JSON value.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Channel that is subscribed to or unsubscribed from.</summary>
    public string? Subscription { get; init; }

    /// <summary>Transports that a handshake offers, or the one that a connect uses.</summary>
    public ConnectionTypes ConnectionTypes { get; init; }

    /// <summary>Whether a connect asks to be answered at once (Bayeux rule 22).</summary>
    public bool Immediate { get; init; }
}

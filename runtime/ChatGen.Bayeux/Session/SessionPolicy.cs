namespace ChatGen.Bayeux.Session;

/// <summary>What the user has chosen of what the reducer decides by.</summary>
internal sealed record SessionPolicy
{
    public bool AllowWebSocket { get; init; } = true;

    /// <summary>Whether WebSocket has a server of its own, so that its trouble says nothing of long-polling's.</summary>
    public bool WebSocketElsewhere { get; init; }

    /// <summary>Whether to offer that what the server sends is acknowledged.</summary>
    public bool OfferAck { get; init; } = true;

    /// <summary>How long to keep to long-polling after WebSocket was found not to work.</summary>
    public TimeSpan WebSocketRetryInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long messages that a handshake's reply has announced may take to arrive.</summary>
    public TimeSpan MaxNetworkDelay { get; init; } = TimeSpan.FromSeconds(10);

    public int MaxConnectAttempts { get; init; } = 1;

    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);
}

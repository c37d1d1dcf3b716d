namespace ChatGen.Bayeux;

/// <summary>How a client stands to its server.</summary>
public enum BayeuxClientState
{
    /// <summary>There is no session, and nothing is done to get one.</summary>
    Disconnected,

    /// <summary>The first handshake or meta connect is under way.</summary>
    Connecting,

    /// <summary>The last meta connect succeeded.</summary>
    Connected,

    /// <summary>The connection or the session is lost; the client is trying to get it back, for ever.</summary>
    Reconnecting,

    /// <summary>The session is being ended.</summary>
    Disconnecting,
}

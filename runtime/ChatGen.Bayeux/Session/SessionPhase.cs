namespace ChatGen.Bayeux.Session;

/// <summary>Where the connect loop stands.</summary>
internal enum SessionPhase
{
    /// <summary>No session, nothing under way.</summary>
    Disconnected,

    /// <summary>A handshake is under way.</summary>
    Handshaking,

    /// <summary>A handshake is to be sent after a delay.</summary>
    HandshakeDelayed,

    /// <summary>The handshake has succeeded; its first connect has not been answered yet.</summary>
    Connecting,

    /// <summary>The last connect has succeeded.</summary>
    Connected,

    /// <summary>The last connect has failed; the session may still be there.</summary>
    Unconnected,

    /// <summary>The session is being ended.</summary>
    Disconnecting,
}

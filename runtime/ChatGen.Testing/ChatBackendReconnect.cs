namespace ChatGen.Testing;

/// <summary>What a client is advised to do next. Bayeux: <c>reconnect</c>.</summary>
public enum ChatBackendReconnect
{
    /// <summary>Connect again.</summary>
    Retry,

    /// <summary>Handshake anew. The backend does not forget the old client by that; it falls silent and is forgotten in time.</summary>
    Handshake,

    /// <summary>Stay away.</summary>
    None,
}

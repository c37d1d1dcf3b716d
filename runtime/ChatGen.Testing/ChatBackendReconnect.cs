namespace ChatGen.Testing;

/// <summary>What a client is advised to do next. Bayeux: <c>reconnect</c>.</summary>
public enum ChatBackendReconnect
{
    /// <summary>Connect again.</summary>
    Retry,

    /// <summary>Handshake anew. As with other servers the client is forgotten then, and the reply is not successful: <c>402::session_unknown</c>.</summary>
    Handshake,

    /// <summary>Stay away.</summary>
    None,
}

namespace ChatGen.Testing;

/// <summary>What a request to a <see cref="ChatBackend"/> came over.</summary>
public enum ChatBackendTransport
{
    /// <summary>An HTTP request to the CometD backend.</summary>
    LongPolling,

    /// <summary>A frame on a WebSocket that is open.</summary>
    WebSocket,

    /// <summary>An HTTP request to open a WebSocket.</summary>
    WebSocketUpgrade,

    /// <summary>An HTTP request to the REST backend.</summary>
    Rest,
}

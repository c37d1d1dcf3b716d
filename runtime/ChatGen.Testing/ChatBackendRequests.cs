namespace ChatGen.Testing;

/// <summary>How often a <see cref="ChatBackend"/> was called, and over what: shows, for example, that a client told to do without WebSockets does.</summary>
/// <remarks>Thread-safe. The numbers only rise.</remarks>
public sealed class ChatBackendRequests
{
    private int _webSocketUpgrades;
    private int _refusedWebSocketUpgrades;
    private int _longPollingRequests;
    private int _restRequests;
    private int _handshakes;

    internal ChatBackendRequests()
    {
    }

    /// <summary>WebSocket connections that were accepted.</summary>
    public int WebSocketUpgrades => Volatile.Read(ref _webSocketUpgrades);

    /// <summary>WebSocket connections that were refused since <see cref="ChatBackendOptions.AllowWebSockets"/> is <see langword="false"/>.</summary>
    public int RefusedWebSocketUpgrades => Volatile.Read(ref _refusedWebSocketUpgrades);

    /// <summary>HTTP requests that carried Bayeux messages.</summary>
    public int LongPollingRequests => Volatile.Read(ref _longPollingRequests);

    /// <summary>HTTP requests to the REST interface.</summary>
    public int RestRequests => Volatile.Read(ref _restRequests);

    /// <summary>Successful Bayeux handshakes over either transport.</summary>
    public int Handshakes => Volatile.Read(ref _handshakes);

    internal void CountWebSocketUpgrade() => Interlocked.Increment(ref _webSocketUpgrades);

    internal void CountRefusedWebSocketUpgrade() => Interlocked.Increment(ref _refusedWebSocketUpgrades);

    internal void CountLongPollingRequest() => Interlocked.Increment(ref _longPollingRequests);

    internal void CountRestRequest() => Interlocked.Increment(ref _restRequests);

    internal void CountHandshake() => Interlocked.Increment(ref _handshakes);
}

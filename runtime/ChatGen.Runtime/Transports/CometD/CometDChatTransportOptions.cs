namespace ChatGen;

/// <summary>How <see cref="CometDChatTransport"/> connects.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CometDChatTransportOptions
{
    /// <summary>Keeps to long-polling: no WebSocket upgrade is ever requested. Default: false. Specification: option <c>disableWebSockets</c>.</summary>
    public bool DisableWebSockets { get; init; }

    /// <summary>
    /// Carries the HTTP requests and the WebSocket upgrade, for proxies, certificates or authentication. It is not disposed, and must neither
    /// handle cookies nor follow redirects nor repeat requests. By default the transport has one of its own.
    /// </summary>
    public HttpMessageHandler? HttpMessageHandler { get; init; }

    /// <summary>How long the answer to a request may take. Default: 30 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a reply of the Bayeux server may take beyond the time that the server itself holds it, and how long a request waits for a
    /// connection that is lost. Default: 10 seconds.
    /// </summary>
    public TimeSpan MaxNetworkDelay { get; init; } = TimeSpan.FromSeconds(10);
}

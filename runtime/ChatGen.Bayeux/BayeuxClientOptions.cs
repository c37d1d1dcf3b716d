namespace ChatGen.Bayeux;

/// <summary>How a <see cref="BayeuxClient"/> connects.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BayeuxClientOptions
{
    /// <summary>Address of the Bayeux server, absolute, <c>http</c> or <c>https</c>. For WebSocket the scheme becomes <c>ws</c> or <c>wss</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Keeps to long-polling: no WebSocket upgrade is ever requested. By default WebSocket is tried first.</summary>
    public bool DisableWebSockets { get; init; }

    /// <summary>
    /// Carries the HTTP requests and the WebSocket upgrade, for proxies, certificates or authentication. It is not disposed. It must not
    /// handle cookies (<c>UseCookies = false</c>), follow redirects or repeat requests; the client sees to cookies itself, one set for each
    /// client. By default the client has one of its own.
    /// </summary>
    public HttpMessageHandler? HttpMessageHandler { get; init; }

    /// <summary>
    /// Appends <c>/handshake</c>, <c>/connect</c> and <c>/disconnect</c> to the address of those long-polling requests, which makes them
    /// tellable in a server's log (Bayeux rule 48). Default: true. Has no effect if the address has a query or its last segment a dot.
    /// </summary>
    public bool AppendMessageTypeToUrl { get; init; } = true;

    /// <summary>
    /// How long a reply may take beyond the time that the server itself holds it. Also how long a message waits to be sent while the client
    /// reconnects. Default: 10 seconds (Bayeux rule 24).
    /// </summary>
    public TimeSpan MaxNetworkDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many attempts <see cref="BayeuxClient.ConnectAsync"/> makes, each over all allowed transports. Default: 1. After a first success
    /// the client reconnects for ever.
    /// </summary>
    public int MaxConnectAttempts { get; init; } = 1;

    /// <summary>
    /// Upper bound of the delay after the first failure; it doubles with each further one. The delay is drawn at random so that the clients
    /// of a server that has restarted do not return all at once. Default: 1 second.
    /// </summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Upper bound of the delay after any number of failures. Default: 30 seconds.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a WebSocket is pinged while nothing else is received. Default: 15 seconds.</summary>
    public TimeSpan WebSocketKeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the answer to a ping may take before the WebSocket is given up. Default: 10 seconds.</summary>
    public TimeSpan WebSocketKeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest HTTP response or WebSocket message that is accepted, in bytes. Default: 1 MiB (Bayeux rule 10).</summary>
    public int MaxResponseSize { get; init; } = 1024 * 1024;

    /// <summary>How deep the JSON of a response may be nested. Default: 64.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>The clock. Default: the system's. The pings of a WebSocket always go by the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Url);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (!Url.IsAbsoluteUri || (Url.Scheme != Uri.UriSchemeHttp && Url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The address must be absolute and begin with http:// or https://.", nameof(Url));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxNetworkDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnectAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(InitialBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBackoff, InitialBackoff);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResponseSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxJsonDepth, 3);
    }
}

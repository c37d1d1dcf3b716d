using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Net.Security;

namespace ChatGen.Bayeux;

/// <summary>How a <see cref="BayeuxClient"/> connects.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BayeuxClientOptions
{
    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> HeaderCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Address of the Bayeux server, absolute, <c>http</c> or <c>https</c>. For WebSocket the scheme becomes <c>ws</c> or <c>wss</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// Address for WebSocket if it is another one, absolute, <c>ws</c>, <c>wss</c>, <c>http</c> or <c>https</c>. Default: <see cref="Url"/>.
    /// </summary>
    public Uri? WebSocketUrl { get; init; }

    /// <summary>Keeps to long-polling: no WebSocket upgrade is ever requested. By default WebSocket is tried first.</summary>
    public bool DisableWebSockets { get; init; }

    /// <summary>
    /// Carries the HTTP requests and the WebSocket upgrade, for proxies, certificates or authentication. It is not disposed. It must not
    /// handle cookies (<c>UseCookies = false</c>), follow redirects or repeat requests; the client sees to cookies itself, one set for each
    /// client. By default the client has one of its own. In a browser it carries long-polling alone, and cookies are the browser's.
    /// </summary>
    public HttpMessageHandler? HttpMessageHandler { get; init; }

    /// <summary>Headers of every request, WebSocket upgrades included. Not for <c>Cookie</c>, which the client sees to. In a browser only together with <see cref="DisableWebSockets"/>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>A proxy. Default: the system's. Not together with <see cref="HttpMessageHandler"/>, nor in a browser.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Certificates and checks of TLS. Default: the system's. Not together with <see cref="HttpMessageHandler"/>, nor in a browser.</summary>
    public SslClientAuthenticationOptions? SslOptions { get; init; }

    /// <summary>Sub-protocol that WebSocket upgrades ask for (RFC 6455, section 1.9). Default: none.</summary>
    public string? WebSocketSubProtocol { get; init; }

    /// <summary>
    /// Decides whether the client may go to an address that the server advises (Bayeux rule 29). Default: to none, since a hostile server could send
    /// it, headers included, into a network that only the client reaches; such advice is reported with <see cref="BayeuxFaultKind.HostNotAccepted"/>.
    /// Must return at once.
    /// </summary>
    public Func<Uri, bool>? AcceptHost { get; init; }

    /// <summary>
    /// Appends <c>/handshake</c>, <c>/connect</c> and <c>/disconnect</c> to the address of those long-polling requests, which makes them
    /// tellable in a server's log (Bayeux rule 48). Default: true. Has no effect if the address has a query or its last segment a dot.
    /// </summary>
    public bool AppendMessageTypeToUrl { get; init; } = true;

    /// <summary>
    /// How long a reply may take beyond the time that the server itself holds it. Default: 10 seconds (Bayeux rule 24).
    /// </summary>
    public TimeSpan MaxNetworkDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Asked before a request is given up: how much longer it may take (Bayeux rule 33). Zero or less gives it up. Default: gives up. Must return at once.
    /// </summary>
    public Func<BayeuxTimeout, TimeSpan>? ExtendTimeout { get; init; }

    /// <summary>
    /// How long it may take to open a connection, WebSocket upgrade included. Default: 10 seconds. With a <see cref="HttpMessageHandler"/> of your
    /// own, and in a browser, only for the upgrade.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long to keep to long-polling after WebSocket was found not to work, until it is tried again within the session. Default: 5 minutes.
    /// </summary>
    public TimeSpan WebSocketRetryInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether to offer the server that events are acknowledged, so that on the same session none is lost or doubled when a connection breaks
    /// (CometD's extension <c>ack</c>). Default: true. A server that does not do it ignores the offer.
    /// </summary>
    public bool Acknowledge { get; init; } = true;

    /// <summary>See and change all messages. Default: none.</summary>
    public IReadOnlyList<BayeuxExtension> Extensions { get; init; } = [];

    /// <summary>
    /// Called before each handshake, the later ones too, to add members such as credentials (Bayeux rule 12). Default: adds none. Must return quickly.
    /// </summary>
    public Action<BayeuxOutgoingMessage>? PrepareHandshake { get; init; }

    /// <summary>Largest publish that is sent, in bytes of the message with all its members. Default: 64 KiB, where servers usually close a WebSocket (Bayeux rule 10).</summary>
    public int MaxMessageSize { get; init; } = 64 * 1024;

    /// <summary>Size at which messages that wait are sent in several requests or frames instead of one, in bytes. Default: 32 KiB.</summary>
    public int MaxBatchSize { get; init; } = 32 * 1024;

    /// <summary>How many messages may wait to be sent; more are refused with <see cref="BayeuxFaultKind.QueueFull"/>. Default: 10,000.</summary>
    public int MaxQueuedMessages { get; init; } = 10_000;

    /// <summary>How long a message may wait to be sent while the client reconnects. Default: 1 minute.</summary>
    public TimeSpan MaxQueueTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many events may wait for callbacks before <see cref="Overflow"/> applies. Default: 10,000.</summary>
    public int MaxBufferedEvents { get; init; } = 10_000;

    /// <summary>How many bytes of payload may wait for callbacks before <see cref="Overflow"/> applies. Default: 16 MiB.</summary>
    public long MaxBufferedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>What to do when callbacks do not keep up. Default: to receive no more until they have.</summary>
    public BayeuxOverflowPolicy Overflow { get; init; }

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

    /// <summary>
    /// How often a WebSocket is pinged while nothing else is received. Default: 5 seconds, so that a dead connection is found before a server forgets the
    /// session, which most do after 10 seconds. A process with thousands of clients may want longer ones: each ping costs. Has no effect in a browser, which lets nobody ping.
    /// </summary>
    public TimeSpan WebSocketKeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the answer to a ping may take before the WebSocket is given up. Default: 4 seconds. Has no effect in a browser.</summary>
    public TimeSpan WebSocketKeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Largest HTTP response or WebSocket message that is accepted, in bytes; a server may put all that it has queued into one. Default: 16 MiB
    /// (Bayeux rule 10).
    /// </summary>
    public int MaxResponseSize { get; init; } = 16 * 1024 * 1024;

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

        ArgumentNullException.ThrowIfNull(RequestHeaders);
        ArgumentNullException.ThrowIfNull(Extensions);
        if (WebSocketUrl is { } webSocketUrl && (!webSocketUrl.IsAbsoluteUri || webSocketUrl.Scheme is not ("ws" or "wss" or "http" or "https")))
        {
            throw new ArgumentException("The address for WebSocket must be absolute and begin with ws://, wss://, http:// or https://.", nameof(WebSocketUrl));
        }

        if (HttpMessageHandler is not null && (Proxy is not null || SslOptions is not null))
        {
            throw new ArgumentException("Proxy and TLS are up to the message handler if one is given.", nameof(HttpMessageHandler));
        }

        if (OperatingSystem.IsBrowser())
        {
            ValidateForBrowser();
        }

        foreach (string header in RequestHeaders.Keys)
        {
            if (header.Length == 0 || header.AsSpan().ContainsAnyExcept(HeaderCharacters) || header.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"'{header}' is no header that can be set.", nameof(RequestHeaders));
            }
        }

        if (RequestHeaders.Values.Any(static value => value is null || value.AsSpan().ContainsAny("\r\n\0")))
        {
            throw new ArgumentException("The value of a header must not have a line break.", nameof(RequestHeaders));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxNetworkDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnectAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(InitialBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBackoff, InitialBackoff);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResponseSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxJsonDepth, 3);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(WebSocketRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(WebSocketKeepAliveInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(WebSocketKeepAliveTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedMessages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxQueueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBufferedEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBufferedBytes, 1);
    }

    /// <summary>Checks what only a browser cannot do.</summary>
    internal void ValidateForBrowser()
    {
        if (Proxy is not null || SslOptions is not null)
        {
            throw new ArgumentException("In a browser, proxy and TLS are the browser's business and cannot be set.", Proxy is not null ? nameof(Proxy) : nameof(SslOptions));
        }

        if (RequestHeaders.Count > 0 && !DisableWebSockets)
        {
            throw new ArgumentException("In a browser, a WebSocket cannot be opened with headers: set DisableWebSockets too, or let PrepareHandshake add what the server needs to know.", nameof(RequestHeaders));
        }
    }
}

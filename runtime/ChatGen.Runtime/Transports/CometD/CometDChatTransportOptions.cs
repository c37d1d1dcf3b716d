using ChatGen.Bayeux;

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

    /// <summary>
    /// How many events may wait while the connection is interrupted, behind what was missed; at least 1. When there are more, those of the history are let go
    /// of and asked for again by their index until nothing is missing; others, such as that somebody is typing, are dropped, which is logged. If the schema
    /// has no transcript over CometD, the oldest are dropped, and an error event tells how many. Default: 1,000.
    /// </summary>
    public int MaxHeldEvents { get; init; } = 1_000;

    /// <summary>How many bytes of JSON these events may have together; at least 1. More are treated as too many events are. Default: 1 MiB.</summary>
    public long MaxHeldBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Whether a session that is disposed leaves its Bayeux session to the process that restores it, which goes on with it if it comes before the server has
    /// forgotten it. What it needs is stored with the session's state, up to 2 kB more; what is longer is left out. Turn it off where several processes may
    /// restore the same state at the same time, since they would take the Bayeux session from one another. Default: true.
    /// </summary>
    public bool ResumeBayeuxSession { get; init; } = true;

    /// <summary>
    /// Changes the options of the Bayeux client, for all that has no member here: headers, proxy, certificates, addresses, extensions, limits, pauses.
    /// It gets what this record says, and is called for each Bayeux client that the transport makes, of which one session may need several.
    /// What it throws fails the start or restore. Default: nothing is changed.
    /// <example>
    /// <code>
    /// new CometDChatTransportOptions { Configure = bayeux => bayeux with { Proxy = new WebProxy("http://proxy.example.com:3128"), MaxBackoff = TimeSpan.FromMinutes(2) } }
    /// </code>
    /// </example>
    /// </summary>
    public Func<BayeuxClientOptions, BayeuxClientOptions>? Configure { get; init; }

    internal BayeuxClientOptions ToBayeuxOptions(Uri serverUrl, TimeProvider timeProvider)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHeldEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHeldBytes, 1);
        var options = new BayeuxClientOptions
        {
            Url = serverUrl,
            DisableWebSockets = DisableWebSockets,
            HttpMessageHandler = HttpMessageHandler,
            MaxNetworkDelay = MaxNetworkDelay,
            MaxQueueTime = MaxNetworkDelay,
            TimeProvider = timeProvider,
        };
        return Configure is { } configure ? configure(options) ?? throw new InvalidOperationException("'Configure' returned no options.") : options;
    }
}

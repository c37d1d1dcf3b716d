using Microsoft.Extensions.Caching.Distributed;

namespace ChatGen;

/// <summary>How a server holds the chats of its visitors. Checked when the host starts.</summary>
public sealed class ChatGatewayOptions
{
    /// <summary>Name of the cookie by which a visitor is known; that of the state, if it is kept in a cookie, has <c>.State</c> after it. Default: <c>.ChatGen</c>.</summary>
    public string CookieName { get; set; } = ".ChatGen";

    /// <summary>Whether the state that restores a session is kept in the container's <see cref="IDistributedCache"/>, as a farm needs it. Default: <see langword="false"/>, it is kept in a cookie.</summary>
    public bool UseDistributedCache { get; set; }

    /// <summary>
    /// How long the state is kept after the last sign of life; at least zero. Default: <see langword="null"/>, as long as <c>maxOfflineDuration</c> of the options says with which the session was
    /// started or restored last, which is 5 s unless it is configured.
    /// </summary>
    public TimeSpan? MaxOfflineDuration { get; set; }

    /// <summary>After which time without a request or a stream the server lets go of a session; its state is kept. Positive. Default: 2 minutes.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a stream of events says that it is alive while nothing happens. Positive. Default: 15 s.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes that the body of a request may have. Positive. Default: 65,536.</summary>
    public int MaxBodySize { get; set; } = 65_536;

    /// <summary>Streams that a visitor may have at a time, one for each tab. Positive. Default: 8.</summary>
    public int MaxStreamsPerVisitor { get; set; } = 8;

    /// <summary>Sessions that this server holds at most; who comes then is answered 503. Positive. Default: no limit.</summary>
    public int MaxSessions { get; set; } = int.MaxValue;

    /// <summary>What <c>Retry-After</c> says with 503, in whole seconds. At least 1 s. Default: 1 s.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long commands that are under way may take when the server lets go of a session; not longer than the host's own <c>ShutdownTimeout</c>. At least zero. Default: 5 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Sessions that are let go of at a time when the server stops. Positive. Default: 32.</summary>
    public int ShutdownConcurrency { get; set; } = 32;

    internal string? FindFault() => this switch
    {
        { CookieName: null or "" } => $"{nameof(CookieName)} must not be empty.",
        { MaxOfflineDuration: { } duration } when duration < TimeSpan.Zero => $"{nameof(MaxOfflineDuration)} must be at least 0.",
        { IdleTimeout: var timeout } when timeout <= TimeSpan.Zero => $"{nameof(IdleTimeout)} must be positive.",
        { HeartbeatInterval: var interval } when interval <= TimeSpan.Zero => $"{nameof(HeartbeatInterval)} must be positive.",
        { MaxBodySize: <= 0 } => $"{nameof(MaxBodySize)} must be positive.",
        { MaxStreamsPerVisitor: <= 0 } => $"{nameof(MaxStreamsPerVisitor)} must be positive.",
        { MaxSessions: <= 0 } => $"{nameof(MaxSessions)} must be positive.",
        { RetryAfter: var after } when after < TimeSpan.FromSeconds(1) => $"{nameof(RetryAfter)} must be at least 1 s.",
        { DrainTimeout: var timeout } when timeout < TimeSpan.Zero => $"{nameof(DrainTimeout)} must be at least 0.",
        { ShutdownConcurrency: <= 0 } => $"{nameof(ShutdownConcurrency)} must be positive.",
        _ => null,
    };
}

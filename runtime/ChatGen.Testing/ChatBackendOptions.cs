namespace ChatGen.Testing;

/// <summary>How a <see cref="ChatBackend"/> behaves.</summary>
/// <remarks>Immutable; may be used for any number of backends.</remarks>
public sealed record ChatBackendOptions
{
    /// <summary>What the agent does. Default: <see cref="ScriptedAgent.Default"/>, who greets the visitor and answers every message.</summary>
    public ScriptedAgent Agent { get; init; } = ScriptedAgent.Default;

    /// <summary>TCP port on 127.0.0.1, 0 to 65535. Default: 0, any free port.</summary>
    public int Port { get; init; }

    /// <summary>How long a <c>/meta/connect</c> is held if there is nothing to deliver; advised to the clients as <c>timeout</c>. Not negative. Default: 30 seconds.</summary>
    public TimeSpan MetaConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the backend remembers a Bayeux client that has no <c>/meta/connect</c> outstanding. Positive. Default: 10 seconds.</summary>
    /// <remarks>After that, the client is answered <c>402::session_unknown</c> and advised to handshake. Its chat session goes on and can be restored.</remarks>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether WebSocket connections are accepted. If not, an upgrade is answered with status 405 and the handshake offers long-polling alone. Default: <see langword="true"/>.</summary>
    public bool AllowWebSockets { get; init; } = true;

    /// <summary>How long clients are advised to wait between a reply to <c>/meta/connect</c> and the next one. Not negative. Default: zero.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Whether <see cref="MaxInterval"/> is told to clients as advice, so that after a longer silence they handshake without asking first. Default: <see langword="false"/>.</summary>
    public bool AdviseMaxInterval { get; init; }

    /// <summary>Whether clients that offer it acknowledge what they get (CometD's extension <c>ack</c>), so that nothing is lost with a connection. Default: <see langword="true"/>.</summary>
    /// <remarks>Then messages come with replies to <c>/meta/connect</c> alone, over WebSocket too, and come again until they are acknowledged.</remarks>
    public bool AllowAcknowledgement { get; init; } = true;

    /// <summary>Whether the cookie <c>BAYEUX_BROWSER</c> is set, and required of clients over long-polling, as CometD's servers do. Default: <see langword="true"/>.</summary>
    public bool UseCookies { get; init; } = true;

    /// <summary>
    /// Origins whose pages may use the backend from a browser, credentials included, such as <c>http://127.0.0.1:5080</c>: scheme, host and port. Default: none.
    /// </summary>
    /// <remarks>
    /// They are answered with CORS headers, over long-polling and REST. If there is any, a WebSocket that a page of another origin opens is refused with status 403;
    /// clients that are no browsers send no origin, and are not asked for one.
    /// </remarks>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Messages that each client gets together with the reply to its handshake, before its first <c>/meta/connect</c>. Default: none.</summary>
    public IReadOnlyList<ChatBackendMessage> HandshakeMessages { get; init; } = [];

    /// <summary>The clock of timestamps, held connects, forgotten clients and delayed answers. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        ArgumentNullException.ThrowIfNull(Agent);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(HandshakeMessages);
        ArgumentNullException.ThrowIfNull(AllowedOrigins);
        if (AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' is no origin of a page: it takes scheme, host and port, such as http://127.0.0.1:5080.", nameof(AllowedOrigins));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(MetaConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.Zero);
    }

    // Browsers compare and send origins as text, without a path and without a default port.
    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.GetLeftPart(UriPartial.Authority) == origin;
}

using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>
/// The built-in transport: the session over CometD, as the schema's mapping says. Over WebSocket if the server does that, else long-polling;
/// it reconnects by itself, attaches a new connection to the session again, and reads what was missed meanwhile from the transcript. Restoring soon after
/// another process has let go of the session goes on with the Bayeux session that it has left (<see cref="CometDChatTransportOptions.ResumeBayeuxSession"/>).
/// </summary>
/// <remarks>Thread-safe. Specification: options <c>serverUrl</c> and <c>disableWebSockets</c>.</remarks>
public sealed partial class CometDChatTransport : IDetachableChatTransport
{
    private readonly Uri _serverUrl;
    private readonly CometDChatTransportOptions _options;
    private CometDConnection? _connection;

    /// <summary>Makes a transport. It does nothing until it is initialized.</summary>
    /// <param name="serverUrl">Address of the CometD server, absolute, <c>http</c> or <c>https</c>.</param>
    /// <param name="options">How it connects; the defaults if absent.</param>
    public CometDChatTransport(Uri serverUrl, CometDChatTransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serverUrl);
        _serverUrl = serverUrl;
        _options = options ?? new CometDChatTransportOptions();
    }

    /// <inheritdoc/>
    /// <exception cref="ChatException">The server cannot be connected to, or refuses the channel; or the schema has no CometD mapping.</exception>
    /// <exception cref="InvalidOperationException">The transport is initialized already.</exception>
    public async Task InitializeAsync(IChatTransportHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        CometDMapping mapping = host.Protocol.CometD
            ?? throw host.Protocol.LibraryError("The schema says nothing of CometD, so that the built-in transport cannot be used.");
        var connection = new CometDConnection(_serverUrl, _options, host, mapping);
        if (Interlocked.CompareExchange(ref _connection, connection, null) is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException("The transport is initialized already.");
        }

        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.CompareExchange(ref _connection, null, connection);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        return Connection().StartSessionAsync(start, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(restore);
        ArgumentNullException.ThrowIfNull(state);
        return Connection().RestoreSessionAsync(restore, state, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Connection().SendAsync(command, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DetachAsync() => Volatile.Read(ref _connection)?.DetachAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask CloseAsync() => Interlocked.Exchange(ref _connection, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private CometDConnection Connection() =>
        Volatile.Read(ref _connection) ?? throw new InvalidOperationException("The transport is not initialized.");

    internal static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Connected to the CometD server {ServerHost}.")]
        public static partial void Connected(ILogger logger, string serverHost);

        [LoggerMessage(2, LogLevel.Warning, "The connection to the CometD server is lost: {Cause}")]
        public static partial void Interrupted(ILogger logger, string? cause);

        [LoggerMessage(3, LogLevel.Information, "The connection to the CometD server is back.")]
        public static partial void Continued(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "CometD: {Fault}")]
        public static partial void Faulted(ILogger logger, string fault);

        [LoggerMessage(5, LogLevel.Debug, "Sending operation {Operation}.")]
        public static partial void Sending(ILogger logger, string operation);

        [LoggerMessage(6, LogLevel.Debug, "An answer arrived that nobody waits for; it is dropped.")]
        public static partial void UnexpectedAnswer(ILogger logger);

        [LoggerMessage(7, LogLevel.Warning, "The new connection could not be attached to the session: error {Code}.")]
        public static partial void NotAttached(ILogger logger, ChatErrorCode code);

        [LoggerMessage(8, LogLevel.Debug, "The CometD connection did not close in order.")]
        public static partial void NotClosed(ILogger logger, Exception exception);

        [LoggerMessage(9, LogLevel.Warning, "What happened while the connection was lost could not be read: error {Code}.")]
        public static partial void NotCaughtUp(ILogger logger, ChatErrorCode code);

        [LoggerMessage(55, LogLevel.Information, "The Bayeux session that another process has left goes on.")]
        public static partial void Resumed(ILogger logger);

        [LoggerMessage(56, LogLevel.Information, "The Bayeux session that another process has left could not be gone on with; another is begun.")]
        public static partial void NotResumed(ILogger logger);

        [LoggerMessage(50, LogLevel.Information, "The operation {Operation} failed {Failures} times, now with error {Code}; it is repeated.")]
        public static partial void Repeating(ILogger logger, string operation, int failures, ChatErrorCode code);

        [LoggerMessage(51, LogLevel.Warning, "The connection could not be made anew: error {Code}. It is tried again.")]
        public static partial void NotReconnected(ILogger logger, ChatErrorCode code);

        [LoggerMessage(52, LogLevel.Information, "More events arrived than may be held while the connection is interrupted; the history is asked for them.")]
        public static partial void MissedMeanwhile(ILogger logger);

        [LoggerMessage(53, LogLevel.Warning, "{Count} events that are in no history were dropped: more arrived than may be held while the connection is interrupted.")]
        public static partial void EventsDropped(ILogger logger, int count);

        [LoggerMessage(54, LogLevel.Error, "{Count} events were lost: more arrived than may be held while the connection is interrupted, and they could not be asked for again.")]
        public static partial void EventsLost(ILogger logger, int count);
    }
}

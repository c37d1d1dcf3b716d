using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>
/// Carries a chat session over REST: calls go out as requests, events are read from the transcript again and again. The generated REST
/// transport derives from it and calls the generated Refit interface.
/// </summary>
/// <remarks>
/// Thread-safe. One request for events at a time; the first one that fails raises the event of an interrupted connection, and the pauses
/// then double up to 30 s until one succeeds again. It stops when the session has ended, when the backend says that there is no such
/// session, and on <see cref="CloseAsync"/>.
/// </remarks>
public abstract partial class RestChatTransport : IChatTransport
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly TimeSpan _pollInterval;
    private ChatProtocol? _protocol;
    private Connection? _connection;

    /// <summary>Makes a transport. Nothing is sent yet.</summary>
    /// <param name="pollInterval">Pause between two requests for events; more than zero and at most a day.</param>
    protected RestChatTransport(TimeSpan pollInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pollInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pollInterval, TimeSpan.FromDays(1));
        _pollInterval = pollInterval;
    }

    /// <inheritdoc/>
    public Task InitializeAsync(IChatTransportHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        lock (_gate)
        {
            if (_connection is not null)
            {
                throw host.Protocol.LibraryError("The REST transport carries a session already; give each session a transport of its own.");
            }

            _protocol = host.Protocol;
            _connection = new Connection(host);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        Connection connection = Connected();
        object result = await CallAsync(start, () => StartAsync(start, cancellationToken), cancellationToken).ConfigureAwait(false);
        string sessionId = connection.Host.Protocol.SessionIdOf(result);
        Attach(connection, sessionId, lastSeen: -1);
        return new ChatSessionState { SessionId = sessionId };
    }

    /// <summary>Attaches to a session that exists already, after having read what it has brought since, so that a session that the backend does not know fails here.</summary>
    /// <inheritdoc/>
    public async Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        Connection connection = Connected();

        // A stored 0 may stand for no event at all.
        int lastSeen = state.LastIndex == 0 ? -1 : state.LastIndex;
        IReadOnlyList<ChatEvent> entries = await ReadEntriesAsync(connection.Host.Protocol, state.SessionId, lastSeen, cancellationToken).ConfigureAwait(false);
        connection.LastSeen = lastSeen;
        if (Deliver(connection, entries))
        {
            Attach(connection, state.SessionId, connection.LastSeen);
        }
        else
        {
            connection.SessionId = state.SessionId;
        }
    }

    /// <inheritdoc/>
    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        Connection connection = Connected();
        return connection.SessionId is { } sessionId
            ? CallAsync(command, () => SendAsync(sessionId, command, cancellationToken), cancellationToken)
            : Task.FromException<object?>(Protocol.LibraryError($"'{command.Name}' cannot be sent before there is a session."));
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        Connection? connection;
        lock (_gate)
        {
            connection = _connection;
            _connection = null;
        }

        if (connection is not null)
        {
            await connection.Stop.CancelAsync().ConfigureAwait(false);

            // Waited for, so that no event is delivered after this.
            await connection.Polling.ConfigureAwait(false);
            connection.Stop.Dispose();
        }
    }

    /// <summary>Carries out the start operation.</summary>
    /// <param name="start">The operation with its options.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The generated result record. What is thrown is turned into a <see cref="ChatException"/>.</returns>
    protected abstract Task<object> StartAsync(ChatCommand start, CancellationToken cancellationToken);

    /// <summary>Carries out a session command.</summary>
    /// <param name="sessionId">Identifies the session; a secret.</param>
    /// <param name="command">The command with its options.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The generated result record, if the command has one. What is thrown is turned into a <see cref="ChatException"/>.</returns>
    protected abstract Task<object?> SendAsync(string sessionId, ChatCommand command, CancellationToken cancellationToken);

    /// <summary>The error of a command that the schema does not map to REST.</summary>
    /// <param name="command">The command.</param>
    protected ChatException NotAvailable(ChatCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Protocol.LibraryError($"'{command.Name}' is not available over REST: the schema maps it to no request.");
    }

    private ChatProtocol Protocol => _protocol ?? throw new InvalidOperationException("The REST transport has not been initialized.");

    private Connection Connected()
    {
        lock (_gate)
        {
            return _connection ?? throw Protocol.LibraryError("The REST transport is closed.");
        }
    }

    private void Attach(Connection connection, string sessionId, int lastSeen)
    {
        connection.SessionId = sessionId;
        connection.LastSeen = lastSeen;
        if (connection.Host.Protocol.ReadTranscript is null || connection.Host.Protocol.EntriesOf is null)
        {
            Log.NoEvents(connection.Host.Logger);
            return;
        }

        // Runs up to its first pause here, outside the lock; if the transport has been closed meanwhile, that pause ends it.
        // It belongs to the session and not to whoever has started it, or to his activity.
        Task polling;
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            polling = PollAsync(connection, sessionId);
        }

        lock (_gate)
        {
            if (_connection == connection)
            {
                connection.Polling = polling;
            }
        }
    }

    private async Task PollAsync(Connection connection, string sessionId)
    {
        CancellationToken stop = connection.Stopped;
        IChatTransportHost host = connection.Host;
        int failures = 0;
        bool goOn = true;
        while (goOn)
        {
            try
            {
                await Task.Delay(PauseAfter(failures), host.TimeProvider, stop).ConfigureAwait(false);
                IReadOnlyList<ChatEvent> entries = await ReadEntriesAsync(host.Protocol, sessionId, connection.LastSeen, stop).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                if (failures > 0)
                {
                    failures = 0;
                    host.OnContinued();
                }

                goOn = Deliver(connection, entries);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                ChatException error = RestFailure.ToChatException(exception, "events", host.Protocol);
                if (error.Recovery == ChatRecovery.Ended)
                {
                    Log.UnknownSession(host.Logger);
                    host.OnError(error);
                    return;
                }

                if (failures++ == 0)
                {
                    // An interruption alone would hide that the backend can be reached and something else is wrong.
                    if (error.Code != host.Protocol.Errors.Connection)
                    {
                        host.OnError(error);
                    }

                    host.OnInterrupted();
                }
            }
        }
    }

    private TimeSpan PauseAfter(int failures)
    {
        TimeSpan longest = _pollInterval > s_longestPause ? _pollInterval : s_longestPause;
        double ticks = _pollInterval.Ticks * Math.Pow(2, failures);
        return ticks < longest.Ticks ? new TimeSpan((long)ticks) : longest;
    }

    private async Task<IReadOnlyList<ChatEvent>> ReadEntriesAsync(ChatProtocol protocol, string sessionId, int lastSeen, CancellationToken cancellationToken)
    {
        if (protocol.ReadTranscript is null || protocol.EntriesOf is null)
        {
            return [];
        }

        ChatCommand read = protocol.ReadTranscript(lastSeen + 1);
        object? transcript = await CallAsync(read, () => SendAsync(sessionId, read, cancellationToken), cancellationToken).ConfigureAwait(false);
        return transcript is null ? throw protocol.LibraryError($"The backend answered '{read.Name}' without a transcript.") : protocol.EntriesOf(transcript);
    }

    /// <summary>Delivers what is new.</summary>
    /// <returns>Whether more can come: <see langword="false"/> once the session has ended.</returns>
    private static bool Deliver(Connection connection, IReadOnlyList<ChatEvent> entries)
    {
        foreach (ChatEvent entry in entries)
        {
            if (entry.Index is not { } index)
            {
                // Without a place in the history it would come again with every request.
                if (!connection.ToldOfMissingIndex)
                {
                    connection.ToldOfMissingIndex = true;
                    connection.Host.OnError(connection.Host.Protocol.LibraryError("The transcript has an entry without an index; such entries are left out."));
                }

                continue;
            }

            if (index <= connection.LastSeen)
            {
                continue;
            }

            connection.LastSeen = index;
            connection.Host.OnEvent(entry);
            if (entry.EventType.Role == ChatEventRole.Ended)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<T> CallAsync<T>(ChatCommand command, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not ChatException)
        {
            // Refit wraps the caller's cancellation like any other failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw RestFailure.ToChatException(exception, command.Name, Protocol);
        }
    }

    /// <summary>What lasts from <see cref="InitializeAsync"/> to <see cref="CloseAsync"/>.</summary>
    private sealed class Connection
    {
        public Connection(IChatTransportHost host)
        {
            Host = host;
            Stopped = Stop.Token;
        }

        public IChatTransportHost Host { get; }

        public CancellationTokenSource Stop { get; } = new();

        /// <summary>The token of <see cref="Stop"/>, usable also when that has been disposed.</summary>
        public CancellationToken Stopped { get; }

        public string? SessionId { get; set; }

        /// <summary>Index of the last entry that was delivered; -1 if none was.</summary>
        public int LastSeen { get; set; } = -1;

        public bool ToldOfMissingIndex { get; set; }

        public Task Polling { get; set; } = Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Warning, "The schema has no transcript command, so no events can be read over REST.")]
        public static partial void NoEvents(ILogger logger);

        [LoggerMessage(41, LogLevel.Error, "The backend says that there is no such session; no more events are read.")]
        public static partial void UnknownSession(ILogger logger);
    }
}

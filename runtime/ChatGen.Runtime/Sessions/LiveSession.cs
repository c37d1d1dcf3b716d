using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>One chat session at work, from its opening to its end: what it has seen, what is stored of it, and the transport that carries it.</summary>
/// <remarks>Thread-safe. Nobody is called while the lock is held.</remarks>
internal sealed partial class LiveSession : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SessionTransport _transport;
    private readonly SessionIntake _intake;
    private readonly SessionEndCheck _endCheck;
    private readonly SessionHistory _history = new();
    private readonly SessionTelemetry _telemetry;
    private readonly SessionStore _store;
    private readonly StoredHistory _stored;
    private readonly ChatStateWriter _writer;
    private readonly Uri? _serverUrl;

    private Phase _phase = Phase.Opening;
    private bool _lostEarly;
    private ChatEvent? _endWhileLeaving;
    private ChatSessionState? _state;
    private Task? _ending;
    private Task? _disposal;

    /// <param name="protocol">The schema as data.</param>
    /// <param name="transport">What carries the session.</param>
    /// <param name="ownsTransport">Whether the transport is the built-in one, made for this session alone.</param>
    /// <param name="serverUrl">The built-in transport's address, for the state; <see langword="null"/> with a transport of the user's own.</param>
    /// <param name="store">Where the session is kept while nobody holds it.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Receives the log.</param>
    public LiveSession(
        ChatProtocol protocol, IChatTransport transport, bool ownsTransport, Uri? serverUrl, SessionStore store, TimeProvider timeProvider, ILogger logger)
    {
        Protocol = protocol;
        Logger = logger;
        _serverUrl = serverUrl;
        _telemetry = new SessionTelemetry(protocol.SchemaId, timeProvider);
        _transport = new SessionTransport(protocol, transport, ownsTransport, _telemetry, logger);
        _intake = new SessionIntake(this, _telemetry, protocol, timeProvider, logger);
        _endCheck = new SessionEndCheck(_transport, _intake);
        _store = store;
        _stored = new StoredHistory(store.History, protocol.Events, _history.Log, logger);
        _writer = new ChatStateWriter(store.State, _stored, NewestState, OnStorageFailure, timeProvider, logger);
    }

    private enum Phase
    {
        /// <summary>Being started or restored; events wait.</summary>
        Opening,

        /// <summary>At work.</summary>
        Live,

        /// <summary>The visitor leaves: no commands any more, but the last events are still to come.</summary>
        Leaving,

        /// <summary>Ended or disposed: nothing happens any more.</summary>
        Over,
    }

    /// <summary>Raised when nothing is left to be disposed; perhaps more than once.</summary>
    public event Action<LiveSession>? Finished;

    /// <summary>Raised when a connection that was lost is back.</summary>
    public event Action? Continued;

    public ChatProtocol Protocol { get; }

    public ILogger Logger { get; }

    public ChatEventLog Events => _history.Log;

    public bool IsActive
    {
        get
        {
            lock (_gate)
            {
                return _phase == Phase.Live;
            }
        }
    }

    /// <summary>Whether the connection is lost and the transport is trying to get it back.</summary>
    public bool IsInterrupted => _telemetry.IsInterrupted;

    /// <summary>Index of the last event of the history that was seen; <see langword="null"/> if none was.</summary>
    public int? LastIndex
    {
        get
        {
            lock (_gate)
            {
                return _history.LastIndex;
            }
        }
    }

    /// <summary>Starts a session at the backend.</summary>
    /// <returns>What identifies it, for <see cref="BeginAsync"/>.</returns>
    public async Task<ChatSessionState> StartAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        await _transport.InitializeAsync(_intake, start, cancellationToken).ConfigureAwait(false);
        return await _transport.StartAsync(start, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Attaches to a session that exists already.</summary>
    /// <returns>Its history, for <see cref="BeginAsync"/>; empty if the schema has no transcript command.</returns>
    public async Task<IReadOnlyList<ChatEvent>> RestoreAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        _intake.RestoredState = state;
        await _transport.InitializeAsync(_intake, restore, cancellationToken).ConfigureAwait(false);
        await _transport.RestoreAsync(restore, state, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ChatEvent> stored = await _stored.ReadAsync(state, cancellationToken).ConfigureAwait(false);
        if (stored.Count == 0 && !_transport.HasTranscript)
        {
            // What came before this is not known any more.
            _stored.Distrust();
        }

        return [.. stored, .. await _transport.ReadTranscriptAsync(stored.Count > 0 ? state.LastIndex + 1 : 0, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Goes live: replays the history, then delivers what came in the meantime, and stores the state.</summary>
    /// <param name="state">What identifies the session, and the last index that was seen before.</param>
    /// <param name="history">What is replayed, as restored.</param>
    /// <param name="cancellationToken">Stops waiting for the storage; the session is live all the same.</param>
    public async Task BeginAsync(ChatSessionState state, IReadOnlyList<ChatEvent> history, CancellationToken cancellationToken)
    {
        _intake.OnRestored(history);
        Task? ending = null;
        int begun;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, typeof(ChatClientCore<>));

            // What the transport has told by OnStateChanged is newer than what it has answered.
            _state ??= state;
            _phase = Phase.Live;
            if (_history.Begin(history, state.LastIndex) || _lostEarly)
            {
                ending = EndLocked(_lostEarly ? SessionEnd.Lost : SessionEnd.Ended);
            }

            begun = Events.Count;
        }

        Events.Wake();
        TellBegun(begun);
        if (ending is not null)
        {
            await ending.ConfigureAwait(false);
            return;
        }

        _writer.StartRenewal();
        try
        {
            await _writer.SaveAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The chat is up, which is what the caller has asked for; the write goes on without him.
        }
    }

    /// <summary>Lets go of a session that did not come up. What is stored stays as it is.</summary>
    public Task AbandonAsync()
    {
        lock (_gate)
        {
            _phase = Phase.Over;
            Events.Complete();
        }

        Events.Wake();
        return LetGoAsync();
    }

    /// <summary>Clears what is stored of a session that the backend no longer knows.</summary>
    public Task ClearStateAsync() => _writer.ClearAsync();

    /// <summary>Carries out a session command.</summary>
    public async Task<object?> ExecuteAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfInactive();
        }

        try
        {
            return await _transport.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ChatException exception) when (exception.Recovery == ChatRecovery.Ended)
        {
            _endCheck.Ask(exception);
            throw;
        }
    }

    /// <summary>Ends the session: locally first, then at the backend.</summary>
    public async Task LeaveAsync(ChatCommand leave, Func<object, IReadOnlyList<ChatEvent>?>? entriesOf, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfInactive();
            _phase = Phase.Leaving;
        }

        try
        {
            await _writer.ClearAsync().ConfigureAwait(false);
            object? result = await _transport.SendAsync(leave, cancellationToken).ConfigureAwait(false);
            if (result is not null && entriesOf?.Invoke(result) is { } entries)
            {
                foreach (ChatEvent entry in entries)
                {
                    _intake.OnEvent(entry);
                }
            }

            Log.Left(Logger);
        }
        finally
        {
            // Whether the backend could be told or not, the session is over for this side.
            ChatEvent? end = EndOfLeave();
            lock (_gate)
            {
                if (end is not null)
                {
                    _history.Append(end, out _);
                }

                _phase = Phase.Over;
                Events.Complete();
            }

            Events.Wake();
            if (end is not null)
            {
                _telemetry.Raised(end);
            }

            _telemetry.End(SessionEnd.Left);
            await LetGoAsync().ConfigureAwait(false);
            Finished?.Invoke(this);
        }
    }

    /// <summary>Leaves the page: the chat lives on at the backend and can be restored. Calling it again waits for the first call.</summary>
    public ValueTask DisposeAsync() => new(DisposeOnceAsync());

    private Task DisposeOnceAsync()
    {
        TaskCompletionSource disposed;
        bool wasLive;
        Task? ending;
        lock (_gate)
        {
            if (_disposal is not null)
            {
                return _disposal;
            }

            disposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _disposal = disposed.Task;
            ending = _ending;
            wasLive = _phase == Phase.Live;
            if (_phase is Phase.Live or Phase.Opening)
            {
                _phase = Phase.Over;
                Events.Complete();
            }
        }

        Events.Wake();
        return DisposeCoreAsync();

        async Task DisposeCoreAsync()
        {
            try
            {
                if (wasLive)
                {
                    // What another process needs of the connection is stored with the rest.
                    await _endCheck.DisposeAsync().ConfigureAwait(false);
                    await _transport.DetachAsync().ConfigureAwait(false);
                    await _writer.CloseAsync().ConfigureAwait(false);
                    Log.Disposed(Logger);
                    _telemetry.End(SessionEnd.Disposed);
                }
                else if (ending is not null)
                {
                    await ending.ConfigureAwait(false);
                }

                await LetGoAsync().ConfigureAwait(false);
                Finished?.Invoke(this);
            }
            finally
            {
                disposed.SetResult();
            }
        }
    }

    /// <summary>Takes an event that has happened.</summary>
    public void Take(ChatEvent chatEvent)
    {
        bool moved;
        bool ended = false;
        bool isNew;
        lock (_gate)
        {
            switch (_phase)
            {
                case Phase.Opening:
                    _history.Keep(chatEvent);
                    return;
                case Phase.Over:
                    return;
                case Phase.Leaving when chatEvent.EventType.Role == ChatEventRole.Ended:
                    // It comes last, after what the answer to the leave still brings.
                    _endWhileLeaving ??= chatEvent;
                    return;
            }

            isNew = _history.Append(chatEvent, out moved);
            if (isNew && chatEvent.EventType.Role == ChatEventRole.Ended)
            {
                ended = true;
                EndLocked(SessionEnd.Ended);
            }
        }

        if (!isNew)
        {
            _telemetry.Dropped(chatEvent);
            return;
        }

        Events.Wake();
        _telemetry.Raised(chatEvent);
        if (moved && !ended)
        {
            _ = _writer.SaveAsync();
        }
    }

    /// <summary>Tells that something of the history may never arrive, so that a history that is stored is not whole.</summary>
    public void TellIncomplete() => _stored.Distrust();

    /// <summary>Tells that a connection that was lost is back.</summary>
    public void TellContinued() => Continued?.Invoke();

    /// <summary>Ends the session since the backend does not know it any more.</summary>
    /// <param name="error">What the backend said, as an event.</param>
    /// <param name="end">The event of the end. Each may be absent, if the schema has none.</param>
    public void EndLost(ChatEvent? error, ChatEvent? end)
    {
        ChatEvent[] events = [.. new[] { error, end }.OfType<ChatEvent>()];
        lock (_gate)
        {
            if (_phase is Phase.Over or Phase.Leaving)
            {
                return;
            }

            foreach (ChatEvent chatEvent in events)
            {
                if (_phase == Phase.Opening)
                {
                    _history.Keep(chatEvent);
                }
                else
                {
                    _history.Append(chatEvent, out _);
                }
            }

            if (_phase == Phase.Opening)
            {
                _lostEarly = true;
                return;
            }

            EndLocked(SessionEnd.Lost);
        }

        Events.Wake();
        foreach (ChatEvent chatEvent in events)
        {
            _telemetry.Raised(chatEvent);
        }
    }

    /// <summary>Stores what the transport needs to restore the session.</summary>
    public void Store(ChatSessionState state)
    {
        lock (_gate)
        {
            _state = state;
            if (_phase != Phase.Live)
            {
                return;
            }
        }

        _ = _writer.SaveAsync();
    }

    /// <summary>Ends the session since the backend has. The lock is held.</summary>
    private Task EndLocked(SessionEnd end)
    {
        _phase = Phase.Over;
        Events.Complete();
        _ending = Task.Run(() => EndAsync(end));
        return _ending;
    }

    private async Task EndAsync(SessionEnd end)
    {
        Log.Ended(Logger);
        _telemetry.End(end);
        await _writer.ClearAsync().ConfigureAwait(false);
        await LetGoAsync().ConfigureAwait(false);
        Finished?.Invoke(this);
    }

    /// <summary>Tells of what the log begins with.</summary>
    private void TellBegun(int count)
    {
        _telemetry.Begin();
        for (int position = 0; position < count && Events.TryRead(position, out ChatEvent? chatEvent); position++)
        {
            _telemetry.Raised(chatEvent);
        }
    }

    private async Task LetGoAsync()
    {
        await _endCheck.DisposeAsync().ConfigureAwait(false);
        await _transport.CloseAsync().ConfigureAwait(false);
        await _store.LetGoAsync(Logger).ConfigureAwait(false);
    }

    private ChatEvent? EndOfLeave()
    {
        lock (_gate)
        {
            if (_endWhileLeaving is not null)
            {
                return _endWhileLeaving;
            }
        }

        return _intake.EndOfLeave();
    }

    private ChatSessionState NewestState()
    {
        lock (_gate)
        {
            Debug.Assert(_state is not null, "Nothing is written before the session is live.");
            return _state with { ServerUrl = _serverUrl, LastIndex = _history.LastIndex ?? 0 };
        }
    }

    private void OnStorageFailure(Exception exception) =>
        _intake.Report(Protocol.LibraryError("The session's state could not be stored, so the session may not be restorable; the chat goes on.", exception));

    private void ThrowIfInactive()
    {
        if (_phase != Phase.Live)
        {
            throw Protocol.LibraryError(_disposal is null ? "The session has ended." : "The session has been disposed.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Information, "The chat session has ended.")]
        public static partial void Ended(ILogger logger);

        [LoggerMessage(11, LogLevel.Information, "The visitor has left the chat session.")]
        public static partial void Left(ILogger logger);

        [LoggerMessage(12, LogLevel.Information, "The chat session was let go of; it can be restored for a while.")]
        public static partial void Disposed(ILogger logger);
    }
}

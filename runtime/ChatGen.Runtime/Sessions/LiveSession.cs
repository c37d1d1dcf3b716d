using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>One chat session at work: what it has seen, what is stored of it, and the transport that carries it.</summary>
/// <remarks>Thread-safe. Nobody is called while the lock is held.</remarks>
internal sealed partial class LiveSession : IChatTransportHost
{
    private readonly Lock _gate = new();
    private readonly IChatTransport _transport;
    private readonly bool _ownsTransport;
    private readonly Uri? _serverUrl;
    private readonly ChatEventLog _log = new();
    private readonly LocalEvents _localEvents;
    private readonly ChatStateWriter _writer;
    private readonly Lazy<Task> _transportClosing;

    private Phase _phase = Phase.Opening;
    private volatile bool _initialized;
    private List<ChatEvent>? _early = [];
    private ChatEvent? _endWhileLeaving;
    private ChatSessionState? _state;
    private Task? _ending;
    private Task? _disposal;

    // -1 before the first event: an index may be 0, and then it is still to be seen.
    private int _lastSeen = -1;

    /// <param name="protocol">The schema as data.</param>
    /// <param name="transport">What carries the session.</param>
    /// <param name="ownsTransport">Whether the transport is the built-in one, made for this session alone.</param>
    /// <param name="serverUrl">The built-in transport's address, for the state; <see langword="null"/> with a transport of the user's own.</param>
    /// <param name="storage">Where the state is kept.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Receives the log.</param>
    public LiveSession(
        ChatProtocol protocol, IChatTransport transport, bool ownsTransport, Uri? serverUrl, IChatStateStorage storage, TimeProvider timeProvider, ILogger logger)
    {
        Protocol = protocol;
        TimeProvider = timeProvider;
        Logger = logger;
        _transport = transport;
        _ownsTransport = ownsTransport;
        _serverUrl = serverUrl;
        _localEvents = new LocalEvents(protocol, logger);
        _writer = new ChatStateWriter(storage, NewestState, OnStorageFailure, timeProvider, logger);
        _transportClosing = new Lazy<Task>(() => Task.Run(CloseTransportCoreAsync));
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

    public ChatProtocol Protocol { get; }

    public ILogger Logger { get; }

    public TimeProvider TimeProvider { get; }

    public ChatEventLog Events => _log;

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

    public int LastIndex
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(0, _lastSeen);
            }
        }
    }

    /// <summary>Starts a session at the backend.</summary>
    /// <returns>What identifies it, for <see cref="BeginAsync"/>.</returns>
    public async Task<ChatSessionState> StartAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        await InitializeTransportAsync(start, cancellationToken).ConfigureAwait(false);
        ChatSessionState? state = await GuardAsync(start, () => _transport.StartSessionAsync(start, cancellationToken), cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(state?.SessionId)
            ? throw Protocol.LibraryError($"The transport answered '{start.Name}' without a session id.")
            : state with { LastIndex = 0 };
    }

    /// <summary>Attaches to a session that exists already.</summary>
    /// <returns>Its history, for <see cref="BeginAsync"/>; empty if the schema has no transcript command.</returns>
    public async Task<IReadOnlyList<ChatEvent>> RestoreAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        await InitializeTransportAsync(restore, cancellationToken).ConfigureAwait(false);
        await GuardAsync(restore, () => _transport.RestoreSessionAsync(restore, state, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (Protocol.ReadTranscript is null || Protocol.EntriesOf is null)
        {
            return [];
        }

        ChatCommand read = Protocol.ReadTranscript(0);
        object? transcript = await GuardAsync(read, () => _transport.SendAsync(read, cancellationToken), cancellationToken).ConfigureAwait(false);
        return transcript is null ? throw Protocol.LibraryError($"The transport answered '{read.Name}' without a result.") : Protocol.EntriesOf(transcript);
    }

    /// <summary>Goes live: replays the history, then delivers what came in the meantime, and stores the state.</summary>
    /// <param name="state">What identifies the session, and the last index that was seen before.</param>
    /// <param name="history">What is replayed, as restored.</param>
    /// <param name="cancellationToken">Stops waiting for the storage; the session is live all the same.</param>
    public async Task BeginAsync(ChatSessionState state, IReadOnlyList<ChatEvent> history, CancellationToken cancellationToken)
    {
        foreach (UnknownChatEvent unknown in history.OfType<UnknownChatEvent>())
        {
            Log.UnknownEvent(Logger, unknown.WireName);
        }

        Task? ending = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, typeof(ChatClientCore<>));

            // What the transport has told by OnStateChanged is newer than what it has answered.
            _state ??= state;
            bool ended = false;
            foreach (ChatEvent entry in history)
            {
                ended = ended || (Append(entry with { Restored = true }, out _) && entry.EventType.Role == ChatEventRole.Ended);
            }

            // A stored 0 may stand for no event at all.
            _lastSeen = Math.Max(_lastSeen, state.LastIndex == 0 ? -1 : state.LastIndex);
            foreach (ChatEvent early in _early!)
            {
                ended = ended || (Append(early, out _) && early.EventType.Role == ChatEventRole.Ended);
            }

            _early = null;
            _phase = Phase.Live;
            if (ended)
            {
                ending = EndLocked();
            }
        }

        _log.Wake();
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
            _log.Complete();
        }

        _log.Wake();
        return CloseTransportAsync();
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

        return await GuardAsync(command, () => _transport.SendAsync(command, cancellationToken), cancellationToken).ConfigureAwait(false);
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
            object? result = await GuardAsync(leave, () => _transport.SendAsync(leave, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (result is not null && entriesOf?.Invoke(result) is { } entries)
            {
                foreach (ChatEvent entry in entries)
                {
                    OnEvent(entry);
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
                    Append(end, out _);
                }

                _phase = Phase.Over;
                _log.Complete();
            }

            _log.Wake();
            await CloseTransportAsync().ConfigureAwait(false);
            Finished?.Invoke(this);
        }
    }

    /// <summary>Leaves the page: the chat lives on at the backend and can be restored. Calling it again waits for the first call.</summary>
    public Task DisposeAsync()
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
                _log.Complete();
            }
        }

        _log.Wake();
        return DisposeCoreAsync();

        async Task DisposeCoreAsync()
        {
            try
            {
                if (wasLive)
                {
                    await _writer.CloseAsync().ConfigureAwait(false);
                    Log.Disposed(Logger);
                }
                else if (ending is not null)
                {
                    await ending.ConfigureAwait(false);
                }

                await CloseTransportAsync().ConfigureAwait(false);
                Finished?.Invoke(this);
            }
            finally
            {
                disposed.SetResult();
            }
        }
    }

    public void OnEvent(ChatEvent chatEvent)
    {
        ArgumentNullException.ThrowIfNull(chatEvent);
        if (chatEvent is UnknownChatEvent unknown)
        {
            Log.UnknownEvent(Logger, unknown.WireName);
        }

        bool moved;
        bool ended;
        lock (_gate)
        {
            switch (_phase)
            {
                case Phase.Opening:
                    _early!.Add(chatEvent);
                    return;
                case Phase.Over:
                    return;
                case Phase.Leaving when chatEvent.EventType.Role == ChatEventRole.Ended:
                    // It comes last, after what the answer to the leave still brings.
                    _endWhileLeaving ??= chatEvent;
                    return;
            }

            if (!Append(chatEvent, out moved))
            {
                return;
            }

            ended = chatEvent.EventType.Role == ChatEventRole.Ended;
            if (ended)
            {
                EndLocked();
            }
        }

        _log.Wake();
        if (moved && !ended)
        {
            _ = _writer.SaveAsync();
        }
    }

    public void OnEvent(ReadOnlySpan<byte> utf8Json)
    {
        ChatEvent chatEvent;
        try
        {
            chatEvent = Protocol.Events.Read(utf8Json);
        }
        catch (Exception exception)
        {
            // Whatever the converter stumbled over, the transport that called must go on.
            Log.MalformedEvent(Logger, exception.GetType().Name, (exception as JsonException)?.Path);
            OnError(Protocol.LibraryError($"An event of the backend could not be read: {exception.Message}", exception));
            return;
        }

        OnEvent(chatEvent);
    }

    public void OnInterrupted()
    {
        Log.Interrupted(Logger);
        Raise(_localEvents.OfRole(ChatEventRole.Interrupted));
    }

    public void OnContinued()
    {
        Log.Continued(Logger);
        Raise(_localEvents.OfRole(ChatEventRole.Continued));
    }

    public void OnError(ChatException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Log.ErrorOutsideCall(Logger, exception.Code);
        Raise(_localEvents.OfError(exception));
    }

    public void OnStateChanged(ChatSessionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
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

    /// <summary>Adds an event to the log unless it is a double. The lock is held.</summary>
    private bool Append(ChatEvent chatEvent, out bool moved)
    {
        moved = false;
        if (chatEvent.EventType.KeptInHistory && chatEvent.Index is { } index)
        {
            if (index <= _lastSeen)
            {
                return false;
            }

            _lastSeen = index;
            moved = true;
        }

        _log.Append(chatEvent);
        return true;
    }

    /// <summary>Ends the session since the backend has. The lock is held.</summary>
    private Task EndLocked()
    {
        _phase = Phase.Over;
        _log.Complete();
        _ending = Task.Run(EndAsync);
        return _ending;
    }

    private async Task EndAsync()
    {
        Log.Ended(Logger);
        await _writer.ClearAsync().ConfigureAwait(false);
        await CloseTransportAsync().ConfigureAwait(false);
        Finished?.Invoke(this);
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

        return _localEvents.OfLeave();
    }

    private void Raise(ChatEvent? chatEvent)
    {
        if (chatEvent is not null)
        {
            OnEvent(chatEvent);
        }
    }

    private ChatSessionState NewestState()
    {
        lock (_gate)
        {
            Debug.Assert(_state is not null, "Nothing is written before the session is live.");
            return _state with { ServerUrl = _serverUrl, LastIndex = Math.Max(0, _lastSeen) };
        }
    }

    private void OnStorageFailure(Exception exception) =>
        OnError(Protocol.LibraryError("The session's state could not be stored, so the session may not be restorable; the chat goes on.", exception));

    private void ThrowIfInactive()
    {
        if (_phase != Phase.Live)
        {
            throw Protocol.LibraryError(_disposal is null ? "The session has ended." : "The session has been disposed.");
        }
    }

    private async Task GuardAsync(ChatCommand command, Func<Task> call, CancellationToken cancellationToken) => await GuardAsync<object?>(
        command,
        async () =>
        {
            await call().ConfigureAwait(false);
            return null;
        },
        cancellationToken).ConfigureAwait(false);

    private async Task<T> GuardAsync<T>(ChatCommand command, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ChatException)
        {
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            throw Protocol.LibraryError($"The transport failed in '{command.Name}' with {exception.GetType().Name}; the inner exception tells more.", exception);
        }
    }

    private async Task InitializeTransportAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        await GuardAsync(command, () => _transport.InitializeAsync(this, cancellationToken), cancellationToken).ConfigureAwait(false);
        _initialized = true;
    }

    private Task CloseTransportAsync() => _transportClosing.Value;

    private async Task CloseTransportCoreAsync()
    {
        try
        {
            // A transport that refused this session may carry another one.
            if (_initialized)
            {
                await _transport.CloseAsync().ConfigureAwait(false);
            }

            if (_ownsTransport && _transport is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            }
            else if (_ownsTransport && _transport is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
        catch (Exception exception)
        {
            // The contract forbids it, the transport may be anybody's, and there is nothing left to save.
            Log.CloseFailed(Logger, exception);
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

        [LoggerMessage(13, LogLevel.Warning, "The connection to the backend is interrupted.")]
        public static partial void Interrupted(ILogger logger);

        [LoggerMessage(14, LogLevel.Information, "The connection to the backend is back.")]
        public static partial void Continued(ILogger logger);

        [LoggerMessage(15, LogLevel.Warning, "The backend sent an event of the type '{WireName}', which the schema does not know; it is delivered as an UnknownChatEvent.")]
        public static partial void UnknownEvent(ILogger logger, string wireName);

        [LoggerMessage(16, LogLevel.Error, "The backend sent an event that breaks the schema: {ExceptionType} at {Path}.")]
        public static partial void MalformedEvent(ILogger logger, string exceptionType, string? path);

        [LoggerMessage(17, LogLevel.Error, "An error with the code {Code} occurred outside any call; it is raised as an error event.")]
        public static partial void ErrorOutsideCall(ILogger logger, ChatErrorCode code);

        [LoggerMessage(19, LogLevel.Error, "The transport threw an exception while it was closed.")]
        public static partial void CloseFailed(ILogger logger, Exception exception);
    }
}

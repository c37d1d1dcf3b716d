using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Starts and restores chat sessions. The generated client derives from it and adds the two entry points with their option records.</summary>
/// <typeparam name="TSession">The generated session.</typeparam>
/// <remarks>Thread-safe; any number of sessions at a time. Disposing the client disposes those that are live.</remarks>
public abstract class ChatClientCore<TSession> : IChatClient
    where TSession : ChatSessionCore
{
    private readonly Lock _gate = new();
    private readonly HashSet<LiveSession> _sessions = [];
    private readonly ChatProtocol _protocol;
    private readonly ChatClientSettings _settings;
    private readonly LastAttempt _lastAttempt;
    private bool _disposed;

    /// <summary>Makes a client. Nothing is read or connected yet.</summary>
    /// <param name="protocol">What the schema says.</param>
    /// <param name="settings">What the host sets; <see langword="null"/> for the defaults.</param>
    protected ChatClientCore(ChatProtocol protocol, ChatClientSettings? settings)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        _protocol = protocol;
        _settings = settings ?? new ChatClientSettings();
        _lastAttempt = new LastAttempt(protocol, _settings.TimeProvider);
    }

    /// <summary>How the sessions and their connections are at present.</summary>
    public ChatClientStatus Status
    {
        get
        {
            LiveSession[] sessions;
            lock (_gate)
            {
                sessions = [.. _sessions];
            }

            LiveSession[] live = [.. sessions.Where(session => session.IsActive)];
            return new ChatClientStatus(live.Length, live.Count(session => session.IsInterrupted), _lastAttempt.Failure);
        }
    }

    /// <summary>Disposes all live sessions, each as if it had been disposed itself. Calling it again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        LiveSession[] sessions;
        lock (_gate)
        {
            _disposed = true;
            sessions = [.. _sessions];
        }

        await Task.WhenAll(sessions.Select(session => session.DisposeAsync().AsTask())).ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    async Task<ChatSessionCore> IChatClient.StartAsync(ChatSessionSetup setup, ChatCommand start, CancellationToken cancellationToken) =>
        await StartAsync(setup, start, cancellationToken).ConfigureAwait(false);

    async Task<ChatSessionCore?> IChatClient.RestoreAsync(ChatSessionSetup setup, ChatCommand restore, CancellationToken cancellationToken) =>
        await RestoreAsync(setup, restore, cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the generated session.</summary>
    /// <param name="context">For the constructor of <see cref="ChatSessionCore"/>.</param>
    protected abstract TSession CreateSession(ChatSessionContext context);

    /// <summary>Starts a new session. Specification: <c>startSession</c>.</summary>
    /// <param name="setup">What the options hold for the client itself.</param>
    /// <param name="start">The start operation with the options.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The live session.</returns>
    /// <exception cref="ChatValidationException">The options break the schema; nothing was sent.</exception>
    /// <exception cref="ChatException">The session could not be started. What was stored of an earlier session is untouched.</exception>
    protected async Task<TSession> StartAsync(ChatSessionSetup setup, ChatCommand start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(start);
        setup.Validation.ThrowIfInvalid();
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();

        if (setup.Transport is null && setup.ServerUrl is null)
        {
            throw _protocol.LibraryError("'ServerUrl' is needed unless 'Transport' is given.");
        }

        ILogger logger = LoggerOf(setup);
        using MeasuredOperation measured = Measure(start);
        LiveSession live = await OpenAsync(setup, setup.ServerUrl, StoreOf(setup), logger).ConfigureAwait(false);
        try
        {
            ChatSessionState state = await live.StartAsync(start, cancellationToken).ConfigureAwait(false);
            _lastAttempt.Succeed();
            TSession session = Adopt(live);
            await live.BeginAsync(state, [], cancellationToken).ConfigureAwait(false);
            ChatClientLog.Started(logger);
            return session;
        }
        catch (Exception exception)
        {
            measured.Fail(exception);
            _lastAttempt.Fail(exception);
            await AbandonAsync(live).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Brings back the session whose state was stored. Specification: <c>restoreSession</c>.</summary>
    /// <param name="setup">What the options hold for the client itself.</param>
    /// <param name="restore">The restore operation with the options.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The session with its history; <see langword="null"/> if there is none to restore.</returns>
    /// <exception cref="ChatValidationException">The options break the schema; nothing was sent.</exception>
    /// <exception cref="ChatException">
    /// There was a session, but it could not be restored. Its state stays stored, unless the error's <see cref="ChatException.Recovery"/> is
    /// <see cref="ChatRecovery.Ended"/>.
    /// </exception>
    protected async Task<TSession?> RestoreAsync(ChatSessionSetup setup, ChatCommand restore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(restore);
        setup.Validation.ThrowIfInvalid();
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();

        ILogger logger = LoggerOf(setup);
        SessionStore store = StoreOf(setup);
        ChatSessionState? state = await ReadStateAsync(setup, store, cancellationToken).ConfigureAwait(false);
        if (state is null)
        {
            ChatClientLog.NothingToRestore(logger);
            return null;
        }

        using MeasuredOperation measured = Measure(restore);
        LiveSession live = await OpenAsync(setup, setup.ServerUrl ?? state.ServerUrl, store, logger).ConfigureAwait(false);
        try
        {
            IReadOnlyList<ChatEvent> history = await live.RestoreAsync(restore, state, cancellationToken).ConfigureAwait(false);
            _lastAttempt.Succeed();
            TSession session = Adopt(live);
            await live.BeginAsync(state, history, cancellationToken).ConfigureAwait(false);
            ChatClientLog.Restored(logger, history.Count);
            return session;
        }
        catch (Exception exception)
        {
            measured.Fail(exception);
            _lastAttempt.Fail(exception);
            if (exception is ChatException { Recovery: ChatRecovery.Ended })
            {
                await live.ClearStateAsync().ConfigureAwait(false);
            }

            await AbandonAsync(live).ConfigureAwait(false);
            throw;
        }
    }

    private MeasuredOperation Measure(ChatCommand command) => new(ChatInstruments.OpenDuration, _protocol.SchemaId, command.Name, _settings.TimeProvider);

    private async Task<LiveSession> OpenAsync(ChatSessionSetup setup, Uri? serverUrl, SessionStore store, ILogger logger)
    {
        if (setup.Transport is { } transport)
        {
            return Watch(new LiveSession(_protocol, transport, ownsTransport: false, serverUrl: null, store, _settings.TimeProvider, logger));
        }

        IChatTransport builtIn;
        try
        {
            var request = new ChatBuiltInTransportRequest(serverUrl!, setup.DisableWebSockets);
            builtIn = Make("built-in transport", () => _settings.CreateTransport is { } create ? create(request) : BuiltInTransport.Create(request, _protocol, _settings));
        }
        catch
        {
            await store.LetGoAsync(logger).ConfigureAwait(false);
            throw;
        }

        return Watch(new LiveSession(_protocol, builtIn, ownsTransport: true, serverUrl, store, _settings.TimeProvider, logger));
    }

    private LiveSession Watch(LiveSession live)
    {
        live.Continued += _lastAttempt.Succeed;
        return live;
    }

    private SessionStore StoreOf(ChatSessionSetup setup)
    {
        TimeSpan maxOfflineDuration = setup.MaxOfflineDuration ?? TimeSpan.FromSeconds(5);
        bool isKept = setup.StateStorage is not null || maxOfflineDuration > TimeSpan.Zero;
        IChatHistoryStorage? history = isKept && _settings.CreateHistoryStorage is { } createHistory ? Make("history storage", createHistory) : null;
        return setup.StateStorage is { } storage
            ? new SessionStore(storage, ownsState: false, history)
            : new SessionStore(Make("built-in state storage", () => BuiltInStorage(maxOfflineDuration)), ownsState: true, history);
    }

    private IChatStateStorage BuiltInStorage(TimeSpan maxOfflineDuration)
    {
        if (_settings.CreateStateStorage is { } create)
        {
            return create(maxOfflineDuration);
        }

        // What WebAssembly has for files is memory, which a reload takes away without a word.
        return OperatingSystem.IsBrowser()
            ? throw new PlatformNotSupportedException("A browser has no files that outlive a page. Make the client with the settings of BrowserChat.ConfigureAsync (package ChatGen.Browser), or give 'StateStorage'.")
            : new FileChatStateStorage(_settings.StateFilePath ?? ChatClientSettings.DefaultStateFilePath(_protocol.SchemaId), maxOfflineDuration, _settings.TimeProvider);
    }

    private ILogger LoggerOf(ChatSessionSetup setup) => setup.Logger ?? _settings.Logger ?? new ConsoleChatLogger(timeProvider: _settings.TimeProvider);

    private T Make<T>(string what, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is not ChatException)
        {
            throw _protocol.LibraryError($"The {what} could not be made: {exception.Message}", exception);
        }
    }

    private async Task<ChatSessionState?> ReadStateAsync(ChatSessionSetup setup, SessionStore store, CancellationToken cancellationToken)
    {
        ChatSessionState? state = null;
        try
        {
            ChatSessionState? stored = await ReadStateAsync(store.State, cancellationToken).ConfigureAwait(false);
            if (stored is { ServerUrl: null } && setup.Transport is null)
            {
                throw _protocol.LibraryError("The stored session was started with a transport of its own: give 'Transport' the transport that startSession was given.");
            }

            return state = stored;
        }
        finally
        {
            if (state is null)
            {
                await store.LetGoAsync(LoggerOf(setup)).ConfigureAwait(false);
            }
        }
    }

    private async Task<ChatSessionState?> ReadStateAsync(IChatStateStorage storage, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.ReadAsync(cancellationToken).ConfigureAwait(false);
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
            throw _protocol.LibraryError($"The stored state could not be read: {exception.Message}", exception);
        }
    }

    private TSession Adopt(LiveSession live)
    {
        live.Finished += Forget;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _sessions.Add(live);
        }

        return CreateSession(new ChatSessionContext(live));
    }

    private Task AbandonAsync(LiveSession live)
    {
        Forget(live);
        return live.AbandonAsync();
    }

    private void Forget(LiveSession live)
    {
        lock (_gate)
        {
            _sessions.Remove(live);
        }
    }

    private void ThrowIfDisposed()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
        }
    }
}

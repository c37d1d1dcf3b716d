using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>The transport of one session: initialized and closed once, and whatever it throws is a <see cref="ChatException"/>.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class SessionTransport
{
    private readonly ChatProtocol _protocol;
    private readonly IChatTransport _transport;
    private readonly bool _isOwned;
    private readonly SessionTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly Lazy<Task> _closing;
    private volatile bool _initialized;

    /// <param name="protocol">The schema as data.</param>
    /// <param name="transport">What carries the session.</param>
    /// <param name="isOwned">Whether the transport is the built-in one, made for this session alone.</param>
    /// <param name="telemetry">Measures the commands.</param>
    /// <param name="logger">Receives the log.</param>
    public SessionTransport(ChatProtocol protocol, IChatTransport transport, bool isOwned, SessionTelemetry telemetry, ILogger logger)
    {
        _telemetry = telemetry;
        _protocol = protocol;
        _transport = transport;
        _isOwned = isOwned;
        _logger = logger;
        _closing = new Lazy<Task>(() => Task.Run(CloseCoreAsync));
    }

    /// <param name="host">Takes the events.</param>
    /// <param name="command">The operation that this is for.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    public async Task InitializeAsync(IChatTransportHost host, ChatCommand command, CancellationToken cancellationToken)
    {
        await GuardAsync(command, () => _transport.InitializeAsync(host, cancellationToken), cancellationToken).ConfigureAwait(false);
        _initialized = true;
    }

    /// <exception cref="ChatException">It failed, or the answer identifies no session.</exception>
    public async Task<ChatSessionState> StartAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        ChatSessionState? state = await GuardAsync(start, () => _transport.StartSessionAsync(start, cancellationToken), cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(state?.SessionId)
            ? throw _protocol.LibraryError($"The transport answered '{start.Name}' without a session id.")
            : state with { LastIndex = 0 };
    }

    public Task RestoreAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken) =>
        GuardAsync(restore, () => _transport.RestoreSessionAsync(restore, state, cancellationToken), cancellationToken);

    public async Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        using MeasuredOperation measured = _telemetry.Command(command);
        try
        {
            object? result = await GuardAsync(command, () => _transport.SendAsync(command, cancellationToken), cancellationToken).ConfigureAwait(false);
            Log.Executed(_logger, command.Name, measured.Elapsed.TotalMilliseconds);
            return result;
        }
        catch (Exception exception)
        {
            measured.Fail(exception);
            Log.NotExecuted(_logger, command.Name, ChatTags.ErrorTypeOf(exception), measured.Elapsed.TotalMilliseconds);
            throw;
        }
    }

    /// <summary>Whether the schema has a transcript command.</summary>
    public bool HasTranscript => _protocol.ReadTranscript is not null && _protocol.EntriesOf is not null;

    /// <summary>Reads the history from an index on; empty if the schema has no transcript command.</summary>
    public async Task<IReadOnlyList<ChatEvent>> ReadTranscriptAsync(int fromIndex, CancellationToken cancellationToken)
    {
        if (_protocol.ReadTranscript is null || _protocol.EntriesOf is null)
        {
            return [];
        }

        ChatCommand read = _protocol.ReadTranscript(fromIndex);
        object? transcript = await SendAsync(read, cancellationToken).ConfigureAwait(false);
        return transcript is null ? throw _protocol.LibraryError($"The transport answered '{read.Name}' without a result.") : _protocol.EntriesOf(transcript);
    }

    /// <summary>Lets go of its connection so that another can go on with it, if it can do that. Never throws.</summary>
    public async Task DetachAsync()
    {
        if (!_initialized || _transport is not IDetachableChatTransport detachable)
        {
            return;
        }

        try
        {
            await detachable.DetachAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The session can be restored without it.
            Log.DetachFailed(_logger, exception);
        }
    }

    /// <summary>Closes it. Never throws; calling it again waits for the first call.</summary>
    public Task CloseAsync() => _closing.Value;

    private async Task CloseCoreAsync()
    {
        try
        {
            // A transport that refused this session may carry another one.
            if (_initialized)
            {
                await _transport.CloseAsync().ConfigureAwait(false);
            }

            if (_isOwned && _transport is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            }
            else if (_isOwned && _transport is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
        catch (Exception exception)
        {
            // The contract forbids it, the transport may be anybody's, and there is nothing left to save.
            Log.CloseFailed(_logger, exception);
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
            throw _protocol.LibraryError($"The transport failed in '{command.Name}' with {exception.GetType().Name}; the inner exception tells more.", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(23, LogLevel.Debug, "The command {Command} took {Milliseconds:0.#} ms.")]
        public static partial void Executed(ILogger logger, string command, double milliseconds);

        [LoggerMessage(24, LogLevel.Debug, "The command {Command} failed with error {ErrorType} after {Milliseconds:0.#} ms.")]
        public static partial void NotExecuted(ILogger logger, string command, string errorType, double milliseconds);

        [LoggerMessage(25, LogLevel.Warning, "The transport threw an exception while it let go of its connection; the session can be restored over another.")]
        public static partial void DetachFailed(ILogger logger, Exception exception);

        [LoggerMessage(19, LogLevel.Error, "The transport threw an exception while it was closed.")]
        public static partial void CloseFailed(ILogger logger, Exception exception);
    }
}

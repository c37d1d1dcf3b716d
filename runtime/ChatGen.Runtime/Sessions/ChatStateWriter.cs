using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Writes a session's state: one write at a time, always the newest state, again and again if it expires.</summary>
/// <remarks>Thread-safe. A write that fails is logged and reported, once until one succeeds again; it is never thrown.</remarks>
internal sealed partial class ChatStateWriter
{
    private readonly Lock _gate = new();
    private readonly IChatStateStorage _storage;
    private readonly StoredHistory _history;
    private readonly Func<ChatSessionState> _newest;
    private readonly Action<Exception> _onFailure;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _requested;
    private bool _clear;
    private bool _closed;
    private bool _failing;
    private ITimer? _renewal;

    /// <param name="storage">Where to.</param>
    /// <param name="history">Stored along with it, so that both are of the same moment.</param>
    /// <param name="newest">Takes the newest state; called without any lock of this.</param>
    /// <param name="onFailure">Told of a failure that follows a success.</param>
    /// <param name="timeProvider">Drives the renewal.</param>
    /// <param name="logger">Receives failures.</param>
    public ChatStateWriter(IChatStateStorage storage, StoredHistory history, Func<ChatSessionState> newest, Action<Exception> onFailure, TimeProvider timeProvider, ILogger logger)
    {
        _storage = storage;
        _history = history;
        _newest = newest;
        _onFailure = onFailure;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>Begins to write again and again if the state expires.</summary>
    public void StartRenewal()
    {
        if (_storage is not IExpiringChatStateStorage expiring || expiring.RenewalInterval <= TimeSpan.Zero)
        {
            return;
        }

        // Timers take no longer periods.
        TimeSpan interval = expiring.RenewalInterval < TimeSpan.FromDays(1) ? expiring.RenewalInterval : TimeSpan.FromDays(1);
        lock (_gate)
        {
            if (!_closed)
            {
                _renewal ??= _timeProvider.CreateTimer(static writer => _ = ((ChatStateWriter)writer!).SaveAsync(), this, interval, interval);
            }
        }
    }

    /// <summary>Stores the newest state; does nothing after <see cref="CloseAsync"/> or <see cref="ClearAsync"/>.</summary>
    /// <returns>Completes when a write that began after this call has ended.</returns>
    public Task SaveAsync() => RequestAsync(close: false, clear: false);

    /// <summary>Stores the newest state for the last time.</summary>
    public Task CloseAsync() => RequestAsync(close: true, clear: false);

    /// <summary>Clears what is stored; nothing is stored afterwards.</summary>
    public Task ClearAsync() => RequestAsync(close: true, clear: true);

    private Task RequestAsync(bool close, bool clear)
    {
        ITimer? renewal = null;
        Task writing;
        lock (_gate)
        {
            if (!_closed)
            {
                _requested = true;
                _clear = clear;
                _closed = close;
                if (close)
                {
                    renewal = _renewal;
                    _renewal = null;
                }

                if (!_isWriting)
                {
                    _isWriting = true;
                    _writing = Task.Run(WriteAsync);
                }
            }

            writing = _writing;
        }

        renewal?.Dispose();
        return writing;
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            bool clear;
            lock (_gate)
            {
                if (!_requested)
                {
                    _isWriting = false;
                    return;
                }

                _requested = false;
                clear = _clear;
            }

            try
            {
                ChatSessionState? state = clear ? null : _newest();
                await (state is null ? _history.ClearAsync() : _history.WriteAsync(state)).ConfigureAwait(false);
                await _storage.WriteAsync(state, CancellationToken.None).ConfigureAwait(false);
                if (_failing)
                {
                    _failing = false;
                    Log.Recovered(_logger);
                }
            }
            catch (Exception exception)
            {
                // The chat itself is well, and it is worth more than the chance to restore it.
                if (!_failing || clear)
                {
                    _failing = true;
                    Log.Failed(_logger, exception);
                    _onFailure(exception);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(30, LogLevel.Error, "The session's state could not be stored or cleared; the chat goes on.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(31, LogLevel.Information, "The session's state can be stored again.")]
        public static partial void Recovered(ILogger logger);
    }
}

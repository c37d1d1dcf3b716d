using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatGen;

/// <summary>A visitor's session that this server holds, from its opening until it is let go of.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LiveChat : IAsyncDisposable
{
    private readonly ChatSessionCore _session;
    private readonly IChatClaim _claim;
    private readonly ClaimedChatStateStorage _storage;
    private readonly CookieChatStateStorage? _cookie;
    private readonly TimeProvider _timeProvider;
    private readonly Admission _requests = new();
    private readonly Admission _streams = new();

    // Never disposed of: a stream may look at it at any time, and it has no timer.
    private readonly CancellationTokenSource _letGo = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastUse;
    private int _closing;

    /// <param name="session">The session.</param>
    /// <param name="claim">The right to hold it; disposed of with it.</param>
    /// <param name="storage">Where its state is kept.</param>
    /// <param name="cookie">The cookie that its state is kept in; null if it is kept elsewhere.</param>
    /// <param name="timeProvider">The clock.</param>
    public LiveChat(ChatSessionCore session, IChatClaim claim, ClaimedChatStateStorage storage, CookieChatStateStorage? cookie, TimeProvider timeProvider)
    {
        _session = session;
        _claim = claim;
        _storage = storage;
        _cookie = cookie;
        _timeProvider = timeProvider;
        _lastUse = timeProvider.GetTimestamp();
    }

    public string Key => _claim.Key;

    public ChatSessionCore Session => _session;

    /// <summary>Tells this session of the visitor from others, on every node alike.</summary>
    public string Tag => _storage.Tag;

    /// <summary>Names the log of this very object: its events have the places that they have on no other node.</summary>
    public string LogId { get; } = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(6));

    /// <summary>Signalled when the server lets go of the session; it may go on elsewhere.</summary>
    public CancellationToken LetGo => _letGo.Token;

    /// <summary>Signalled when the server must let go of it.</summary>
    public CancellationToken Revoked => _claim.Revoked;

    /// <summary>Completes when the claim has been released.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Whether it is certain that no other node holds the session.</summary>
    public bool IsHeld => _claim.IsHeld;

    /// <summary>Whether the chat goes on, here.</summary>
    public bool IsActive => !_requests.IsClosed && _session.IsActive;

    /// <summary>Whether the chat is over for good: not let go of, but ended.</summary>
    public bool HasEnded => !_letGo.IsCancellationRequested && !_session.IsActive;

    public int Streams => _streams.Count;

    /// <summary>Time since the last request or stream; zero while there is one.</summary>
    public TimeSpan IdleTime => _requests.Count + _streams.Count > 0 ? TimeSpan.Zero : _timeProvider.GetElapsedTime(Interlocked.Read(ref _lastUse));

    /// <summary>Begins a request. It must be ended by <see cref="EndRequest"/>; the session is not let go of before, unless that takes too long.</summary>
    public bool TryBeginRequest(HttpContext context)
    {
        if (!_claim.IsHeld || !_requests.TryEnter())
        {
            return false;
        }

        _cookie?.Attach(context);
        return true;
    }

    public void EndRequest()
    {
        Interlocked.Exchange(ref _lastUse, _timeProvider.GetTimestamp());
        _requests.Leave();
    }

    /// <summary>Begins a stream of events. It must be ended by <see cref="EndStream"/>, soon after <see cref="LetGo"/>.</summary>
    public bool TryBeginStream(int limit) => _streams.TryEnter(limit);

    public void EndStream()
    {
        Interlocked.Exchange(ref _lastUse, _timeProvider.GetTimestamp());
        _streams.Leave();
    }

    /// <summary>Lets go of the session without waiting for its requests.</summary>
    public async ValueTask DisposeAsync() => await CloseAsync(TimeSpan.Zero).ConfigureAwait(false);

    /// <summary>Lets go of the session: its streams end, its requests come to an end, its state is written, its claim is released. Calling it again waits for the first call.</summary>
    /// <param name="drainTimeout">How long requests may take.</param>
    /// <returns>Whether this call was the first.</returns>
    public async Task<bool> CloseAsync(TimeSpan drainTimeout)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            await _closed.Task.ConfigureAwait(false);
            return false;
        }

        try
        {
            Task drained = _requests.CloseAsync();
            await _letGo.CancelAsync().ConfigureAwait(false);
            if (_claim.IsHeld && !drained.IsCompleted)
            {
                await drained.WaitAsync(drainTimeout, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await _session.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await _claim.DisposeAsync().ConfigureAwait(false);
            _closed.TrySetResult();
        }

        return true;
    }
}

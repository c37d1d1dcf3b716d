namespace ChatGen;

/// <summary>Ownership within one process. Whoever claims a key that is held makes its holder let go, and waits for that.</summary>
/// <remarks>Thread-safe. It knows nothing of other processes: a farm needs one that does, such as that of ChatGen.Redis.</remarks>
public sealed class InProcessChatOwnership : IChatOwnership
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Claim> _claims = new(StringComparer.Ordinal);
    private readonly TimeSpan _patience;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes an ownership in which nothing is claimed.</summary>
    /// <param name="patience">How long a claim waits for the holder to let go; by default 10 s.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is negative.</exception>
    public InProcessChatOwnership(TimeSpan? patience = null, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience ?? default, TimeSpan.Zero, nameof(patience));
        _patience = patience ?? TimeSpan.FromSeconds(10);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async ValueTask<IChatClaim?> ClaimAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        using var deadline = new CancellationTokenSource(_patience, _timeProvider);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Claim? held;
            lock (_gate)
            {
                if (!_claims.TryGetValue(key, out held))
                {
                    var claim = new Claim(this, key);
                    _claims.Add(key, claim);
                    return claim;
                }
            }

            held.Revoke();
            try
            {
                await held.Released.WaitAsync(waiting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private void Release(Claim claim)
    {
        lock (_gate)
        {
            _claims.Remove(claim.Key);
        }
    }

    private sealed class Claim(InProcessChatOwnership owner, string key) : IChatClaim
    {
        // Never disposed of: Revoked may be read at any time, and there is no timer that would have to be let go of.
        private readonly CancellationTokenSource _revoked = new();
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Key => key;

        public CancellationToken Revoked => _revoked.Token;

        public bool IsHeld => !_released.Task.IsCompleted;

        public Task Released => _released.Task;

        public void Revoke() => _ = _revoked.CancelAsync();

        public ValueTask DisposeAsync()
        {
            if (IsHeld)
            {
                owner.Release(this);
                _released.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}

using Microsoft.Extensions.Logging;

namespace ChatGen.Ownership;

/// <summary>
/// Decides for one node which sessions it holds. It holds them under a lease that it renews; it counts on the lease for less time than the store does, by its own monotonic clock, so that it has let go before the store gives a session to another node.
/// </summary>
/// <remarks>
/// Thread-safe. What it relies on: the clocks of node and store run at rates that differ by less than a tenth, and the store's clock is not set forward by more than a tenth of a lease.
/// <c>docs/scale.md</c> tells the whole argument.
/// </remarks>
internal sealed partial class NodeOwnership : IChatOwnership, IAsyncDisposable
{
    private const int RebindBatch = 200;

    private readonly IOwnershipStore _store;
    private readonly OwnershipTiming _timing;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Random _random;
    private readonly Func<CancellationTokenSource, Task> _cancel;
    private readonly string _node;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeySlot> _slots = new(StringComparer.Ordinal);
    private readonly List<NodeLease> _former = [];
    private readonly Signal _wake;
    private NodeLease? _lease;
    private Task? _running;
    private int _leases;
    private bool _rebinding;
    private bool _stopped;

    /// <param name="store">What the nodes share.</param>
    /// <param name="timing">The durations, the same for all nodes.</param>
    /// <param name="timeProvider">The clock, of which only the monotonic side is used.</param>
    /// <param name="logger">Where it is told what becomes of the lease.</param>
    /// <param name="random">Spreads polling and renewals.</param>
    /// <param name="node">A name that no node, past or present, shares.</param>
    /// <param name="cancel">How tokens are signalled.</param>
    public NodeOwnership(IOwnershipStore store, OwnershipTiming timing, TimeProvider timeProvider, ILogger logger, Random random, string node, Func<CancellationTokenSource, Task> cancel)
    {
        _store = store;
        _timing = timing;
        _timeProvider = timeProvider;
        _logger = logger;
        _random = random;
        _node = node;
        _cancel = cancel;
        _wake = new Signal(timeProvider);
    }

    /// <summary>How many sessions the node holds now.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _slots.Values.Count(slot => slot.Claim is { IsHeld: true });
            }
        }
    }

    /// <summary>Whether the node can hold sessions now.</summary>
    public bool HasLease => Volatile.Read(ref _lease) is { IsValid: true, IsEnding: false };

    /// <summary>Begins to renew a lease, if that has not begun. A claim begins it too.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _running ??= RunAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IChatClaim?> ClaimAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Start();
        long begun = _timeProvider.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryClaimAsync(key).ConfigureAwait(false) is { } claim)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    await ReleaseAsync(claim).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return claim;
            }

            TimeSpan left = _timing.ClaimTimeout - _timeProvider.GetElapsedTime(begun);
            // A delay of less than a millisecond is none.
            if (left < TimeSpan.FromMilliseconds(1) || Volatile.Read(ref _stopped))
            {
                return null;
            }

            TimeSpan pause = PollPause(attempt);
            await Task.Delay(pause < left ? pause : left, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of everything, and tells the store.</summary>
    public async ValueTask DisposeAsync()
    {
        NodeLease? lease;
        Task? running;
        List<SessionClaim> claims;
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            lease = _lease;
            _lease = null;
            running = _running;
            claims = [.. _slots.Values.Select(slot => slot.Claim).OfType<SessionClaim>()];
            _slots.Clear();
        }

        foreach (SessionClaim claim in claims)
        {
            claim.End();
            claim.Revoke(_cancel);
        }

        _wake.Set();
        if (running is not null)
        {
            await running.ConfigureAwait(false);
        }

        // A registration that was under way may have made another lease since.
        foreach (NodeLease last in new[] { lease, Interlocked.Exchange(ref _lease, null) }.OfType<NodeLease>())
        {
            last.Invalidate();
            last.Dispose();
            try
            {
                await BoundedAsync(_store.UnregisterAsync(last.Owner, _timing.Lease)).ConfigureAwait(false);
            }
            catch (OwnershipStoreException exception)
            {
                Log.StoreFailed(_logger, exception);
            }
        }

        _wake.Dispose();
    }

    internal async ValueTask ReleaseAsync(SessionClaim claim)
    {
        if (!claim.End())
        {
            return;
        }

        lock (_gate)
        {
            if (_slots.TryGetValue(claim.Key, out KeySlot? slot) && slot.Claim == claim)
            {
                _slots.Remove(claim.Key);
            }
        }

        await ReleaseAsync(claim.Lease.Owner, claim.Session).ConfigureAwait(false);
    }

    private async Task<SessionClaim?> TryClaimAsync(string key)
    {
        NodeLease lease;
        KeySlot slot;
        lock (_gate)
        {
            // The node's own claim is waited for like another node's, but nobody is asked to let go: who claims here twice is the one who holds it.
            if (_slots.ContainsKey(key) || _lease is not { IsValid: true, IsEnding: false })
            {
                return null;
            }

            lease = _lease;
            slot = new KeySlot();
            _slots.Add(key, slot);
        }

        long askedAt = _timeProvider.GetTimestamp();
        ClaimAnswer answer;
        try
        {
            answer = await BoundedAsync(_store.ClaimAsync(lease.Epoch, lease.Owner, key, _timing.Lease, _timing.EntryLifetime)).ConfigureAwait(false);
        }
        catch (OwnershipStoreException exception)
        {
            // It may be granted all the same, now or later. Then nobody has it until a node asks this one for it, or its lease ends.
            Log.ClaimFailed(_logger, exception);
            Forget(key, slot);
            return null;
        }

        if (answer.Status != ClaimStatus.Granted)
        {
            Forget(key, slot);
            if (answer.Status == ClaimStatus.WithoutLease)
            {
                _wake.Set();
            }

            return null;
        }

        var claim = new SessionClaim(this, new OwnedSession(key, answer.Number), lease, askedAt, _timing.EntryLifetime, _timeProvider);
        bool wanted;
        lock (_gate)
        {
            slot.Claim = claim;
            wanted = slot.WantedNumber >= answer.Number;
            if (_lease != lease || _stopped)
            {
                // The lease has been replaced in the meantime, and the claim was not among those that moved on with it.
                _slots.Remove(key);
                slot.Claim = null;
            }
        }

        if (slot.Claim is null || !claim.IsHeld)
        {
            await ReleaseAsync(claim).ConfigureAwait(false);
            return null;
        }

        if (lease.IsEnding)
        {
            claim.Revoke(_cancel);
        }
        else if (wanted)
        {
            HandOver(claim);
        }

        return claim;
    }

    private void Forget(string key, KeySlot slot)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(key, out KeySlot? current) && current == slot)
            {
                _slots.Remove(key);
            }
        }
    }

    private async Task ReleaseAsync(string owner, OwnedSession session)
    {
        try
        {
            await BoundedAsync(_store.ReleaseAsync(owner, session)).ConfigureAwait(false);
        }
        catch (OwnershipStoreException exception)
        {
            // Whoever asks for the session will be asked back by the inbox, and it is released then.
            Log.ReleaseFailed(_logger, exception);
        }
    }

    private void OnWanted(NodeLease lease, OwnedSession session)
    {
        SessionClaim? claim;
        lock (_gate)
        {
            if (_slots.TryGetValue(session.Key, out KeySlot? slot))
            {
                slot.WantedNumber = Math.Max(slot.WantedNumber, session.Number);
                if (slot.Claim is null)
                {
                    return;
                }

                claim = slot.Claim;
            }
            else
            {
                claim = null;
            }
        }

        if (claim is null)
        {
            // Granted to a call that this node did not hear the answer of, or freed by one that the store did not hear.
            _ = ReleaseAsync(lease.Owner, session);
        }
        else if (session.Number >= claim.Session.Number)
        {
            HandOver(claim);
        }
    }

    private void HandOver(SessionClaim claim)
    {
        TimeSpan left = _timing.MinimumHold - _timeProvider.GetElapsedTime(claim.ClaimedAt);
        if (left <= TimeSpan.Zero)
        {
            claim.Revoke(_cancel);
        }
        else
        {
            _ = HandOverLaterAsync(claim, left);
        }
    }

    private async Task HandOverLaterAsync(SessionClaim claim, TimeSpan pause)
    {
        await Task.Delay(pause, _timeProvider).ConfigureAwait(false);
        claim.Revoke(_cancel);
    }

    private void OnEnding(NodeLease lease)
    {
        SessionClaim[] claims = Claims(claim => claim.Lease == lease);
        if (claims.Length > 0)
        {
            Log.Ending(_logger, claims.Length);
            RevokeAll(lease);
        }

        _wake.Set();
    }

    private void RevokeAll(NodeLease lease)
    {
        foreach (SessionClaim claim in Claims(claim => claim.Lease == lease))
        {
            claim.Revoke(_cancel);
        }
    }

    private void Lose(SessionClaim claim)
    {
        claim.Lose();
        claim.Revoke(_cancel);
    }

    private SessionClaim[] Claims(Func<SessionClaim, bool> where)
    {
        lock (_gate)
        {
            return [.. _slots.Values.Select(slot => slot.Claim).OfType<SessionClaim>().Where(where)];
        }
    }

    private TimeSpan PollPause(int attempt)
    {
        double longest = Math.Min(OwnershipTiming.LongestPoll.TotalMilliseconds, OwnershipTiming.ShortestPoll.TotalMilliseconds * Math.Pow(1.8, Math.Min(attempt, 20)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (0.5 * NextDouble())));
    }

    private double NextDouble()
    {
        lock (_gate)
        {
            return _random.NextDouble();
        }
    }

    private async Task BoundedAsync(Task task) => await BoundedAsync(WithResultAsync(task)).ConfigureAwait(false);

    private async Task<T> BoundedAsync<T>(Task<T> task)
    {
        try
        {
            return await task.WaitAsync(_timing.StoreTimeout, _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            // What becomes of it later is of no interest, but must not count as unobserved.
            _ = task.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw new OwnershipStoreException("The store did not answer in time.", exception);
        }
    }

    private static async Task<bool> WithResultAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}

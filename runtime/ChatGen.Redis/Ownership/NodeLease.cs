namespace ChatGen.Ownership;

/// <summary>A lease of this node, as the node sees it. Once it has lapsed it never holds again.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NodeLease : IDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly OwnershipTiming _timing;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _validUntil;
    private bool _revoking;

    /// <param name="owner">Its name in the store.</param>
    /// <param name="epoch">The store's epoch.</param>
    /// <param name="askedAt">The timestamp from before the store was asked.</param>
    /// <param name="timing">The durations.</param>
    /// <param name="timeProvider">The clock, of which only the monotonic side is used.</param>
    /// <param name="ending">Called once, when the sessions of the lease have to be let go of.</param>
    public NodeLease(string owner, string epoch, long askedAt, OwnershipTiming timing, TimeProvider timeProvider, Action<NodeLease> ending)
    {
        Owner = owner;
        Epoch = epoch;
        _timing = timing;
        _timeProvider = timeProvider;
        _validUntil = askedAt + Ticks(timing.Validity);
        _timer = timeProvider.CreateTimer(_ => OnTimer(ending), null, UntilRevocation(), Timeout.InfiniteTimeSpan);
    }

    public string Owner { get; }

    public string Epoch { get; }

    /// <summary>Whether it is certain that the store has not let the lease lapse.</summary>
    public bool IsValid => _timeProvider.GetTimestamp() < Volatile.Read(ref _validUntil);

    /// <summary>Whether its sessions are being let go of.</summary>
    public bool IsEnding
    {
        get
        {
            lock (_gate)
            {
                return _revoking || UntilRevocation() == TimeSpan.Zero;
            }
        }
    }

    /// <summary>Counts on the lease for longer.</summary>
    /// <returns>Whether it had not lapsed before the answer came, and its sessions are not being let go of.</returns>
    public bool Extend(long askedAt)
    {
        lock (_gate)
        {
            if (_revoking || !IsValid)
            {
                return false;
            }

            Volatile.Write(ref _validUntil, Math.Max(_validUntil, askedAt + Ticks(_timing.Validity)));
            _timer.Change(UntilRevocation(), Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Invalidate()
    {
        lock (_gate)
        {
            _revoking = true;
            Volatile.Write(ref _validUntil, long.MinValue);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer(Action<NodeLease> ending)
    {
        lock (_gate)
        {
            TimeSpan left = UntilRevocation();
            if (_revoking || left > TimeSpan.Zero)
            {
                if (!_revoking)
                {
                    _timer.Change(left, Timeout.InfiniteTimeSpan);
                }

                return;
            }

            _revoking = true;
        }

        ending(this);
    }

    private TimeSpan UntilRevocation()
    {
        long now = _timeProvider.GetTimestamp();
        long at = Volatile.Read(ref _validUntil) - Ticks(_timing.RevocationLead);
        // Rounded up to whole milliseconds, in which timers count.
        return at <= now ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(_timeProvider.GetElapsedTime(now, at).TotalMilliseconds));
    }

    private long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * _timeProvider.TimestampFrequency);
}

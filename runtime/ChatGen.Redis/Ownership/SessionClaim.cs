namespace ChatGen.Ownership;

/// <summary>A session that this node holds under one of its leases.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SessionClaim : IChatClaim
{
    // Never disposed of: Revoked may be read at any time, and there is no timer that would have to be let go of.
    private readonly CancellationTokenSource _revoked = new();
    private readonly NodeOwnership _node;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _entryLifetime;
    private NodeLease _lease;
    private long _entryAskedAt;
    private int _ended;
    private int _lost;
    private int _revocation;

    public SessionClaim(NodeOwnership node, OwnedSession session, NodeLease lease, long askedAt, TimeSpan entryLifetime, TimeProvider timeProvider)
    {
        _node = node;
        Session = session;
        _lease = lease;
        _entryAskedAt = askedAt;
        _entryLifetime = entryLifetime;
        _timeProvider = timeProvider;
        ClaimedAt = timeProvider.GetTimestamp();
    }

    public OwnedSession Session { get; }

    public string Key => Session.Key;

    public long ClaimedAt { get; }

    public NodeLease Lease => Volatile.Read(ref _lease);

    public CancellationToken Revoked => _revoked.Token;

    /// <summary>Reads the clock, so that a process that was stopped for longer than its lease knows it before it does anything.</summary>
    public bool IsHeld => Volatile.Read(ref _ended) == 0 && Volatile.Read(ref _lost) == 0 && EntryAge < _entryLifetime && Lease.IsValid;

    /// <summary>Whether the store should be told soon that the session is still held.</summary>
    public bool IsAged => EntryAge > _entryLifetime / 2;

    private TimeSpan EntryAge => _timeProvider.GetElapsedTime(Volatile.Read(ref _entryAskedAt));

    /// <summary>The session belongs to this lease now, and the store keeps its entry from <paramref name="askedAt"/> on.</summary>
    public void Bind(NodeLease lease, long askedAt)
    {
        Volatile.Write(ref _lease, lease);
        Volatile.Write(ref _entryAskedAt, askedAt);
    }

    /// <summary>Tells the holder to let go of the session. It is still held until it does, or until the lease ends.</summary>
    public void Revoke(Func<CancellationTokenSource, Task> cancel)
    {
        if (Interlocked.Exchange(ref _revocation, 1) == 0)
        {
            _ = cancel(_revoked);
        }
    }

    /// <summary>The store says that the session is not this claim's any more.</summary>
    public void Lose() => Volatile.Write(ref _lost, 1);

    /// <summary>The holder has let go of the session.</summary>
    /// <returns>Whether this call ended it.</returns>
    public bool End() => Interlocked.Exchange(ref _ended, 1) == 0;

    public ValueTask DisposeAsync() => _node.ReleaseAsync(this);
}

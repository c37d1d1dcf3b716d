namespace ChatGen.Ownership;

/// <summary>The durations by which a node decides. They follow from the options.</summary>
internal sealed record OwnershipTiming
{
    public static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);
    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    /// <summary>How long the store keeps a lease that is not renewed, and for how long it grants nothing after it has lost its memory.</summary>
    public required TimeSpan Lease { get; init; }

    public required TimeSpan Renewal { get; init; }

    public required TimeSpan ClaimTimeout { get; init; }

    public required TimeSpan MinimumHold { get; init; }

    /// <summary>By how much a node's lease ends earlier for the node than for the store: the rates of the two clocks may differ by this much in the time of a lease, and the store's clock may be set forward by it.</summary>
    public TimeSpan Margin => Lease / 10;

    /// <summary>For how long a node counts on a lease, from before it asked for it.</summary>
    public TimeSpan Validity => Lease - Margin;

    /// <summary>How long before the end of a lease that cannot be renewed the sessions are let go of, so that their state can still be written.</summary>
    public TimeSpan RevocationLead => Lease / 4;

    /// <summary>How long a node waits for an answer of the store.</summary>
    public TimeSpan StoreTimeout => Lease / 5;

    /// <summary>How long the store keeps the entry of a session without hearing of it. It only is there to forget the sessions of nodes that died.</summary>
    public TimeSpan EntryLifetime => Lease * 20 > TimeSpan.FromHours(1) ? Lease * 20 : TimeSpan.FromHours(1);

    public static OwnershipTiming From(ChatRedisOwnershipOptions options) => new()
    {
        Lease = options.LeaseDuration,
        Renewal = options.RenewalInterval,
        ClaimTimeout = options.ClaimTimeout,
        MinimumHold = options.MinimumHold,
    };
}

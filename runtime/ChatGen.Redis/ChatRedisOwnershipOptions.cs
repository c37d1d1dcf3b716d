namespace ChatGen;

/// <summary>How the nodes of a farm agree over Redis on who holds a session. All nodes must have the same values.</summary>
/// <remarks>
/// Durations are measured by each node's monotonic clock and by the clock of Redis; the nodes' wall clocks do not matter. A change of <see cref="LeaseDuration"/> or <see cref="KeyPrefix"/> needs all nodes to be stopped first.
/// </remarks>
public sealed class ChatRedisOwnershipOptions
{
    /// <summary>
    /// For how long a node holds its sessions without having reached Redis, and thus how long the sessions of a node that was killed stay out of reach, and new claims after Redis was restarted. Default 10 s; at least 1 s, at most 5 min.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a node renews its lease; this also is how late it hears at worst that another node wants a session, if Redis' notice of it is lost. Default 1 s; at most a quarter of <see cref="LeaseDuration"/>.</summary>
    public TimeSpan RenewalInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a claim waits for a session that another node holds. Default 5 s. Afterwards the visitor is asked to come again.</summary>
    public TimeSpan ClaimTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a node that has claimed a session may keep it although another one asks for it, so that requests that alternate between nodes get something done. Default 250 ms.</summary>
    public TimeSpan MinimumHold { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What the keys in Redis begin with, in braces, so that a Redis Cluster keeps them in one slot. Default <c>chatgen</c>. Give farms that share a Redis different ones.</summary>
    public string KeyPrefix { get; set; } = "chatgen";

    /// <summary>Says what is wrong with the values.</summary>
    /// <exception cref="InvalidOperationException">A value is out of its bounds.</exception>
    internal void ThrowIfInvalid()
    {
        Check(LeaseDuration >= TimeSpan.FromSeconds(1) && LeaseDuration <= TimeSpan.FromMinutes(5), $"{nameof(LeaseDuration)} must be from 1 s to 5 min, but is {LeaseDuration}.");
        Check(RenewalInterval > TimeSpan.Zero && RenewalInterval <= LeaseDuration / 4, $"{nameof(RenewalInterval)} must be more than 0 and at most a quarter of {nameof(LeaseDuration)}, but is {RenewalInterval}.");
        Check(ClaimTimeout >= TimeSpan.Zero && ClaimTimeout <= TimeSpan.FromMinutes(5), $"{nameof(ClaimTimeout)} must be from 0 to 5 min, but is {ClaimTimeout}.");
        Check(MinimumHold >= TimeSpan.Zero && MinimumHold < LeaseDuration, $"{nameof(MinimumHold)} must be at least 0 and less than {nameof(LeaseDuration)}, but is {MinimumHold}.");
        Check(!string.IsNullOrWhiteSpace(KeyPrefix) && KeyPrefix.AsSpan().IndexOfAny('{', '}') < 0, $"{nameof(KeyPrefix)} must have a character and no brace.");
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}

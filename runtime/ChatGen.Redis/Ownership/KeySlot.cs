namespace ChatGen.Ownership;

/// <summary>A key that this node has claimed or is about to claim.</summary>
internal sealed class KeySlot
{
    /// <summary><see langword="null"/> while the store is being asked.</summary>
    public SessionClaim? Claim { get; set; }

    /// <summary>The highest number of a claim that another node has asked for while the store was being asked.</summary>
    public long WantedNumber { get; set; }
}

namespace ChatGen.Ownership;

/// <summary>What became of a claim at the store.</summary>
internal enum ClaimStatus
{
    /// <summary>The session is the claimant's.</summary>
    Granted,

    /// <summary>Another node holds it, and has been asked for it.</summary>
    Held,

    /// <summary>The store has lost its memory not long ago and grants nothing yet.</summary>
    Quarantined,

    /// <summary>The lease of the claimant does not hold in the store.</summary>
    WithoutLease,
}

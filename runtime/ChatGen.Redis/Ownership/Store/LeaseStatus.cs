namespace ChatGen.Ownership;

/// <summary>What became of a lease that was to be renewed.</summary>
internal enum LeaseStatus
{
    /// <summary>It begins anew.</summary>
    Renewed,

    /// <summary>It was over: others may have its sessions.</summary>
    Over,

    /// <summary>The store has lost its memory since the lease began.</summary>
    Forgotten,
}

namespace ChatGen.Ownership;

/// <summary>What the nodes of a farm share. Each call happens at once or not at all; what fails may have happened nevertheless, and may even happen later.</summary>
/// <remarks>
/// An owner is one lease of one node: <c>node.number</c>, never used again once the lease is over. The epoch names one memory of the store: when the store was restarted, was replaced by a replica or came back empty, it is another one, and for the
/// time of a lease no session is granted to anybody who did not hold it. All calls throw <see cref="OwnershipStoreException"/> where the store cannot be reached.
/// </remarks>
internal interface IOwnershipStore
{
    /// <summary>Begins a lease.</summary>
    /// <returns>The epoch in which it holds.</returns>
    Task<string> RegisterAsync(string owner, TimeSpan lease);

    /// <summary>Lengthens a lease, and takes what is wanted of its owner out of the inbox.</summary>
    Task<RenewalAnswer> RenewAsync(string epoch, string owner, TimeSpan lease);

    /// <summary>Ends a lease; its sessions are free.</summary>
    Task UnregisterAsync(string owner, TimeSpan lease);

    /// <summary>Takes a session if it is free; otherwise leaves the wish in the inbox of its owner.</summary>
    Task<ClaimAnswer> ClaimAsync(string epoch, string owner, string key, TimeSpan lease, TimeSpan entryLifetime);

    /// <summary>Hands sessions from one lease of a node to its next, or with the same owner twice lets the store keep their entries for longer.</summary>
    /// <param name="epoch">The epoch of <paramref name="owner"/>.</param>
    /// <param name="previous">Whose they are.</param>
    /// <param name="owner">Whose they become.</param>
    /// <param name="entries">The sessions.</param>
    /// <param name="evenIfForgotten">Whether a session that the store has forgotten, or of which it remembers an earlier claim, is taken too. Only right while the lease of <paramref name="previous"/>, of an earlier epoch, is still valid for its node.</param>
    /// <param name="lease">How long leases are.</param>
    /// <param name="entryLifetime">How long the store keeps the entries.</param>
    /// <returns>For each of the sessions whether it is the owner's now; <see langword="null"/> if the lease of the owner does not hold in this epoch.</returns>
    Task<IReadOnlyList<bool>?> RebindAsync(string epoch, string previous, string owner, IReadOnlyList<OwnedSession> entries, bool evenIfForgotten, TimeSpan lease, TimeSpan entryLifetime);

    /// <summary>Frees a session if it still is that very claim's.</summary>
    Task ReleaseAsync(string owner, OwnedSession session);

    /// <summary>Asks for a hint whenever something new is in the inbox of a node. Hints may be lost.</summary>
    Task<IAsyncDisposable> ListenAsync(string node, Action hint);
}

namespace ChatGen.Ownership;

/// <summary>The store's answer to a renewal.</summary>
/// <param name="Status">What became of the lease.</param>
/// <param name="Wanted">The sessions that other nodes ask for, with the claims that stood in their way.</param>
internal sealed record RenewalAnswer(LeaseStatus Status, IReadOnlyList<OwnedSession> Wanted);

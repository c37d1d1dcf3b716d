namespace ChatGen.Bayeux;

/// <summary>A change of <see cref="BayeuxClient.State"/>.</summary>
/// <param name="Previous">The state before.</param>
/// <param name="Current">The state since.</param>
/// <param name="SessionNumber">
/// How many handshakes have succeeded so far. If it has risen, the server has a new session, which knows nothing of the one before
/// but the subscriptions.
/// </param>
/// <param name="Cause">What went wrong, if that brought the change about.</param>
public sealed record BayeuxStateChange(BayeuxClientState Previous, BayeuxClientState Current, int SessionNumber, BayeuxFault? Cause);

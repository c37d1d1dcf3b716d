namespace ChatGen.Bayeux;

/// <summary>A request that was not answered in time, before it is given up (Bayeux rule 33).</summary>
/// <param name="Channels">Channels of its messages.</param>
/// <param name="Waited">How long it has waited so far.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BayeuxTimeout(IReadOnlyList<string> Channels, TimeSpan Waited);

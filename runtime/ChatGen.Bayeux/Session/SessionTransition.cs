using System.Collections.Immutable;

namespace ChatGen.Bayeux.Session;

/// <summary>Result of a step.</summary>
/// <param name="State">The state from now on.</param>
/// <param name="Effects">What to do, in order.</param>
/// <param name="Fault">What went wrong, if that is why.</param>
internal readonly record struct SessionTransition(SessionState State, ImmutableArray<SessionEffect> Effects, BayeuxFault? Fault = null);

namespace ChatGen.Conformance;

/// <summary>What became of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Refusal">The diagnostics by which no validator was emitted; empty if one was.</param>
/// <param name="Wrong">The tests with another verdict than the specification's, an exception or code that does not compile.</param>
internal sealed record SuiteOutcome(SuiteCase Case, string Refusal, IReadOnlyList<string> Wrong)
{
    /// <summary>The instances that the evaluator cannot decide at compile time.</summary>
    public IReadOnlyList<string> Undecided { get; init; } = [];

    public int Refused => Refusal.Length > 0 ? Case.Tests.Count : 0;

    public int Right => Case.Tests.Count - Refused - Wrong.Count;
}

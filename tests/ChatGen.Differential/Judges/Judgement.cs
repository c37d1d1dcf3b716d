namespace ChatGen.Differential.Judges;

/// <summary>What a judge says about a case.</summary>
/// <param name="Refusal">Why the schema has no verdicts; empty if it has.</param>
/// <param name="Verdicts">For each instance whether it is valid; null if the judge has no verdict.</param>
internal sealed record Judgement(string Refusal, IReadOnlyList<bool?> Verdicts)
{
    public static Judgement Refused(string reason) => new(reason, []);
}

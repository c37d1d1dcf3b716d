using ChatGen.Differential.Judges;

namespace ChatGen.Differential.Comparison;

/// <summary>A case and what two judges say about it.</summary>
internal sealed record Outcome(int Number, JudgedCase Case, Judgement Ours, Judgement Theirs)
{
    /// <summary>Whether both judges have verdicts.</summary>
    public bool IsJudged => Ours.Refusal.Length == 0 && Theirs.Refusal.Length == 0;

    public IEnumerable<Difference> Differences => !IsJudged ? [] : Enumerable.Range(0, Case.Instances.Count)
        .Where(i => Ours.Verdicts[i] != Theirs.Verdicts[i])
        .Select(i => new Difference(Number, Case with { Instances = [Case.Instances[i]] }, Ours.Verdicts[i], Theirs.Verdicts[i]));
}

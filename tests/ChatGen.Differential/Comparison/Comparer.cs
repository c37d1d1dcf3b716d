using ChatGen.Differential.Judges;

namespace ChatGen.Differential.Comparison;

/// <summary>Gives the same cases to two judges, and makes what they differ on small.</summary>
internal sealed class Comparer(IJudge ours, IJudge theirs)
{
    private const int MaxRounds = 40;
    private const int MaxCandidates = 250;

    public async Task<IReadOnlyList<Outcome>> CompareAsync(int firstNumber, IReadOnlyList<JudgedCase> cases, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<Judgement>> theirJudgements = theirs.JudgeAsync(cases, cancellationToken);
        IReadOnlyList<Judgement> ourJudgements = await ours.JudgeAsync(cases, cancellationToken);
        IReadOnlyList<Judgement> others = await theirJudgements;
        return [.. cases.Select((judged, i) => new Outcome(firstNumber + i, judged, ourJudgements[i], others[i]))];
    }

    /// <summary>A smaller schema and instance that the judges differ on: keywords, items and members are left out as long as they do.</summary>
    public async Task<Difference> ShrinkAsync(Difference difference, CancellationToken cancellationToken)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            JudgedCase[] candidates = [.. Candidates(difference.Case).DistinctBy(judged => (judged.Schema, judged.Instances[0])).OrderBy(Size).Take(MaxCandidates)];
            IReadOnlyList<Outcome> outcomes = await CompareAsync(difference.Number, candidates, cancellationToken);
            Difference? smaller = outcomes.SelectMany(outcome => outcome.Differences).Select(found => found with { Number = difference.Number }).MinBy(found => Size(found.Case));
            if (smaller is null)
            {
                break;
            }

            difference = smaller;
        }

        return difference;
    }

    /// <summary>Several differences made small, for a message.</summary>
    public async Task<string> ExplainAsync(IReadOnlyList<Difference> differences, CancellationToken cancellationToken)
    {
        const int Shown = 6;
        var shrunk = new List<string>();
        foreach (Difference difference in differences.DistinctBy(difference => difference.Number).Take(Shown))
        {
            shrunk.Add((await ShrinkAsync(difference, cancellationToken)).ToString());
        }

        return $"{differences.Count} verdicts differ, on {differences.DistinctBy(difference => difference.Number).Count()} schemas. Some of them, made small:\n{string.Join("\n\n", shrunk)}";
    }

    private static int Size(JudgedCase judged) => judged.Schema.Length + judged.Instances[0].Length;

    private static IEnumerable<JudgedCase> Candidates(JudgedCase judged) =>
    [
        .. Reductions.Of(judged.Schema).Select(schema => judged with { Schema = schema }),
        .. Reductions.Of(judged.Instances[0]).Select(instance => judged with { Instances = [instance] }),

        // A subschema with the part that it applies to, which is up to two levels below the keyword and one below the instance.
        .. from keyword in Reductions.PartsOf(judged.Schema)
           from schema in Reductions.PartsOf(keyword).Prepend(keyword)
           from instance in Reductions.PartsOf(judged.Instances[0])
           select judged with { Schema = schema, Instances = [instance] },
    ];
}

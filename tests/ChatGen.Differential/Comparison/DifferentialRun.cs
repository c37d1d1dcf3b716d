using System.Diagnostics;
using ChatGen.Differential.Generation;
using ChatGen.Differential.Judges;

namespace ChatGen.Differential.Comparison;

/// <summary>The run of this process: all cases of the seed, judged by us and by ajv, once for all tests.</summary>
internal sealed class DifferentialRun
{
    /// <summary>How many outcomes are kept whole for the tests that need cases with verdicts; those of a long run would fill the memory.</summary>
    private const int Kept = 2_000;

    private static readonly Lazy<Task<DifferentialRun>> s_run = new(RunAsync);

    private readonly List<Outcome> _outcomes = [];
    private readonly List<Difference> _differences = [];
    private readonly List<(string Judge, Outcome Outcome, string Reason)> _refusals = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private DifferentialRun()
    {
    }

    public static Comparer Judges { get; } = new(new EmittedJudge(), new AjvJudge());

    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    public IReadOnlyList<Difference> Differences => _differences;

    /// <summary>Differences and refusals that come of what ajv is known to judge wrongly.</summary>
    public int FaultsOfAjv { get; private set; }

    public IReadOnlyList<(string Judge, Outcome Outcome, string Reason)> Refusals => _refusals;

    public int Schemas { get; private set; }

    public int Valid { get; private set; }

    public int Invalid { get; private set; }

    public string Report =>
        $"{Schemas} schemas of seed {DifferentialSettings.Seed}, half of them in each draft, with {DifferentialSettings.InstancesPerSchema} instances each, in {_watch.Elapsed.TotalSeconds:0.0} s: "
        + $"ajv says {Valid} valid ({100d * Valid / (Valid + Invalid):0.0} %) and {Invalid} invalid; {_differences.Count} verdicts differ; {FaultsOfAjv} more come of known faults of ajv.\n"
        + string.Join('\n', _refusals.GroupBy(refusal => (refusal.Judge, refusal.Reason)).Select(group => $"{group.Key.Judge} refuse {group.Count()} schemas: {group.Key.Reason}"));

    public static Task<DifferentialRun> GetAsync() => s_run.Value;

    private static async Task<DifferentialRun> RunAsync()
    {
        var run = new DifferentialRun();
        while (run.Schemas < DifferentialSettings.Schemas)
        {
            int count = Math.Min(DifferentialSettings.BatchSize, DifferentialSettings.Schemas - run.Schemas);
            JudgedCase[] cases = [.. Enumerable.Range(run.Schemas, count).Select(number => CaseGenerator.Create(DifferentialSettings.Seed, number))];
            foreach (Outcome outcome in await Judges.CompareAsync(run.Schemas, cases, CancellationToken.None))
            {
                run.Add(outcome);
            }

            run.Schemas += count;
        }

        run._watch.Stop();
        return run;
    }

    private void Add(Outcome outcome)
    {
        if (_outcomes.Count < Kept)
        {
            _outcomes.Add(outcome);
        }

        foreach (Difference difference in outcome.Differences)
        {
            if (AjvFaults.MayExplain(difference))
            {
                FaultsOfAjv++;
            }
            else
            {
                _differences.Add(difference);
            }
        }

        Valid += outcome.Theirs.Verdicts.Count(verdict => verdict == true);
        Invalid += outcome.Theirs.Verdicts.Count(verdict => verdict == false);
        AddRefusal("We", outcome, outcome.Ours);
        AddRefusal("ajv", outcome, outcome.Theirs);
    }

    private void AddRefusal(string judge, Outcome outcome, Judgement judgement)
    {
        if (AjvFaults.MayExplain(judge, judgement.Refusal))
        {
            FaultsOfAjv++;
        }
        else if (judgement.Refusal.Length > 0)
        {
            _refusals.Add((judge, outcome, judgement.Refusal));
        }
    }
}

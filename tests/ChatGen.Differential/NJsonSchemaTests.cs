using System.Globalization;
using ChatGen.Differential.Comparison;
using ChatGen.Differential.Judges;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Differential;

/// <summary>A third opinion, on the schemas that NJsonSchema can be right about. It has known faults, so what it alone says is counted and is no failure.</summary>
public class NJsonSchemaTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Most_verdicts_of_NJsonSchema_are_ours()
    {
        await NpmPackages.SchemaTools.RequireAsync();
        Outcome[] outcomes = [.. (await DifferentialRun.GetAsync()).Outcomes.Where(outcome => outcome.IsJudged && NJsonSchemaJudge.CanBeRight(outcome.Case))];
        IReadOnlyList<Judgement> judgements = await new NJsonSchemaJudge().JudgeAsync([.. outcomes.Select(outcome => outcome.Case)], TestContext.Current.CancellationToken);
        Outcome[] compared = [.. outcomes.Zip(judgements, (outcome, judgement) => outcome with { Theirs = judgement })];

        int verdicts = compared.Sum(outcome => outcome.Theirs.Verdicts.Count);
        Difference[] differences = [.. compared.SelectMany(outcome => outcome.Differences)];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{compared.Length} schemas of seed {DifferentialSettings.Seed} can be judged by NJsonSchema: it refuses {compared.Count(outcome => !outcome.IsJudged)}, and {verdicts - differences.Length} of {verdicts} verdicts are ours ({100d * (verdicts - differences.Length) / verdicts:0.0} %)."));
        output.WriteLine(string.Join('\n', differences.DistinctBy(difference => difference.Number).Take(10)));

        // Measured: 97 of 2,000 schemas, 99.6 %.
        Assert.True(compared.Length >= DifferentialSettings.Schemas / 100, $"Only {compared.Length} schemas.");
        Assert.True(differences.Length < verdicts / 10, string.Join('\n', differences.Take(10)));
    }
}

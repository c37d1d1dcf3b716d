using ChatGen.Differential.Comparison;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Differential;

/// <summary>Random schemas and instances, judged by our emitted validators and by ajv.</summary>
public class DifferentialTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Our_verdict_is_that_of_ajv()
    {
        DifferentialRun run = await RunAsync();

        output.WriteLine(run.Report);
        if (run.Differences.Count > 0)
        {
            Assert.Fail(await DifferentialRun.Judges.ExplainAsync(run.Differences, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Every_schema_is_judged_by_both()
    {
        DifferentialRun run = await RunAsync();

        Assert.True(run.Refusals.Count == 0, string.Join('\n', run.Refusals.Take(20).Select(refusal => $"{refusal.Judge}: {refusal.Reason}\n  case {refusal.Outcome.Number}, {refusal.Outcome.Case.Dialect}: {refusal.Outcome.Case.Schema}")));
    }

    /// <summary>So that nothing of ours can hide behind a fault of ajv's in an ordinary run, and little in others.</summary>
    [Fact]
    public async Task Known_faults_of_ajv_explain_nothing_in_an_ordinary_run_and_little_in_others()
    {
        DifferentialRun run = await RunAsync();

        Assert.InRange(run.FaultsOfAjv, 0, DifferentialSettings.IsOrdinary ? 0 : (run.Valid + run.Invalid) / 200);
    }

    [Fact]
    public async Task Valid_and_invalid_instances_are_both_frequent()
    {
        DifferentialRun run = await RunAsync();

        int all = run.Valid + run.Invalid;
        Assert.InRange(run.Valid, all / 4, all * 3 / 4);
    }

    private static async Task<DifferentialRun> RunAsync()
    {
        await NpmPackages.SchemaTools.RequireAsync();
        return await DifferentialRun.GetAsync();
    }
}

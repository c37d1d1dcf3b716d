using System.Text;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Conformance;

/// <summary>Emitted validators and the evaluator of compile time against the JSON Schema Test Suite, and against each other.</summary>
public class SuiteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("draft7")]
    [InlineData("draft2020-12")]
    public async Task Nothing_is_silently_wrong(string draft)
    {
        IReadOnlyList<SuiteOutcome> outcomes = await OutcomesAsync(draft);

        output.WriteLine(Report(draft, outcomes));
        string[] wrong = [.. outcomes.SelectMany(outcome => outcome.Wrong)];
        Assert.True(wrong.Length == 0, $"{wrong.Length} verdicts are wrong:\n{string.Join('\n', wrong.Take(40))}");
    }

    [Theory]
    [InlineData("draft7", 100)]
    [InlineData("draft2020-12", 99)]
    public async Task What_the_specification_requires_is_right(string draft, double percent)
    {
        SuiteOutcome[] required = [.. (await OutcomesAsync(draft)).Where(outcome => outcome.Case.Set == SuiteSet.Required)];

        Assert.True(100d * required.Sum(outcome => outcome.Right) / required.Sum(outcome => outcome.Case.Tests.Count) >= percent, Report(draft, required));
    }

    [Theory]
    [InlineData("draft7")]
    [InlineData("draft2020-12")]
    public async Task Nothing_is_refused_but_what_is_approved(string draft)
    {
        string[] refused = [.. (await OutcomesAsync(draft)).Where(outcome => outcome.Refused > 0).Select(outcome => $"{outcome.Refusal} | {outcome.Case.Name} | {outcome.Refused}")];
        string[] approved = Approved(draft);

        string[] difference = [.. approved.Except(refused).Select(line => "- " + line), .. refused.Except(approved).Select(line => "+ " + line)];
        Assert.True(difference.Length == 0, $"The refusals differ from those in Approved/{draft}.txt:\n{string.Join('\n', difference.Order(StringComparer.Ordinal))}");
    }

    [Theory]
    [InlineData("draft7")]
    [InlineData("draft2020-12")]
    public async Task Nothing_is_undecided_at_compile_time_but_host_names_in_Punycode(string draft)
    {
        string[] undecided = [.. (await OutcomesAsync(draft)).SelectMany(outcome => outcome.Undecided)];

        Assert.All(undecided, instance => Assert.Contains("xn--", instance, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<IReadOnlyList<SuiteOutcome>> OutcomesAsync(string draft)
    {
        if (!Suite.IsThere)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", Suite.WhyMissing);
            Assert.Fail(Suite.WhyMissing);
        }

        await NpmPackages.SchemaTools.RequireAsync();
        return SuiteRun.Of(draft);
    }

    private static string Report(string draft, IReadOnlyList<SuiteOutcome> outcomes)
    {
        var report = new StringBuilder();
        foreach (IGrouping<SuiteSet, SuiteOutcome> set in outcomes.GroupBy(outcome => outcome.Case.Set).OrderBy(set => set.Key))
        {
            report.AppendLine(System.Globalization.CultureInfo.InvariantCulture,
                $"{draft} {set.Key}: {set.Sum(outcome => outcome.Case.Tests.Count)} tests, {set.Sum(outcome => outcome.Right)} right, {set.Sum(outcome => outcome.Refused)} refused, {set.Sum(outcome => outcome.Wrong.Count)} wrong; {set.Sum(outcome => outcome.Undecided.Count)} undecided at compile time");
            foreach (IGrouping<string, SuiteOutcome> refusal in set.Where(outcome => outcome.Refused > 0).GroupBy(outcome => outcome.Refusal).OrderBy(refusal => refusal.Key, StringComparer.Ordinal))
            {
                report.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"  {refusal.Key}: {refusal.Sum(outcome => outcome.Refused)}");
            }
        }

        return report.ToString();
    }

    private static string[] Approved(string name) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Approved", name + ".txt"));
}

using ChatGen.Analyzers.Tests.Agreement;

namespace ChatGen.Analyzers.Tests;

/// <summary>Random constant initialisers of random options: the analyzer says of the code what <c>Validate()</c> says of the value.</summary>
public sealed class AgreementTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_analyzer_says_of_an_initialiser_what_Validate_says_of_its_value()
    {
        AgreementRun run = await AgreementRun.CreateAsync();

        output.WriteLine(run.Report);
        Assert.True(run.Differences.Count == 0, run.Report + "\n" + string.Join('\n', run.Differences.Take(40)));
        Assert.InRange(run.Wrong, run.Compared / 5, run.Compared * 9 / 10);
        Assert.True(run.Throws.Count * 10 < run.Compared, run.Report + "\n" + string.Join('\n', run.Throws.Take(20)));
        Assert.InRange(run.Refused, 0, run.Compared / 200);
    }
}

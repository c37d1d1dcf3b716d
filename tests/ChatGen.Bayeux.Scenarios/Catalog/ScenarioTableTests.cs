using Xunit;

[assembly: TestCollectionOrderer(typeof(ChatGen.Bayeux.Scenarios.Catalog.TableLast))]

namespace ChatGen.Bayeux.Scenarios.Catalog;

/// <summary>Runs when all scenarios have ended.</summary>
[Collection(Name)]
public sealed class ScenarioTableTests
{
    public const string Name = "table";

    private static readonly bool s_isWritten = Environment.GetEnvironmentVariable("CHATGEN_WRITE_SCENARIOS") == "1";

    private static readonly bool s_isContinuousIntegration =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task The_page_says_what_this_run_has_found()
    {
        string[] missing = [.. ScenarioTable.Missing()];
        if (s_isContinuousIntegration)
        {
            Assert.Empty(missing);
        }

        Assert.SkipWhen(missing.Length > 0, $"{missing.Length} cells were not played in this run, such as {missing.FirstOrDefault()}.");
        string path = FindPage();
        string page = ScenarioTable.Write();
        if (s_isWritten)
        {
            await File.WriteAllTextAsync(path, page, TestContext.Current.CancellationToken);
        }

        Assert.Equal(page, File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "");
    }

    private static string FindPage()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChatGen.sln")))
            {
                return Path.Combine(folder.FullName, "docs", "scenarios.md");
            }
        }

        throw new DirectoryNotFoundException($"There is no ChatGen.sln above {AppContext.BaseDirectory}.");
    }
}

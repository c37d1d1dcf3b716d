namespace ChatGen.Package.Tests;

/// <summary>Options that the schema refuses, in a build with the packages.</summary>
public sealed class UsageTests(PackageFeed feed)
{
    [Fact]
    public async Task Wrong_values_do_not_compile()
    {
        var project = new ScratchProject(feed, "values", "Variant", VariantProject.SchemaItem);
        project.Use("WrongValues");

        ProcessRun build = await project.BuildAsync();

        Assert.NotEqual(0, build.ExitCode);
        string[] said = [.. Usage(build)];
        Assert.Equal(
            [
                "appsettings.json(4,29): error CHAT2003: 'MaxOfflineDuration' must be at least 0, but is -1",
                "Program.cs(6,64): error CHAT2001: 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given",
                "Program.cs(9,26): error CHAT2003: 'MaxOfflineDuration' must be at least 0, but is -5",
                "Program.cs(11,32): error CHAT2003: 'Message' must have at least 1 character, but has 0",
                "Program.cs(14,91): error CHAT2004: 'ServerUrl' must match the pattern ^https?://",
                "Program.cs(19,26): error CHAT2010: 'MaxOfflineDuration' has no effect together with 'StateStorage'",
            ],
            said);
        // There, warnings are warnings.
        string readMe = File.ReadAllText(Path.Combine(feed.Sources, "README.md"));
        Assert.All(said, line => Assert.Contains(line.Replace("error CHAT2010", "warning CHAT2010", StringComparison.Ordinal), readMe, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_references_a_library_that_hands_out_options_is_checked_too()
    {
        var library = new ScratchProject(feed, "library", "Library", isLibrary: true);
        var application = new ScratchProject(feed, "application", "LibraryUser", library: library);

        ProcessRun build = await application.BuildAsync();

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(["Program.cs(3,63): error CHAT2003: 'MaxOfflineDuration' must be at least 0, but is -1"], Usage(build));
    }

    // What follows the message is the address of the diagnostic's page.
    private static IEnumerable<string> Usage(ProcessRun build) => build.Diagnostics.OrderBy(diagnostic => diagnostic.Line).ThenBy(diagnostic => diagnostic.Column)
        .Select(diagnostic => diagnostic.ToString().Split(" (docs/")[0]);
}

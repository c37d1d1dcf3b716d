namespace ChatGen.Package.Tests;

/// <summary>A program that references the packages and says nothing of a schema.</summary>
public sealed class BuiltInSchemaTests(PackageFeed feed)
{
    [Fact]
    public async Task A_package_reference_is_all_that_a_chat_client_needs()
    {
        ScratchProject project = new(feed, "built-in", "BuiltIn");

        ProcessRun build = (await project.BuildAsync()).RequireSuccess();
        Assert.Contains("0 Warning(s)", build.Lines);

        ProcessRun run = (await project.RunAsync()).RequireSuccess();
        Assert.Equal(Transcript.OfBuiltIn, run.Lines);
        Assert.Empty(run.Error);
    }
}

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

    [Fact]
    public async Task An_sdk_whose_compiler_is_too_old_is_told_so_instead_of_passing_over_the_generator()
    {
        ScratchProject project = new(feed, "old-sdk", "BuiltIn");

        ProcessRun build = await project.BuildAsync("-property:NETCoreSdkVersion=7.0.400");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains(build.Lines, line => line.Contains("error CHAT0006: ChatGen needs the .NET SDK 8.0.100 or later (Roslyn 4.8), but this is 7.0.400.", StringComparison.Ordinal));
    }
}

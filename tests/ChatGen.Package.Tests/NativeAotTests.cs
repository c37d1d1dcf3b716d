namespace ChatGen.Package.Tests;

/// <summary>The program of <see cref="BuiltInSchemaTests"/>, client and backend, compiled to native code.</summary>
public sealed class NativeAotTests(PackageFeed feed)
{
    [Fact]
    public async Task A_chat_client_compiles_to_native_code_without_a_warning_and_works()
    {
        ScratchProject project = new(feed, "native", "BuiltIn");

        ProcessRun publish = await project.PublishNativeAsync();
        if (publish.ExitCode != 0 && MissingTool(publish) is { } reason)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
        }

        publish.RequireSuccess();
        Assert.Empty(publish.Diagnostics);

        ProcessRun run = (await project.RunNativeAsync()).RequireSuccess();
        Assert.Equal(Transcript.OfBuiltIn, run.Lines);
        Assert.Empty(run.Error);
    }

    /// <summary>What the machine lacks for native compilation, from the words of the build and of the linker.</summary>
    private static string? MissingTool(ProcessRun publish) => publish.ToString() switch
    {
        string output when output.Contains("Platform linker", StringComparison.Ordinal) => "Native AOT needs a C compiler and its linker: https://aka.ms/nativeaot-prerequisites.",
        string output when output.Contains("cannot find -lz", StringComparison.Ordinal) || output.Contains("library not found for -lz", StringComparison.Ordinal) => "Native AOT needs zlib's development files: https://aka.ms/nativeaot-prerequisites.",
        _ => null,
    };
}

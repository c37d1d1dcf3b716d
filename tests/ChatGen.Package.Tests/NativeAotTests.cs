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

    /// <summary>What the machine lacks for native compilation, in the words of the build or of the linker; <see langword="null"/> if it failed for another reason.</summary>
    private static string? MissingTool(ProcessRun publish)
    {
        // A compiler, objcopy of the binutils, or, where .NET was built by the distribution, development files such as zlib's.
        string[] signs = ["Platform linker", "Symbol stripping tool", "cannot find -l", "library not found for -l"];
        string? line = publish.Lines.FirstOrDefault(line => signs.Any(sign => line.Contains(sign, StringComparison.Ordinal)));
        return line is null ? null : $"Native AOT needs tools that this machine lacks (https://aka.ms/nativeaot-prerequisites): {line}";
    }
}

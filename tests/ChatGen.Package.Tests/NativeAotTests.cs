namespace ChatGen.Package.Tests;

/// <summary>The program of <see cref="BuiltInSchemaTests"/>, client and backend, and one on a host, compiled to native code.</summary>
public sealed class NativeAotTests(PackageFeed feed)
{
    [Fact]
    public Task A_chat_client_compiles_to_native_code_without_a_warning_and_works() => CompileAndRunAsync(new ScratchProject(feed, "native", "BuiltIn"), Transcript.OfBuiltIn);

    [Fact]
    public Task A_host_with_a_chat_client_compiles_to_native_code_without_a_warning_and_works() => CompileAndRunAsync(
        new ScratchProject(feed, "native-host", "Hosted", packages: $"""
            <PackageReference Include="ChatGen.DependencyInjection" Version="{feed.Version}" />
            <PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.13" />
            """),
        Transcript.OfHosted);

    private static async Task CompileAndRunAsync(ScratchProject project, string[] transcript)
    {
        ProcessRun publish = await project.PublishNativeAsync();
        if (publish.ExitCode != 0 && MissingTool(publish) is { } reason)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
        }

        publish.RequireSuccess();
        Assert.Empty(publish.Diagnostics);

        ProcessRun run = (await project.RunNativeAsync()).RequireSuccess();
        Assert.Equal(transcript, run.Lines);
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

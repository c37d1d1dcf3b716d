using ChatGen.Tests.Shared;

namespace ChatGen.Browser.Tests.Site;

/// <summary>The sample page as it would be deployed: published and trimmed, into a folder of its own.</summary>
public sealed class PublishedSite
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(8);

    private readonly Lazy<Task<NodeRun>> _publishing = new(PublishAsync);

    /// <summary>Where the files that the browser loads are.</summary>
    internal static string Frontend => Path.Combine(Output, "wwwroot");

    private static string Artifacts { get; } = Path.Combine(Repository.Root, "artifacts", "browser-tests", "publish");

    private static string Output => Path.Combine(Artifacts, "site");

    /// <summary>What <c>dotnet publish</c> has said.</summary>
    internal Task<NodeRun> PublishedAsync() => _publishing.Value;

    /// <summary>The folder with the host.</summary>
    internal async Task<string> RequireAsync()
    {
        // Publishing takes longer than most tests; whoever works on them may have done it before.
        if (Environment.GetEnvironmentVariable("CHATGEN_PUBLISHED_WEBCHAT") is { Length: > 0 } published)
        {
            return published;
        }

        await PublishedAsync();
        return Output;
    }

    // Objects included: other tests may build the same projects at the same time.
    private static async Task<NodeRun> PublishAsync()
    {
        // What is up to date is not trimmed again, and then nobody is warned.
        if (Directory.Exists(Artifacts))
        {
            Directory.Delete(Artifacts, recursive: true);
        }

        using CancellationTokenSource timeout = new(s_timeout);
        NodeRun run = await NodeProgram.RunAsync(
            "dotnet",
            ["publish", "samples/WebChat", "--configuration", "Release", "--artifacts-path", Artifacts, "--output", Output, "-nodeReuse:false", "-terminalLogger:off", "-property:UseSharedCompilation=false"],
            Repository.Root,
            timeout.Token);
        return run.ExitCode == 0 ? run : throw new InvalidOperationException($"The page could not be published:{Environment.NewLine}{run.Output}{run.Error}");
    }
}

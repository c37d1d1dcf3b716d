using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatGen.Tests.Shared;

namespace ChatGen.Browser.Tests.Site;

/// <summary>The sample page as it would be deployed: published and trimmed, from a folder of its own, and served by its host.</summary>
public sealed partial class PublishedSite : IAsyncDisposable
{
    private static readonly TimeSpan s_publishTimeout = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(30);

    private readonly Lazy<Task<NodeRun>> _publishing = new(PublishAsync);
    private readonly Lazy<Task<Uri>> _starting;
    private Process? _process;

    /// <summary>Nothing is published or started before it is asked for.</summary>
    public PublishedSite() => _starting = new Lazy<Task<Uri>>(StartAsync);

    private static string Artifacts { get; } = Path.Combine(Repository.Root, "artifacts", "browser-tests");

    private static string Output => Path.Combine(Artifacts, "site");

    /// <summary>Where the files that the browser loads are.</summary>
    internal static string Frontend => Path.Combine(Output, "wwwroot");

    /// <summary>What <c>dotnet publish</c> has said.</summary>
    internal Task<NodeRun> PublishedAsync() => _publishing.Value;

    /// <summary>Address of the page.</summary>
    internal Task<Uri> AddressAsync() => _starting.Value;

    /// <summary>Stops the host.</summary>
    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    // Into a folder of its own, objects included: other tests may build the same projects at the same time.
    private static async Task<NodeRun> PublishAsync()
    {
        using CancellationTokenSource timeout = new(s_publishTimeout);
        NodeRun run = await NodeProgram.RunAsync(
            "dotnet",
            ["publish", "samples/WebChat", "--configuration", "Release", "--artifacts-path", Artifacts, "--output", Output, "-nodeReuse:false", "-terminalLogger:off", "-property:UseSharedCompilation=false"],
            Repository.Root,
            timeout.Token);
        return run.ExitCode == 0 ? run : throw new InvalidOperationException($"The page could not be published:{Environment.NewLine}{run.Output}{run.Error}");
    }

    private async Task<Uri> StartAsync()
    {
        await PublishedAsync();
        _process = NodeProgram.Start("dotnet", [Path.Combine(Output, "WebChat.dll"), "--port", "0"], Output);
        _process.StandardInput.Close();
        using CancellationTokenSource timeout = new(s_startTimeout);
        while (await _process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (AddressPattern().Match(line) is { Success: true } match)
            {
                // What it prints besides must not fill the pipe.
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException($"The page's host did not start: {await _process.StandardError.ReadToEndAsync(CancellationToken.None)}");
    }

    [GeneratedRegex(@"^Now chatting at (http://\S+)")]
    private static partial Regex AddressPattern();
}

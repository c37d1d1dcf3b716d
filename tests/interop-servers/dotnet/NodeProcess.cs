using System.Diagnostics;
using System.Text.Json;
using ChatGen.Tests.Shared;

namespace ChatGen.Interop;

/// <summary>A script of <c>tests/interop-servers</c> at work: a server until it is disposed of, or a run to its end.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Task<string> _error;

    private NodeProcess(Process process, Task<string> error, int port)
    {
        _process = process;
        _error = error;
        CometDUrl = new Uri($"http://127.0.0.1:{port}/cometd");
    }

    /// <summary>Address of the server's CometD backend.</summary>
    public Uri CometDUrl { get; }

    /// <summary>Starts <c>cometd-server.js</c> or <c>faye-server.js</c>. It accepts connections when the task is done.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="options">Options such as <c>--timeout=5000</c>.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<NodeProcess> StartServerAsync(string script, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        await NpmPackages.InteropServers.RequireAsync();
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_startTimeout);
        Process process = NodeProgram.Start("node", [script, .. options], NpmPackages.InteropServers.Folder);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(timeout.Token)
                ?? throw new InvalidOperationException($"{script} ended before it listened: {await error}");
            using JsonDocument announcement = JsonDocument.Parse(line);
            // What it writes from now on is of no interest, but must not fill the pipe.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new NodeProcess(process, error, announcement.RootElement.GetProperty("port").GetInt32());
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a script with Node to its end.</summary>
    public static async Task<NodeRun> RunScriptAsync(string script, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await NpmPackages.InteropServers.RequireAsync();
        return await NodeProgram.RunAsync("node", [script, .. arguments], NpmPackages.InteropServers.Folder, cancellationToken);
    }

    /// <summary>Ends the server.</summary>
    public async ValueTask DisposeAsync()
    {
        // A server ends with its standard input.
        _process.StandardInput.Close();
        using CancellationTokenSource timeout = new(s_stopTimeout);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        await _error;
        _process.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;

namespace ChatGen.Farm.Tests;

/// <summary>A node in a process of its own, which can be started again at the same address.</summary>
internal sealed class FarmNode(int port, string[] arguments) : IAsyncDisposable
{
    private static readonly string s_program = typeof(FarmNode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "FarmNode").Value!;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new();
    private Process? _process;

    public Uri Url { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What it has written: its warnings.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = new ProcessStartInfo("dotnet", [s_program, "--urls", Url.ToString(), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.OutputDataReceived += (_, line) => Read(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        if (await Task.WhenAny(ready.Task, process.WaitForExitAsync()).WaitAsync(s_patience) != ready.Task)
        {
            Assert.Fail($"The node did not start: {Output}");
        }
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        await _process!.WaitForExitAsync().WaitAsync(s_patience);
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
    }

    /// <summary>What the process uses.</summary>
    /// <param name="collect">Whether it collects its garbage first.</param>
    public async Task<NodeUsage> UseAsync(bool collect = false)
    {
        using var client = new HttpClient();
        return (await client.GetFromJsonAsync<NodeUsage>(new Uri(Url, collect ? "/usage?collect=true" : "/usage?collect=false")))!;
    }

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private void Read(string? line, TaskCompletionSource ready)
    {
        if (line == "ready")
        {
            ready.TrySetResult();
        }
        else if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}

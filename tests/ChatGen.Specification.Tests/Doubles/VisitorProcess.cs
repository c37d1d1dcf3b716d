using System.Diagnostics;
using System.Globalization;

namespace ChatGen.Specification.Tests.Doubles;

/// <summary>A visitor in a process of its own, for tests that kill it in the middle of the chat.</summary>
internal sealed class VisitorProcess : IAsyncDisposable
{
    public const string Argument = "--visitor";
    public const string Ready = "ready";

    private readonly Process _process;

    private VisitorProcess(Process process) => _process = process;

    /// <summary>Starts a visitor and waits until it has sent its message and then kept silent for a while.</summary>
    public static async Task<VisitorProcess> StartAsync(Uri serverUrl, string stateFile, TimeSpan maxOfflineDuration, TimeSpan silence)
    {
        string program = Path.Combine(AppContext.BaseDirectory, typeof(VisitorProcess).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[Argument, serverUrl.AbsoluteUri, stateFile, Seconds(maxOfflineDuration), Seconds(silence)])
        {
            start.ArgumentList.Add(argument);
        }

        var visitor = new VisitorProcess(Process.Start(start)!);
        Assert.Equal(Ready, await visitor._process.StandardOutput.ReadLineAsync(Deadline.Token));
        return visitor;
    }

    /// <summary>Kills the process without any warning, SIGKILL on Unix, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}

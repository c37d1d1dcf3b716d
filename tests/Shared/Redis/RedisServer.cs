using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChatGen.Tests.Shared;

/// <summary>A Redis of a test's own, on a free port and in a temporary folder.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly Lazy<Task<string?>> s_installation = new(InstallAsync);
    private static readonly TimeSpan s_installTimeout = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatgen-redis-");
    private readonly bool _isPersistent;
    private Process? _process;

    private RedisServer(int port, bool isPersistent)
    {
        Port = port;
        _isPersistent = isPersistent;
    }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    private static bool IsContinuousIntegration => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Starts a server. Without Redis the calling test is skipped; in continuous integration it fails.</summary>
    /// <param name="isPersistent">Whether it writes an append-only file, so that it has its data after a restart.</param>
    public static async Task<RedisServer> StartAsync(bool isPersistent = false)
    {
        if (await s_installation.Value is { } missing)
        {
            if (IsContinuousIntegration)
            {
                Assert.Fail(missing);
            }

            Assert.Skip(missing);
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var server = new RedisServer(port, isPersistent);
        await server.RunAsync();
        return server;
    }

    /// <summary>Starts it again after it was killed.</summary>
    public async Task RunAsync()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server", [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", "--daemonize", "no",
            "--appendonly", _isPersistent ? "yes" : "no", "--appendfsync", "always", "--logfile", "redis.log"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        for (int attempt = 0; !await AnswersAsync(); attempt++)
        {
            Assert.True(attempt < 200 && !_process.HasExited, "redis-server does not answer.");
            await Task.Delay(25);
        }
    }

    /// <summary>Ends the process as a power failure would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Kills it and starts it again: with its data if it is persistent, else empty.</summary>
    /// <param name="pause">How long nobody answers.</param>
    public async Task RestartAsync(TimeSpan pause = default)
    {
        await KillAsync();
        await Task.Delay(pause);
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<string?> InstallAsync()
    {
        if (await SucceedsAsync("redis-server", ["--version"]))
        {
            return null;
        }

        const string Missing = "redis-server is not on the PATH";
        return OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && await SucceedsAsync("apt-get", ["update", "-q"])
            && await SucceedsAsync("apt-get", ["install", "-y", "-q", "-o", "DPkg::Lock::Timeout=120", "redis-server"])
            && await SucceedsAsync("redis-server", ["--version"]) ? null : $"{Missing}, and could not be installed.";
    }

    private static async Task<bool> SucceedsAsync(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var timeout = new CancellationTokenSource(s_installTimeout);
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token), process.WaitForExitAsync(timeout.Token));
            return process.ExitCode == 0;
        }
        catch (Exception exception) when (exception is Win32Exception or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await using NetworkStream stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            byte[] answer = new byte[5];
            await stream.ReadExactlyAsync(answer);
            return answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}

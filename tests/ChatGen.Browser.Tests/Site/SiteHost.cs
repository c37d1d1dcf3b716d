using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChatGen.Tests.Shared;

namespace ChatGen.Browser.Tests.Site;

/// <summary>A process that serves the published page.</summary>
internal sealed class SiteHost : IDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SiteHost(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Address of the page.</summary>
    public Uri Address { get; }

    /// <summary>An address that nobody listens at.</summary>
    public static Uri FindAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Starts it.</summary>
    /// <param name="site">The page.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="server">The backend that the page is told of; <see langword="null"/> for one of the host's own.</param>
    public static async Task<SiteHost> StartAsync(PublishedSite site, Uri address, Uri? server)
    {
        string folder = await site.RequireAsync();
        string[] arguments = [Path.Combine(folder, "WebChat.dll"), "--port", $"{address.Port}", .. server is null ? (string[])[] : ["--server", server.AbsoluteUri]];
        Process process = NodeProgram.Start("dotnet", arguments, folder);
        process.StandardInput.Close();
        using CancellationTokenSource timeout = new(s_startTimeout);
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.StartsWith("Now chatting at ", StringComparison.Ordinal))
            {
                // What it prints besides must not fill the pipe.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return new SiteHost(process, address);
            }
        }

        throw new InvalidOperationException($"The page's host did not start: {await process.StandardError.ReadToEndAsync(CancellationToken.None)}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

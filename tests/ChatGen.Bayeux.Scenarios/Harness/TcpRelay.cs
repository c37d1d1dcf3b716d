using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>Stands between client and server as a HTTP proxy, or as a network that can go deaf without anybody being told.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly Func<string, (string? Answer, DnsEndPoint Target)> _route;
    private readonly bool _isProxy;
    private readonly Task _accepting;
    private int _deafened;
    private int _generation;

    private TcpRelay(bool isProxy, Func<string, (string? Answer, DnsEndPoint Target)> route)
    {
        _isProxy = isProxy;
        _route = route;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Heads of the requests that a proxy was asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>A network between a client and a server.</summary>
    public static TcpRelay To(Uri server) => new(isProxy: false, _ => (null, new DnsEndPoint(server.Host, server.Port)));

    /// <summary>A proxy, which may want credentials.</summary>
    /// <param name="authorization">The value of <c>Proxy-Authorization</c> that it wants.</param>
    public static TcpRelay Proxy(string? authorization = null) => new(isProxy: true, head => (
        authorization is not null && !head.Contains($"Proxy-Authorization: {authorization}\r\n", StringComparison.OrdinalIgnoreCase)
            ? "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : null,
        TargetOf(head)));

    /// <summary>From now on nothing comes through the connections that there are, and nobody is told.</summary>
    public void SwallowAll() => Volatile.Write(ref _deafened, Volatile.Read(ref _generation));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        foreach (Socket socket in _sockets.Keys)
        {
            socket.Dispose();
        }

        await _accepting;
        _stopping.Dispose();
    }

    // GET http://host:port/path HTTP/1.1 or CONNECT host:port HTTP/1.1
    private static DnsEndPoint TargetOf(string head)
    {
        string[] line = head[..head.IndexOf("\r\n", StringComparison.Ordinal)].Split(' ');
        var target = new Uri(line[0] == "CONNECT" ? "http://" + line[1] : line[1]);
        return new DnsEndPoint(target.Host, target.Port);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stopping.Token);
                _ = ServeAsync(client, Interlocked.Increment(ref _generation));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client, int generation)
    {
        using Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            _sockets[client] = true;
            _sockets[server] = true;
            try
            {
                byte[] first = _isProxy ? await HeadAsync(client) : [];
                string head = Encoding.ASCII.GetString(first);
                if (_isProxy)
                {
                    Requests.Enqueue(head);
                }

                (string? answer, DnsEndPoint target) = _route(head);
                if (answer is not null)
                {
                    await client.SendAsync(Encoding.ASCII.GetBytes(answer), _stopping.Token);
                    return;
                }

                await server.ConnectAsync(target, _stopping.Token);
                if (head.StartsWith("CONNECT", StringComparison.Ordinal))
                {
                    await client.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stopping.Token);
                }
                else if (first.Length > 0)
                {
                    await server.SendAsync(first, _stopping.Token);
                }

                await Task.WhenAny(CopyAsync(client, server, generation), CopyAsync(server, client, generation));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One of the two has gone.
            }
            finally
            {
                _sockets.TryRemove(client, out _);
                _sockets.TryRemove(server, out _);
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, int generation)
    {
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int length = await from.ReceiveAsync(buffer, _stopping.Token);
            if (generation <= Volatile.Read(ref _deafened))
            {
                // Not even the end comes through.
                await Task.Delay(Timeout.InfiniteTimeSpan, _stopping.Token);
            }

            if (length == 0)
            {
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, length), _stopping.Token);
        }
    }

    private async Task<byte[]> HeadAsync(Socket client)
    {
        var head = new List<byte>();
        byte[] buffer = new byte[4096];
        while (!Encoding.ASCII.GetString([.. head]).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int length = await client.ReceiveAsync(buffer, _stopping.Token);
            if (length == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            head.AddRange(buffer.AsSpan(0, length));
        }

        return [.. head];
    }
}

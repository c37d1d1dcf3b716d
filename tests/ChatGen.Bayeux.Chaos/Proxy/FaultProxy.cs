using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatGen.Bayeux.Chaos.Proxy;

/// <summary>A network that can be broken: passes TCP connections on to a server, and does to them what is asked for.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan s_rebindPause = TimeSpan.FromMilliseconds(20);

    private readonly Uri _server;
    private readonly IPEndPoint _target;
    private readonly IPEndPoint _address;
    private readonly ConcurrentDictionary<ProxyLink, Task> _links = new();
    private readonly Lock _lock = new();
    private Socket? _listener;
    private Task _accepting;
    private volatile bool _swallowsNewLinks;
    private int _accepted;

    private FaultProxy(Uri server)
    {
        _server = server;
        _target = new IPEndPoint(IPAddress.Loopback, server.Port);
        _listener = Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _address = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>What the server's address is through the proxy.</summary>
    public Uri Url => new UriBuilder(_server) { Port = _address.Port }.Uri;

    /// <summary>The connections that at least one end still has.</summary>
    public ProxyLink[] Links => [.. _links.Keys];

    /// <summary>How many connections there have been.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Stands before a server on this machine.</summary>
    public static FaultProxy Start(Uri server) => new(server);

    /// <summary>New connections are refused, as by a machine on which nothing listens; those that there are stay.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
        }
    }

    /// <summary>New connections open and then lead nowhere.</summary>
    public void SwallowNewLinks() => _swallowsNewLinks = true;

    /// <summary>New connections get through again. What is broken stays so.</summary>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        _swallowsNewLinks = false;
        while (!TryListen())
        {
            // Somebody's outgoing connection may have borrowed the port meanwhile.
            await Task.Delay(s_rebindPause, cancellationToken);
        }
    }

    /// <summary>Resets every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        Refuse();
        await _accepting;
        while (_links.ToArray() is { Length: > 0 } links)
        {
            foreach ((ProxyLink link, Task running) in links)
            {
                link.Reset();
                await running;
                _links.TryRemove(link, out _);
                link.Dispose();
            }
        }
    }

    private static Socket Bind(IPEndPoint address)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(address);
            listener.Listen(512);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private bool TryListen()
    {
        lock (_lock)
        {
            if (_listener is not null)
            {
                return true;
            }

            try
            {
                _listener = Bind(_address);
            }
            catch (SocketException)
            {
                return false;
            }

            _accepting = AcceptAsync(_listener);
            return true;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync();
                client.NoDelay = true;
                Interlocked.Increment(ref _accepted);
                var link = new ProxyLink(client);
                if (_swallowsNewLinks)
                {
                    link.Swallow();
                }

                // It is there before the server can know of it.
                _links[link] = Task.CompletedTask;
                Task running = link.RunAsync(_target);
                _links[link] = running;
                _ = ForgetAsync(link, running);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was told to refuse.
        }
    }

    private async Task ForgetAsync(ProxyLink link, Task running)
    {
        await running;
        _links.TryRemove(link, out _);
        link.Dispose();
    }
}

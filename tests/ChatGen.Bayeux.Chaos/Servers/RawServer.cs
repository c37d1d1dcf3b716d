using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatGen.Bayeux.Chaos.Servers;

/// <summary>A server that decides over every byte that it sends.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<RawConnection, Task> _serveAsync;
    private readonly ConcurrentDictionary<RawConnection, Task> _connections = new();
    private readonly Task _accepting;

    private RawServer(Func<RawConnection, Task> serveAsync)
    {
        _serveAsync = serveAsync;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/cometd");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>How many connections are open.</summary>
    public int Open => _connections.Count;

    /// <summary>Starts a server.</summary>
    /// <param name="serveAsync">Serves a connection, which is closed when it is done. That the client goes away may end it with an exception.</param>
    public static RawServer Start(Func<RawConnection, Task> serveAsync) => new(serveAsync);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach ((RawConnection connection, Task serving) in _connections.ToArray())
        {
            connection.Reset();
            await serving;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                RawConnection connection = new(socket);
                TaskCompletionSource added = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _connections[connection] = ServeAsync(connection, added.Task);
                added.SetResult();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(RawConnection connection, Task added)
    {
        await added;
        try
        {
            await _serveAsync(connection);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The client has gone.
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
        }
    }
}

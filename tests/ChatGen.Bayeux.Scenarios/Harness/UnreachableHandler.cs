using System.Net.Sockets;

namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>A handler that finds nobody listening for as long as the test wants.</summary>
internal sealed class UnreachableHandler : DelegatingHandler
{
    private volatile bool _isReachable;
    private int _attempts;

    public UnreachableHandler() => InnerHandler = new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            Interlocked.Increment(ref _attempts);
            if (!_isReachable)
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    public int Attempts => _attempts;

    public bool IsReachable
    {
        get => _isReachable;
        set => _isReachable = value;
    }
}

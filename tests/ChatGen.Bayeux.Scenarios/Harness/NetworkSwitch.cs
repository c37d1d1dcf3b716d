using System.Net.Sockets;

namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>A handler that the test can take the network away from: new connections are refused until it is back.</summary>
internal sealed class NetworkSwitch : DelegatingHandler
{
    private volatile bool _isUp = true;

    public NetworkSwitch() => InnerHandler = new SocketsHttpHandler { UseCookies = false, UseProxy = false, ConnectCallback = ConnectAsync };

    public bool IsUp
    {
        get => _isUp;
        set => _isUp = value;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!_isUp)
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
    }
}

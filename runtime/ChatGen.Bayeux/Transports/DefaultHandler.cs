using System.Net;
using System.Net.Sockets;

namespace ChatGen.Bayeux.Transports;

/// <summary>Makes the HTTP handler of a client that was given none.</summary>
internal static class DefaultHandler
{
    // A held request is silent for long. These find a dead peer in 9 seconds, before most servers forget the session.
    private const int KeepAliveSeconds = 5;
    private const int KeepAliveRetrySeconds = 1;
    private const int KeepAliveRetries = 4;

    public static SocketsHttpHandler Create(BayeuxClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = ConnectAsync,

            // So that a change of the server's address is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.Proxy is not null)
        {
            handler.Proxy = options.Proxy;
        }

        if (options.SslOptions is not null)
        {
            handler.SslOptions = options.SslOptions;
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveRetrySeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
        }
        catch (SocketException)
        {
            // Not every platform has them all; without, a dead peer is found by the request's deadline.
        }

        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace ChatGen.Bayeux.Transports;

/// <summary>
/// HTTP handlers of clients that were given none. Those that want the same share one, which costs less than one for each; their cookies are not its
/// business. It goes with the last of them.
/// </summary>
internal static class DefaultHandler
{
    // A held request is silent for long. These find a dead peer in 9 seconds, before most servers forget the session.
    private const int KeepAliveSeconds = 5;
    private const int KeepAliveRetrySeconds = 1;
    private const int KeepAliveRetries = 4;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<TimeSpan, Shared> SharedByTimeout = [];

    /// <summary>A handler for a client.</summary>
    /// <param name="options">The client's options.</param>
    /// <returns>To be disposed of when the client no longer needs it.</returns>
    public static HttpMessageInvoker Rent(BayeuxClientOptions options)
    {
        if (OperatingSystem.IsBrowser())
        {
            // Connections, cookies and compression are the browser's business there.
            return new HttpMessageInvoker(new HttpClientHandler { AllowAutoRedirect = false }, disposeHandler: true);
        }

        if (options.Proxy is not null || options.SslOptions is not null)
        {
            return new HttpMessageInvoker(Create(options), disposeHandler: true);
        }

        lock (Gate)
        {
            if (!SharedByTimeout.TryGetValue(options.ConnectTimeout, out Shared? shared))
            {
                SharedByTimeout[options.ConnectTimeout] = shared = new Shared(Create(options));
            }

            shared.Users++;
            return new Invoker(shared, options.ConnectTimeout);
        }
    }

    [UnsupportedOSPlatform("browser")]
    private static SocketsHttpHandler Create(BayeuxClientOptions options)
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

    [UnsupportedOSPlatform("browser")]
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

    private sealed class Shared(SocketsHttpHandler handler)
    {
        public SocketsHttpHandler Handler { get; } = handler;

        public int Users { get; set; }
    }

    private sealed class Invoker(Shared shared, TimeSpan timeout) : HttpMessageInvoker(shared.Handler, disposeHandler: false)
    {
        private bool _isDisposed;

        protected override void Dispose(bool disposing)
        {
            bool isLast = false;
            lock (Gate)
            {
                if (!_isDisposed)
                {
                    _isDisposed = true;
                    isLast = --shared.Users == 0;
                    if (isLast)
                    {
                        SharedByTimeout.Remove(timeout);
                    }
                }
            }

            if (isLast)
            {
                shared.Handler.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

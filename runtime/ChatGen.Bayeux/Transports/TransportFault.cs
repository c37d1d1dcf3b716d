using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace ChatGen.Bayeux.Transports;

/// <summary>Makes faults of what goes wrong on the way (Bayeux rule 34).</summary>
internal static class TransportFault
{
    public static readonly BayeuxFault Closed = new(BayeuxFaultKind.NotConnected, "The connection was given up by the client.");

    public static BayeuxFault Timeout() => new(BayeuxFaultKind.Timeout, "The server did not answer in time.");

    // Longer ones are no sensible wish of a server.
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    public static BayeuxFault HttpStatus(int status, TimeSpan? retryAfter = null) =>
        new(BayeuxFaultKind.HttpStatus, string.Create(CultureInfo.InvariantCulture, $"The server answered with HTTP status {status}."))
        {
            HttpStatus = status,
            RetryAfter = retryAfter is not { } time || time <= TimeSpan.Zero ? null : time < MaxRetryAfter ? time : MaxRetryAfter,
        };

    /// <summary>A browser tells of a redirect that is not followed, but not its status.</summary>
    public static BayeuxFault Redirect() => new(BayeuxFaultKind.HttpStatus, "The server redirects to another address, which is not followed.");

    public static BayeuxFault TooLarge(int limit) =>
        new(BayeuxFaultKind.ResponseTooLarge, string.Create(CultureInfo.InvariantCulture, $"The server's response is larger than {limit} bytes."));

    public static BayeuxFault NotBayeux(ReadOnlySpan<byte> body, JsonException? exception)
    {
        ReadOnlySpan<byte> text = body.TrimStart(" \t\r\n"u8);
        return new BayeuxFault(
            BayeuxFaultKind.InvalidResponse,
            text.IsEmpty ? "The server's response is empty."
            : text[0] == (byte)'<' ? "The server answered with a page of HTML or XML instead of Bayeux messages."
            : $"The server's response is not made of Bayeux messages: {exception?.Message}")
        {
            Exception = exception,
        };
    }

    public static BayeuxFault NoReply() => new(BayeuxFaultKind.InvalidResponse, "The server's response lacks the reply that was due.");

    /// <summary>A request failed with an exception.</summary>
    public static BayeuxFault Of(Exception exception) => exception switch
    {
        BayeuxException known => known.Fault,
        HttpRequestException { HttpRequestError: var error } when NeverConnected(error) => Unreachable(exception),

        // So does SocketsHttpHandler report its ConnectTimeout.
        OperationCanceledException { InnerException: TimeoutException } => Unreachable(exception),
        _ => new BayeuxFault(BayeuxFaultKind.ConnectionClosed, "The connection to the server broke.") { Exception = exception },
    };

    /// <summary>A WebSocket could not be opened.</summary>
    public static BayeuxFault OfUpgrade(Exception exception, int status, TimeSpan? retryAfter)
    {
        // A server that says when to come back is busy; it does not say that it does not do WebSocket.
        if (status is 429 or 503 && retryAfter is not null)
        {
            return HttpStatus(status, retryAfter);
        }

        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException { HttpRequestError: var error } && NeverConnected(error))
            {
                return Unreachable(exception);
            }
        }

        // Without an HTTP answer it may be the network, or something on the way that does not do WebSocket; with one it is the latter.
        return status is 0 or 101 && !IsBadAnswer(exception)
            ? new BayeuxFault(BayeuxFaultKind.ConnectionClosed, "The connection broke while the WebSocket was being opened.") { Exception = exception, IsOfUpgrade = true }
            : new BayeuxFault(
                BayeuxFaultKind.WebSocketUnavailable,
                status is 0 or 101
                    ? "The server's answer to the WebSocket upgrade is none."
                    : string.Create(CultureInfo.InvariantCulture, $"The server answered the WebSocket upgrade with HTTP status {status}."))
            {
                Exception = exception,
                HttpStatus = status is 0 or 101 ? null : status,
                IsOfUpgrade = true,
            };
    }

    private static bool IsBadAnswer(Exception exception) =>
        exception is WebSocketException { WebSocketErrorCode: WebSocketError.NotAWebSocket or WebSocketError.HeaderError or WebSocketError.UnsupportedProtocol or WebSocketError.UnsupportedVersion };

    public static BayeuxFault UpgradeTimeout() => new(BayeuxFaultKind.Timeout, "The server did not answer the WebSocket upgrade in time.") { IsOfUpgrade = true };

    public static BayeuxFault SocketClosed(WebSocketCloseStatus? status) =>
        new(BayeuxFaultKind.ConnectionClosed, string.Create(CultureInfo.InvariantCulture, $"The server closed the WebSocket with status {(int?)status ?? 1005}."))
        {
            CloseStatus = (int?)status,
        };

    private static BayeuxFault Unreachable(Exception exception) =>
        new(BayeuxFaultKind.Unreachable, "The server cannot be reached.") { Exception = exception };

    private static bool NeverConnected(HttpRequestError error) => error is
        HttpRequestError.ConnectionError or
        HttpRequestError.NameResolutionError or
        HttpRequestError.SecureConnectionError or
        HttpRequestError.ProxyTunnelError;
}

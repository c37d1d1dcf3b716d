using System.Globalization;
using Microsoft.Extensions.Http.Logging;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Logs requests without what may hold a secret: of the address only the server, and nothing of headers and bodies.</summary>
internal sealed partial class ChatHttpLogger(ILogger logger) : IHttpClientLogger
{
    public object? LogRequestStart(HttpRequestMessage request) => null;

    public void LogRequestStop(object? context, HttpRequestMessage request, HttpResponseMessage response, TimeSpan elapsed) =>
        Log.Answered(logger, request.Method, ServerOf(request), (int)response.StatusCode, elapsed.TotalMilliseconds);

    public void LogRequestFailed(object? context, HttpRequestMessage request, HttpResponseMessage? response, Exception exception, TimeSpan elapsed) =>
        Log.Failed(logger, request.Method, ServerOf(request), ReasonOf(exception), elapsed.TotalMilliseconds);

    private static string? ServerOf(HttpRequestMessage request) =>
        request.RequestUri is { IsAbsoluteUri: true } uri ? string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{uri.Host}:{uri.Port}") : null;

    private static string ReasonOf(Exception exception) => exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString() : exception.GetType().Name;

    private static partial class Log
    {
        [LoggerMessage(60, LogLevel.Debug, "{Method} to {Server} was answered with {StatusCode} after {Milliseconds:0.#} ms.")]
        public static partial void Answered(ILogger logger, HttpMethod method, string? server, int statusCode, double milliseconds);

        [LoggerMessage(61, LogLevel.Debug, "{Method} to {Server} failed with {Reason} after {Milliseconds:0.#} ms.")]
        public static partial void Failed(ILogger logger, HttpMethod method, string? server, string reason, double milliseconds);
    }
}

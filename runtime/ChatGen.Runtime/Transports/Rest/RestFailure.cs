using System.Globalization;
using System.Text.Json;

namespace ChatGen;

/// <summary>Says what went wrong with a REST call, as an error of the schema.</summary>
internal static class RestFailure
{
    /// <summary>Turns what a call threw into an error.</summary>
    /// <param name="exception">What the call threw; no cancellation by the caller.</param>
    /// <param name="operation">The operation's name in the schema.</param>
    /// <param name="protocol">The schema as data.</param>
    public static ChatException Of(Exception exception, string operation, ChatProtocol protocol) => exception switch
    {
        ChatException error => error,
        // Anything below HTTP breaks with one of these after the request has begun; before that, HttpClient says what it could not do.
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown or HttpRequestError.ResponseEnded, InnerException: IOException } or HttpIOException => Broken(exception, operation, protocol),
        HttpRequestException => protocol.ConnectionError($"The backend cannot be reached: {exception.Message}", exception),
        IOException => Broken(exception, operation, protocol),
        OperationCanceledException or TimeoutException => protocol.ConnectionError($"The backend did not answer '{operation}' in time.", exception),
        RestAnswerTooLargeException => protocol.LibraryError($"The backend's answer to '{operation}' is larger than {RestAnswerReader.MaxSize / 1024 / 1024} MiB."),
        ChatJsonException => protocol.LibraryError($"The backend's answer to '{operation}' breaks the schema: {exception.Message}", exception),
        JsonException => protocol.LibraryError($"The backend's answer to '{operation}' is not JSON: {exception.Message}", exception),
        FormatException => protocol.LibraryError(exception.Message, exception),
        _ => protocol.LibraryError($"The transport failed in '{operation}' with {exception.GetType().Name}; the inner exception tells more.", exception),
    };

    /// <summary>An answer whose status is no success and that says no more.</summary>
    public static ChatException OfStatus(int status, string operation, ChatProtocol protocol) => status switch
    {
        // A browser hides the status of a redirect.
        0 or (>= 300 and <= 399) => Redirected(operation, protocol),
        _ => protocol.ConnectionError(string.Create(CultureInfo.InvariantCulture, $"The backend answered {status} with no error object.")),
    };

    /// <summary>A redirect, which would hand what admits to the session to somebody else.</summary>
    public static ChatException Redirected(string operation, ChatProtocol protocol) =>
        protocol.LibraryError($"The backend redirects '{operation}' to another address. That is not followed, since the request carries what admits to the session; use the address that it redirects to.");

    /// <summary>An answer that cannot be read.</summary>
    public static ChatException Unreadable(string problem, string operation, ChatProtocol protocol) => protocol.LibraryError($"The backend's answer to '{operation}' {problem}.");

    private static ChatException Broken(Exception exception, string operation, ChatProtocol protocol) => protocol.ConnectionError(
        $"The connection to the backend broke before '{operation}' was answered. The backend may have processed it all the same.", exception);
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Refit;

namespace ChatGen;

/// <summary>Says what went wrong with a REST call, as an error of the schema.</summary>
internal static class RestFailure
{
    /// <summary>Turns what a call threw into an error.</summary>
    /// <param name="exception">What the call threw; no cancellation by the caller.</param>
    /// <param name="operation">The operation's name in the schema.</param>
    /// <param name="protocol">The schema as data.</param>
    /// <remarks>
    /// Refit's exceptions carry the request with its headers, the session's secret among them. So they never become the inner exception;
    /// their own inner exception does.
    /// </remarks>
    public static ChatException ToChatException(Exception exception, string operation, ChatProtocol protocol)
    {
        switch (exception)
        {
            case ChatException error:
                return error;
            case ApiException { InnerException: JsonException malformed } answer:
                return Malformed(malformed, answer.Content, operation, protocol);
            case ApiException { InnerException: (IOException or HttpRequestException { InnerException: IOException }) and { } cause }:
                return Broken(cause, operation, protocol);
            case ApiException { StatusCode: >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices } answer:
                return protocol.LibraryError($"The backend's answer to '{operation}' could not be read ({answer.InnerException?.GetType().Name ?? "no reason given"}).");
            case ApiException answer:
                return Reported(answer.Content, protocol) ?? protocol.ConnectionError(
                    string.Create(CultureInfo.InvariantCulture, $"The backend answered {(int)answer.StatusCode} with no error object."));
            case ApiExceptionBase { InnerException: { } cause }:
                return ToChatException(cause, operation, protocol);
            case HttpRequestException { HttpRequestError: HttpRequestError.Unknown or HttpRequestError.ResponseEnded, InnerException: IOException }:
                return Broken(exception, operation, protocol);
            case HttpRequestException:
                return protocol.ConnectionError($"The backend cannot be reached: {exception.Message}", exception);
            case OperationCanceledException or TimeoutException:
                return protocol.ConnectionError($"The backend did not answer '{operation}' in time.", exception);
            case JsonException malformed:
                return Malformed(malformed, null, operation, protocol);
            case ApiExceptionBase:
                return protocol.ConnectionError($"The request of '{operation}' could not be sent.");
            default:
                return protocol.LibraryError($"The transport failed in '{operation}' with {exception.GetType().Name}; the inner exception tells more.", exception);
        }
    }

    private static ChatException Broken(Exception exception, string operation, ChatProtocol protocol) => protocol.ConnectionError(
        $"The connection to the backend broke before '{operation}' was answered. The backend may have processed it all the same.", exception);

    private static ChatException Malformed(JsonException exception, string? body, string operation, ChatProtocol protocol)
    {
        // What comes from a proxy or a login page is told as that; the parser's own words would not help anybody.
        string problem = exception is ChatJsonException
            ? $"breaks the schema: {exception.Message}"
            : body?.TrimStart() switch
            {
                "" => "is empty",
                ['<', ..] => "is a page of HTML or XML instead of JSON",
                _ => $"is not JSON: {exception.Message}",
            };
        return protocol.LibraryError($"The backend's answer to '{operation}' {problem}.", exception);
    }

    /// <summary>The error object in an answer's body; <see langword="null"/> if there is none.</summary>
    private static ChatException? Reported(string? body, ChatProtocol protocol)
    {
        if (string.IsNullOrEmpty(body))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
            reader.Read();
            ChatJson.ExpectObject(ref reader);
            while (ChatJson.ReadMember(ref reader))
            {
                if (reader.ValueTextEquals(protocol.Errors.Member))
                {
                    return ChatJson.ReadValue(ref reader, protocol.Errors.Member, (ref Utf8JsonReader value) => ReadError(ref value, protocol.Errors));
                }

                ChatJson.SkipValue(ref reader);
            }
        }
        catch (JsonException)
        {
            // What is no JSON, or not the schema's, has no error object; the caller tells the status instead.
        }

        return null;
    }

    private static ChatException ReadError(ref Utf8JsonReader reader, ChatErrorCatalog errors)
    {
        ChatJson.ExpectObject(ref reader);
        ChatErrorCode? code = null;
        string? description = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals(errors.CodeMember))
            {
                code = ChatJson.ReadErrorCode(ref reader, errors.CodeMember, errors);
            }
            else if (reader.ValueTextEquals(errors.DescriptionMember) && !ChatJson.ReadNull(ref reader))
            {
                description = ChatJson.ReadString(ref reader, errors.DescriptionMember);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        ChatErrorCode found = code ?? throw ChatJson.Missing(errors.CodeMember);
        return new ChatException(found, description ?? found.Info?.Description ?? $"The backend reported the error {found}.");
    }
}

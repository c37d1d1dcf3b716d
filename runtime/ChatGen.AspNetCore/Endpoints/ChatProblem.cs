using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatGen;

/// <summary>What a request is refused with, as RFC 9457 has it. <c>reason</c> is for programs, <c>title</c> and <c>detail</c> for people.</summary>
internal sealed record ChatProblem(int Status, string Reason, string Title)
{
    public static ChatProblem Antiforgery { get; } = new(StatusCodes.Status400BadRequest, "antiforgery", "The antiforgery token is missing or wrong. Get one by GET of the chat's address, and send it in the header that the answer names.");

    public static ChatProblem NoChat { get; } = new(StatusCodes.Status404NotFound, "noChat", "The visitor has no chat.");

    public static ChatProblem UnknownCommand { get; } = new(StatusCodes.Status404NotFound, "unknownCommand", "The schema has no such command.");

    public static ChatProblem ChatExists { get; } = new(StatusCodes.Status409Conflict, "chatExists", "The visitor has a chat already. Leave it first, or go on with it.");

    public static ChatProblem Ended { get; } = new(StatusCodes.Status410Gone, "ended", "The chat has ended.");

    public static ChatProblem TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "tooLarge", "The body of the request is too large.");

    public static ChatProblem MediaType { get; } = new(StatusCodes.Status415UnsupportedMediaType, "mediaType", "The body of the request has to be application/json.");

    public static ChatProblem TooManyStreams { get; } = new(StatusCodes.Status429TooManyRequests, "tooManyStreams", "The visitor has too many streams of events open.");

    public static ChatProblem Busy { get; } = new(StatusCodes.Status503ServiceUnavailable, "busy", "The chat cannot be had at the moment. Nothing was done; try again.");

    public static ChatProblem Stopping { get; } = new(StatusCodes.Status503ServiceUnavailable, "stopping", "This server is stopping. Nothing was done; try again.");

    public static ChatProblem Invalid { get; } = new(StatusCodes.Status400BadRequest, "invalid", "The body of the request breaks the schema.");

    /// <summary>What is wrong where, if the body is wrong.</summary>
    public IReadOnlyList<ChatValidationFailure> Failures { get; init; } = [];

    /// <summary>What a backend or the client said.</summary>
    public ChatException? Exception { get; init; }

    /// <summary>What an exception of the client is answered with.</summary>
    public static ChatProblem Of(ChatException exception, ChatErrorCatalog errors) => exception switch
    {
        ChatValidationException invalid => Invalid with { Failures = invalid.Failures },
        { Recovery: ChatRecovery.Ended } => new ChatProblem(StatusCodes.Status410Gone, "backend", TitleOf(exception)) { Exception = exception },

        // It may have been carried out, so nobody is asked to repeat it.
        _ when exception.Code == errors.Connection || exception.Code == errors.Library || exception.Code.Info?.Origin == ChatErrorOrigin.Client =>
            new ChatProblem(StatusCodes.Status502BadGateway, "backend", TitleOf(exception)) { Exception = exception },
        _ => new ChatProblem(StatusCodes.Status422UnprocessableEntity, "backend", TitleOf(exception)) { Exception = exception },
    };

    /// <summary>Writes it as the answer.</summary>
    /// <param name="context">A request whose response has not begun.</param>
    /// <param name="retryAfter">What <c>Retry-After</c> says with 503.</param>
    public async Task WriteAsync(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.StatusCode = Status;
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            if (this == Stopping && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                // The next request is not to be on its way over a connection that the server closes meanwhile.
                context.Response.Headers.Connection = "close";
            }
        }

        await JsonAnswer.WriteAsync(context, WriteMembers, "application/problem+json").ConfigureAwait(false);
    }

    private static string TitleOf(ChatException exception) => exception.Code.Info?.Description ?? "The chat backend has answered with an error.";

    private void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("title"u8, Title);
        writer.WriteNumber("status"u8, Status);
        writer.WriteString("reason"u8, Reason);
        if (Exception is { } exception)
        {
            // The words of the backend are for the visitor; those of the client may tell of the server.
            if (exception.Code.Info?.Origin != ChatErrorOrigin.Client)
            {
                writer.WriteString("detail"u8, exception.Message);
            }

            if (exception.Code.Text is { } text)
            {
                writer.WriteString("code"u8, text);
            }
            else
            {
                writer.WriteNumber("code"u8, exception.Code.Number);
            }

            if (exception.Code.Info is { } info)
            {
                writer.WriteString("name"u8, info.Name);
            }

            writer.WriteString("recovery"u8, JsonNamingPolicy.CamelCase.ConvertName(exception.Recovery.ToString()));
        }

        if (Failures.Count > 0)
        {
            writer.WriteStartObject("errors"u8);
            foreach (IGrouping<string, ChatValidationFailure> failures in Failures.GroupBy(failure => failure.Path, StringComparer.Ordinal))
            {
                writer.WriteStartArray(failures.Key);
                foreach (ChatValidationFailure failure in failures)
                {
                    writer.WriteStringValue(failure.Message);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGen;

/// <summary>Reads the body of a request: JSON of a bounded size, or nothing, which stands for an empty object.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>The body as it is.</summary>
    /// <exception cref="ChatProblemException">It is too large, or of another type.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maxSize)
    {
        if (context.Request.ContentLength > maxSize)
        {
            throw new ChatProblemException(ChatProblem.TooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxSize;
        }

        using var buffer = new MemoryStream();
        byte[] chunk = new byte[4_096];
        try
        {
            int count;
            while ((count = await context.Request.Body.ReadAsync(chunk, context.RequestAborted).ConfigureAwait(false)) > 0)
            {
                if (buffer.Length + count > maxSize)
                {
                    throw new ChatProblemException(ChatProblem.TooLarge);
                }

                buffer.Write(chunk, 0, count);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ChatProblemException(ChatProblem.TooLarge);
        }

        if (buffer.Length == 0)
        {
            return "{}"u8.ToArray();
        }

        return context.Request.HasJsonContentType() ? buffer.ToArray() : throw new ChatProblemException(ChatProblem.MediaType);
    }

    /// <summary>The body as an object in which no member stands twice.</summary>
    /// <exception cref="ChatProblemException">It is too large, of another type, or no object.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpContext context, int maxSize)
    {
        ReadOnlyMemory<byte> body = await ReadAsync(context, maxSize).ConfigureAwait(false);
        try
        {
            return JsonNode.Parse(body.Span, documentOptions: s_strict) as JsonObject ?? throw Invalid("The value must be an object.", "type");
        }
        catch (JsonException exception)
        {
            throw Invalid($"The text is not JSON: {exception.Message}", "json");
        }
    }

    private static ChatProblemException Invalid(string message, string keyword) => new(ChatProblem.Invalid with { Failures = [new ChatValidationFailure("$", keyword, message)] });
}

using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>Reads answers, up to a size that no chat needs.</summary>
internal static class RestAnswerReader
{
    /// <summary>In bytes.</summary>
    public const int MaxSize = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 128 };

    /// <exception cref="RestAnswerTooLargeException">The body is larger than <see cref="MaxSize"/>.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<RestAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > MaxSize)
        {
            throw new RestAnswerTooLargeException();
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await body.ReadAsync(buffer.GetMemory(512), cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                buffer.Advance(count);
                if (buffer.WrittenCount > MaxSize)
                {
                    throw new RestAnswerTooLargeException();
                }
            }
        }

        return Parse(buffer.WrittenMemory, response);
    }

    /// <summary>What came over a socket.</summary>
    public static RestAnswer Parse(ReadOnlyMemory<byte> utf8) => Parse(utf8, null);

    /// <summary>The body as a file that is read while it comes.</summary>
    public static async Task<RestAnswer> ReadFileAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        HttpContentHeaders headers = response.Content.Headers;
        string? given = headers.ContentDisposition?.FileNameStar ?? headers.ContentDisposition?.FileName?.Trim('"');
        var file = new ChatFile(NameOf(given), content, headers.ContentType?.MediaType ?? MediaTypeNames.Application.Octet, headers.ContentLength) { Source = response };
        return new RestAnswer { Status = (int)response.StatusCode, Response = response, File = file, HasBody = true };
    }

    /// <summary>A name without what a backend might use to write somewhere else.</summary>
    private static string NameOf(string? given)
    {
        string name = string.Concat((given ?? "").Split('/', '\\')[^1].Where(character => !char.IsControl(character))).Trim();
        return name.Trim('.').Length == 0 ? "file" : name;
    }

    private static RestAnswer Parse(ReadOnlyMemory<byte> utf8, HttpResponseMessage? response)
    {
        ReadOnlyMemory<byte> text = utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        int? status = response is null ? null : (int)response.StatusCode;
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return new RestAnswer { Status = status, Response = response };
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, s_options);
            return new RestAnswer { Status = status, Response = response, Body = document.RootElement.Clone(), HasBody = true };
        }
        catch (JsonException exception)
        {
            // What comes from a proxy or a login page is told as that; the parser's own words would not help anybody.
            bool isMarkup = text.Span.TrimStart(" \t\r\n"u8)[0] == (byte)'<';
            bool isJson = response?.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;
            return new RestAnswer
            {
                Status = status,
                Response = response,
                HasBody = true,
                Malformed = isMarkup ? "is a page of HTML or XML instead of JSON" : $"is not JSON: {exception.Message}",
                IsSuspicious = isMarkup || isJson,
            };
        }
    }
}

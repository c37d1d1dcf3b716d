using System.Net.Http.Headers;
using System.Text;
using ChatGen.Rest;

namespace ChatGen;

/// <summary>Writes the body of a request as its mapping says.</summary>
internal static class RestBody
{
    private static readonly TemplatePlaceholder s_options = TemplateSyntax.Parse("{options}", out _)!.Single!;

    /// <param name="request">The request.</param>
    /// <param name="scope">Knows the values.</param>
    /// <param name="given">The body in JSON, if it does not come of the mapping.</param>
    public static HttpContent Create(RestRequestMapping request, ITemplateScope scope, ReadOnlyMemory<byte>? given)
    {
        switch (request.Encoding)
        {
            case RestBodyEncoding.Form:
                return RestForm.Create((given ?? Write(request.Body, scope)).Span);
            case RestBodyEncoding.Multipart:
                return CreateMultipart(request, scope, given);
            case RestBodyEncoding.File:
                return Content(request.Body?.Evaluate(scope)?.File ?? throw new FormatException($"'{request.Name}' sends a file, but none is given."));
            default:
                var content = new ReadOnlyMemoryContent(given ?? Write(request.Body, scope));
                content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
                return content;
        }
    }

    /// <summary>A template's value as JSON; without a template, the options themselves.</summary>
    public static ReadOnlyMemory<byte> Write(JsonTemplate? template, ITemplateScope scope) => JsonBuffer.Write((template, scope), static (writer, source) =>
    {
        if (source.template is not null)
        {
            if (!source.template.TryWrite(writer, source.scope))
            {
                writer.WriteNullValue();
            }
        }
        else if (source.scope.Find(s_options) is { IsAbsent: false } options)
        {
            options.WriteTo(writer);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    });

    private static MultipartFormDataContent CreateMultipart(RestRequestMapping request, ITemplateScope scope, ReadOnlyMemory<byte>? given)
    {
        var content = new MultipartFormDataContent();
        foreach ((string name, string value) in RestForm.Fields((given ?? Write(request.Body, scope)).Span))
        {
            content.Add(new StringContent(value, Encoding.UTF8), $"\"{Quoted(name)}\"");
        }

        foreach ((string name, JsonTemplate template) in request.Body?.Members ?? [])
        {
            if (template.Evaluate(scope)?.File is { } file)
            {
                // Named by hand: what HttpContent makes of a quoted name has the quotes in 'filename*'.
                StreamContent part = Content(file);
                part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{Quoted(name)}\"", FileName = $"\"{Quoted(file.Name)}\"", FileNameStar = file.Name };
                content.Add(part);
            }
        }

        return content;
    }

    private static StreamContent Content(ChatFile file)
    {
        // The stream is the caller's; it is not disposed with the request.
        var content = new StreamContent(new LentStream(file.Content));
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out MediaTypeHeaderValue? type) ? type : new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentLength = file.Length;
        return content;
    }

    /// <summary>A name for a header's quoted string, as browsers escape it (HTML, multipart form data).</summary>
    private static string Quoted(string name) => name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}

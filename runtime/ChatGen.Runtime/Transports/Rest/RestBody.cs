using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
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
                return new FormUrlEncodedContent(Fields(given ?? Write(request.Body, scope)));
            case RestBodyEncoding.Multipart:
                return CreateMultipart(request, scope, given);
            case RestBodyEncoding.File:
                return Content(request.Body?.Evaluate(scope)?.File ?? throw new FormatException($"'{request.Name}' sends a file, but none is given."));
            default:
                var content = new ReadOnlyMemoryContent(given ?? Write(request.Body, scope));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
                return content;
        }
    }

    /// <summary>A template's value as JSON; without a template, the options themselves.</summary>
    public static ReadOnlyMemory<byte> Write(JsonTemplate? template, ITemplateScope scope)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (template is not null)
            {
                if (!template.TryWrite(writer, scope))
                {
                    writer.WriteNullValue();
                }
            }
            else if (scope.Find(s_options) is { IsAbsent: false } options)
            {
                options.WriteTo(writer);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }
        }

        return buffer.WrittenMemory;
    }

    private static MultipartFormDataContent CreateMultipart(RestRequestMapping request, ITemplateScope scope, ReadOnlyMemory<byte>? given)
    {
        var content = new MultipartFormDataContent();
        foreach ((string name, string value) in Fields(given ?? Write(request.Body, scope)))
        {
            content.Add(new StringContent(value, Encoding.UTF8), $"\"{Quoted(name)}\"");
        }

        foreach ((string name, JsonTemplate template) in request.Body?.Members ?? [])
        {
            if (template.Evaluate(scope)?.File is { } file)
            {
                content.Add(Content(file), $"\"{Quoted(name)}\"", $"\"{Quoted(file.Name)}\"");
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

    /// <summary>The members of an object as fields of a form; members of members become <c>name[member]</c>, items of a list fields of the same name.</summary>
    private static List<KeyValuePair<string, string>> Fields(ReadOnlyMemory<byte> json)
    {
        var fields = new List<KeyValuePair<string, string>>();
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                Add(fields, member.Name, member.Value);
            }
        }

        return fields;
    }

    private static void Add(List<KeyValuePair<string, string>> fields, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Add(fields, $"{name}[{member.Name}]", member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Add(fields, name, item);
                }

                break;
            case JsonValueKind.Null:
                break;
            default:
                fields.Add(new(name, TemplateValue.Of(value).Text!));
                break;
        }
    }

    /// <summary>A name for a header's quoted string, as browsers escape it (HTML, multipart form data).</summary>
    private static string Quoted(string name) => name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}

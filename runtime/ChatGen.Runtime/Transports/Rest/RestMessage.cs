using System.Text;
using System.Text.Json;
using ChatGen.Rest;
using Refit;

namespace ChatGen;

/// <summary>Makes the HTTP message of a request out of its mapping and the values of its placeholders.</summary>
internal sealed class RestMessage(HttpClient client, RefitSettings settings, RestMapping mapping, RestRequestMapping request, ITemplateScope scope)
{
    /// <param name="body">The body in JSON, if it does not come of the mapping.</param>
    /// <exception cref="FormatException">A value that the address or a header needs is absent or cannot stand there.</exception>
    public HttpRequestMessage Create(ReadOnlyMemory<byte>? body)
    {
        var message = new HttpRequestMessage(request.Method ?? throw new FormatException($"'{request.Name}' is published over Bayeux and no HTTP request."), Address());
        try
        {
            if (request.HasBody)
            {
                message.Content = RestBody.Create(request, scope, body);
            }

            foreach ((string name, TextTemplate template) in request.Headers)
            {
                AddHeader(message, name, template);
            }
        }
        catch
        {
            message.Dispose();
            throw;
        }

        message.Options.Set(ChatHttpRequest.Idempotent, request.IsIdempotent);
        return message;
    }

    private Uri Address()
    {
        if (request.Url is { } url)
        {
            string text = url.Evaluate(scope).Text ?? throw new FormatException($"The address of '{request.Name}' is not known.");
            return RestAddress.Check(text, client.BaseAddress, mapping.AllowedHosts, "http", "https");
        }

        string path = request.Path!.EvaluateForAddress(scope, out TemplatePlaceholder? absent) ?? throw new FormatException($"The path of '{request.Name}' needs '{absent!.Source}', which has no value.");
        RestAddress.CheckPath(path, request.Name);
        return GeneratedRequestRunner.BuildRelativeUri(client, path + Query(), settings.UrlResolution);
    }

    private string Query()
    {
        if (request.Query.Length == 0)
        {
            return "";
        }

        var query = new StringBuilder();
        foreach ((string name, JsonTemplate template) in request.Query)
        {
            if (template.Evaluate(scope) is not { } value)
            {
                // A list is repeated; every item under the same name.
                foreach (TemplateValue item in Items(template))
                {
                    Append(query, name, item);
                }
            }
            else if (value.Json.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in value.Json.EnumerateArray())
                {
                    Append(query, name, TemplateValue.Of(item));
                }
            }
            else
            {
                Append(query, name, value);
            }
        }

        return query.ToString();
    }

    private IEnumerable<TemplateValue> Items(JsonTemplate template)
    {
        using JsonDocument document = JsonDocument.Parse(RestBody.Write(template, scope));
        return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(item => TemplateValue.Of(item.Clone()))] : [];
    }

    private static void Append(StringBuilder query, string name, TemplateValue value)
    {
        if (value.Text is { } text)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(text));
        }
    }

    private void AddHeader(HttpRequestMessage message, string name, TextTemplate template)
    {
        if (template.Evaluate(scope).Text is not { } value)
        {
            return;
        }

        if (value.Any(char.IsControl))
        {
            // The value itself may be a secret.
            throw new FormatException($"The header '{name}' cannot carry its value, which has control characters.");
        }

        GeneratedRequestRunner.SetHeader(message, name, value, settings.ValidateHeaders);
    }
}

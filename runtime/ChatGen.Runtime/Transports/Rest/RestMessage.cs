using System.Text.Json;
using Refit;

namespace ChatGen;

/// <summary>Makes the HTTP message of a request out of its mapping and the values of its placeholders.</summary>
internal readonly struct RestMessage(HttpClient client, RefitSettings settings, RestMapping mapping, RestRequestMapping request, ITemplateScope scope)
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

        if (request.IsIdempotent != (request.Method == HttpMethod.Get))
        {
            // Of GET it is assumed where nothing is said.
            message.Options.Set(ChatHttpRequest.Idempotent, request.IsIdempotent);
        }

        return message;
    }

    /// <summary>The path of a request or Bayeux server, after the server's own address.</summary>
    /// <exception cref="FormatException">A value is absent, or would lead to another path.</exception>
    public static string Path(TextTemplate template, ITemplateScope scope, string request)
    {
        var address = new AddressBuilder(stackalloc char[256]);
        AppendPath(ref address, template, scope, request);
        return address.Finish();
    }

    private Uri Address()
    {
        if (request.Url is { } url)
        {
            string text = url.EvaluateAddress(scope) ?? throw new FormatException($"The address of '{request.Name}' is not known.");
            return RestAddress.Check(text, client.BaseAddress, mapping.AllowedHosts, "http", "https");
        }

        var address = new AddressBuilder(stackalloc char[256]);
        AppendPath(ref address, request.Path!, scope, request.Name);
        AppendQuery(ref address);
        return GeneratedRequestRunner.BuildRelativeUri(client, address.Finish(), settings.UrlResolution);
    }

    private static void AppendPath(ref AddressBuilder address, TextTemplate template, ITemplateScope scope, string request)
    {
        if (template.AppendTo(ref address, scope) is { } absent)
        {
            throw new FormatException($"The path of '{request}' needs '{absent.Source}', which has no value.");
        }

        RestAddress.CheckPath(address.Text, request);
    }

    private void AppendQuery(ref AddressBuilder address)
    {
        string separator = "?";
        foreach ((string name, JsonTemplate template) in request.Query)
        {
            if (template.Evaluate(scope) is not { } value)
            {
                // A list in the mapping: each item under the same name.
                value = TemplateValue.Of(JsonElement.Parse(RestBody.Write(template, scope).Span));
            }

            if (value.List is { } list)
            {
                foreach (JsonElement item in list.EnumerateArray())
                {
                    Append(ref address, ref separator, name, TemplateValue.Of(item));
                }
            }
            else
            {
                Append(ref address, ref separator, name, value);
            }
        }
    }

    private static void Append(ref AddressBuilder address, ref string separator, string name, TemplateValue value)
    {
        if (value.Text is { } text)
        {
            address.Append(separator);
            address.AppendEscaped(name);
            address.Append("=");
            address.AppendEscaped(text);
            separator = "&";
        }
    }

    private void AddHeader(HttpRequestMessage message, string name, TextTemplate template)
    {
        if (template.Evaluate(scope).Text is not { } value)
        {
            return;
        }

        foreach (char character in value)
        {
            if (char.IsControl(character))
            {
                // The value itself may be a secret.
                throw new FormatException($"The header '{name}' cannot carry its value, which has control characters.");
            }
        }

        GeneratedRequestRunner.SetHeader(message, name, value, settings.ValidateHeaders);
    }
}

using System.Net;
using System.Text;

namespace ChatGen.Tests;

/// <summary>A backend behind HTTP that a test scripts.</summary>
public sealed class ScriptedHttp : HttpMessageHandler
{
    /// <summary>Answers a request.</summary>
    public Func<HttpExchange, CancellationToken, Task<HttpResponseMessage>> OnRequest { get; set; } = (_, _) => Task.FromResult(Json("{}"));

    /// <summary>What it got.</summary>
    public Recorder<HttpExchange> Requests { get; } = new();

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("https://chat.example.com/base/") };

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = new List<string>(request.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
        string body = "";
        if (request.Content is { } content)
        {
            headers.AddRange(content.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
            body = await content.ReadAsStringAsync(cancellationToken);
        }

        var exchange = new HttpExchange(request.Method.Method, request.RequestUri!.PathAndQuery, headers, body, request);
        Requests.Add(exchange);
        HttpResponseMessage response = await OnRequest(exchange, cancellationToken);
        response.RequestMessage ??= request;
        return response;
    }
}

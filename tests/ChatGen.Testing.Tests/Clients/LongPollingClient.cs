using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatGen.Testing.Tests.Clients;

/// <summary>Bayeux messages by hand, over HTTP.</summary>
internal sealed class LongPollingClient(Uri url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public string? ClientId { get; set; }

    public string? Cookie { get; set; }

    public async Task<(HttpStatusCode Status, JsonArray Messages, string? SetCookie)> PostAsync(string json, string path = "")
    {
        using HttpResponseMessage response = await ExchangeAsync(json, path);
        string body = await response.Content.ReadAsStringAsync(Deadline.Token);
        string? setCookie = response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? values) ? values.Single() : null;
        return (response.StatusCode, body.Length == 0 ? [] : JsonNode.Parse(body)!.AsArray(), setCookie);
    }

    /// <summary>Posts, and gives the response as it is.</summary>
    public async Task<HttpResponseMessage> ExchangeAsync(string json, string path = "")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url.AbsoluteUri + path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        return await _http.SendAsync(request, Deadline.Token);
    }

    /// <summary>Handshakes, and keeps the client's id and cookie.</summary>
    /// <returns>The reply, and what came with it.</returns>
    public async Task<JsonArray> HandshakeAsync(string ext = "{}")
    {
        (_, JsonArray messages, string? setCookie) = await PostAsync(
            $$"""[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["long-polling"],"ext":{{ext}}}]""", "/handshake");
        Assert.True((bool)messages[0]!["successful"]!);
        ClientId = (string)messages[0]!["clientId"]!;
        Cookie = setCookie?.Split(';')[0];
        return messages;
    }

    /// <summary>Sends one message with these members and the client's id.</summary>
    public async Task<(HttpStatusCode Status, JsonArray Messages)> SendAsync(string members, string path = "/")
    {
        (HttpStatusCode status, JsonArray messages, _) = await PostAsync(Message(members), path);
        return (status, messages);
    }

    public Task<(HttpStatusCode Status, JsonArray Messages)> ConnectAsync(string id = "c", string? advice = null, int? ack = null) =>
        SendAsync($$$"""
            "channel":"/meta/connect","id":"{{{id}}}","connectionType":"long-polling"{{{(advice is null ? "" : $",\"advice\":{advice}")}}}{{{(ack is null ? "" : $$""","ext":{"ack":{{ack}}}""")}}}
            """, "/connect");

    public string Message(string members) => $$"""[{"clientId":"{{ClientId}}",{{members}}}]""";

    public void Dispose() => _http.Dispose();
}

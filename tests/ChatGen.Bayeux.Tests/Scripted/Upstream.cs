using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>A real server behind the scripted one: it gets what the script leaves alone, and so answers as it does.</summary>
internal sealed class Upstream(Uri url) : IDisposable
{
    private static readonly string[] s_passedOn = ["Cookie", "Authorization", "X-Scenario"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Passes a request on, with another body.</summary>
    public async Task<UpstreamResponse> PostAsync(HttpContext context, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, context.Request.Path + context.Request.QueryString));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (string name in s_passedOn)
        {
            if (context.Request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
        return new UpstreamResponse(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? [.. cookies] : [],
            await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Opens a socket; the status of the answer if the server refuses.</summary>
    public async Task<(ClientWebSocket? Socket, int Status)> OpenAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (string protocol in context.WebSockets.WebSocketRequestedProtocols)
        {
            socket.Options.AddSubProtocol(protocol);
        }

        var address = new UriBuilder(new Uri(url, context.Request.Path + context.Request.QueryString)) { Scheme = "ws" };
        try
        {
            await socket.ConnectAsync(address.Uri, cancellationToken);
            return (socket, 101);
        }
        catch (WebSocketException)
        {
            int status = (int)socket.HttpStatusCode;
            socket.Dispose();
            return (null, status == 0 ? StatusCodes.Status502BadGateway : status);
        }
    }

    /// <summary>Has the server publish on a channel.</summary>
    public Task PublishAsync(string channel, string data) => ControlAsync($"/publish?channel={Uri.EscapeDataString(channel)}", data);

    /// <summary>Has the server publish each of several things on a channel.</summary>
    public Task PublishEachAsync(string channel, IEnumerable<string> data) =>
        ControlAsync($"/publish?each=1&channel={Uri.EscapeDataString(channel)}", $"[{string.Join(',', data)}]");

    /// <summary>Has the server deliver to one client on a channel that it need not have subscribed to.</summary>
    public Task DeliverAsync(string client, string channel, string data) =>
        ControlAsync($"/deliver?client={Uri.EscapeDataString(client)}&channel={Uri.EscapeDataString(channel)}", data);

    /// <summary>Has the server end a client's session, with something to deliver first.</summary>
    public Task DisconnectAsync(string client, JsonObject? last) =>
        ControlAsync($"/disconnect?client={Uri.EscapeDataString(client)}", last?.ToJsonString() ?? "");

    /// <summary>How many clients the server knows.</summary>
    public async Task<int> ClientsAsync()
    {
        using JsonDocument stats = JsonDocument.Parse(await _client.GetStringAsync(new Uri(url, "/stats")).Soon());
        return stats.RootElement.GetProperty("clients").GetInt32();
    }

    public void Dispose() => _client.Dispose();

    private async Task ControlAsync(string path, string body)
    {
        using var content = new StringContent(body);
        using HttpResponseMessage response = await _client.PostAsync(new Uri(url, path), content).Soon();
        response.EnsureSuccessStatusCode();
    }
}

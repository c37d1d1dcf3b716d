using System.Net;
using System.Net.WebSockets;
using System.Text;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

/// <summary>What a browser needs to let a page of another origin use the backend: the Fetch standard's CORS, and the origin of WebSockets.</summary>
public sealed class AllowedOriginTests : IDisposable
{
    private const string Page = "http://127.0.0.1:5080";
    private const string Stranger = "http://evil.example";

    private static readonly ChatBackendOptions s_allowing = new() { AllowedOrigins = [Page] };

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/cometd/handshake", "POST", "content-type")]
    [InlineData("/chat/session/messages", "POST", "content-type,x-chat-session")]
    [InlineData("/chat/session/transcript", "GET", "x-chat-session")]
    public async Task Preflight_of_an_allowed_page_is_granted_with_credentials(string path, string method, string headers)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_allowing, Deadline.Token);

        using HttpResponseMessage response = await PreflightAsync(backend, path, Page, method, headers);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([Page], Values(response, "Access-Control-Allow-Origin"));
        Assert.Equal(["true"], Values(response, "Access-Control-Allow-Credentials"));
        Assert.Equal(headers.Split(','), Values(response, "Access-Control-Allow-Headers").SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)));
        Assert.Equal(0, backend.Requests.LongPollingRequests + backend.Requests.RestRequests);
    }

    [Fact]
    public async Task Preflight_of_another_page_is_granted_nothing()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_allowing, Deadline.Token);

        using HttpResponseMessage response = await PreflightAsync(backend, "/cometd/handshake", Stranger, "POST", "content-type");

        Assert.Empty(Values(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task No_page_is_granted_anything_by_default()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);

        using HttpResponseMessage preflight = await PreflightAsync(backend, "/cometd/handshake", Page, "POST", "content-type");
        using HttpResponseMessage handshake = await HandshakeAsync(backend, Page);

        Assert.Empty(Values(preflight, "Access-Control-Allow-Origin"));
        Assert.Empty(Values(handshake, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Answers_over_long_polling_can_be_read_by_an_allowed_page_alone()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_allowing, Deadline.Token);

        using HttpResponseMessage allowed = await HandshakeAsync(backend, Page);
        using HttpResponseMessage strange = await HandshakeAsync(backend, Stranger);

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal([Page], Values(allowed, "Access-Control-Allow-Origin"));
        Assert.Equal(["true"], Values(allowed, "Access-Control-Allow-Credentials"));
        Assert.Single(Values(allowed, "Set-Cookie"));
        Assert.Empty(Values(strange, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Errors_over_REST_can_be_read_too()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_allowing, Deadline.Token);
        using HttpRequestMessage request = new(HttpMethod.Get, backend.RestUrl + "/session/transcript");
        request.Headers.Add("Origin", Page);
        request.Headers.Add("X-Chat-Session", "unknown");

        using HttpResponseMessage response = await _http.SendAsync(request, Deadline.Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal([Page], Values(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_refusal_can_be_read_with_the_time_to_wait()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_allowing, Deadline.Token);
        using IDisposable refusal = backend.Faults.Refuse(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromSeconds(3));

        using HttpResponseMessage response = await HandshakeAsync(backend, Page);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal([Page], Values(response, "Access-Control-Allow-Origin"));
        Assert.Equal(["Retry-After"], Values(response, "Access-Control-Expose-Headers"));
    }

    [Theory]
    [InlineData(Page, true)]
    [InlineData(null, true)]
    [InlineData(Stranger, false)]
    [InlineData("http://127.0.0.1:5081", false)]
    [InlineData("https://127.0.0.1:5080", false)]
    [InlineData("null", false)]
    public async Task WebSocket_is_opened_for_allowed_pages_and_for_clients_that_are_no_browsers(string? origin, bool isAllowed)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_allowing, Deadline.Token);

        Assert.Equal(isAllowed ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, await UpgradeAsync(backend, origin));
    }

    [Fact]
    public async Task WebSocket_is_opened_for_any_page_by_default()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await UpgradeAsync(backend, Stranger));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/")]
    [InlineData("http://127.0.0.1:5080/page")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("HTTP://127.0.0.1:5080")]
    [InlineData("ws://127.0.0.1:5080")]
    public async Task What_is_no_origin_is_refused(string origin)
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => ChatBackend.StartAsync(new ChatBackendOptions { AllowedOrigins = [origin] }, Deadline.Token));

        Assert.Contains($"'{origin}'", exception.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PreflightAsync(ChatBackend backend, string path, string origin, string method, string headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Options, new Uri(backend.CometDUrl, path));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return await _http.SendAsync(request, Deadline.Token);
    }

    private async Task<HttpResponseMessage> HandshakeAsync(ChatBackend backend, string origin)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, backend.CometDUrl + "/handshake")
        {
            Content = new StringContent("""[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["long-polling"]}]""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Origin", origin);
        return await _http.SendAsync(request, Deadline.Token);
    }

    private static async Task<HttpStatusCode> UpgradeAsync(ChatBackend backend, string? origin)
    {
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(backend.CometDUrl) { Scheme = "ws" }.Uri, Deadline.Token);
        }
        catch (WebSocketException)
        {
            // The status tells.
        }

        return socket.HttpStatusCode;
    }

    private static IEnumerable<string> Values(HttpResponseMessage response, string header) => response.Headers.TryGetValues(header, out IEnumerable<string>? values) ? values : [];
}

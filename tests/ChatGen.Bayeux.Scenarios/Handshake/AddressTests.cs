using System.Net;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Handshake;

public sealed class AddressTests : ScenarioTest
{
    private static readonly Uri s_nowhere = new("http://127.0.0.1:1/cometd");

    [Theory, Scenario("CustomTransportURL")]
    [NotAgainst(Against.LongPolling, "The address for long-polling is the common one; see URLPath.")]
    public async Task CustomTransportURL(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { WebSocketUrl = new Uri(Server.Url + "/socket?x=1") });
        Assert.True(Server.UpgradeRequests.TryDequeue(out ServerRequest? request));
        Assert.Equal("/cometd/socket?x=1", request.Path + request.Query);
        Assert.True((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("WebSocketDifferentURLs")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task WebSocketDifferentURLs_the_other_one_is_not_asked(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { Url = s_nowhere, WebSocketUrl = new UriBuilder(Server.Url) { Scheme = "ws" }.Uri });
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.True((await Server.NextAsync(A)).IsWebSocket);
    }

    [Theory, Scenario("WebSocketProtocol")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    [NotAgainst(Against.FayeWebSocket, "The server knows no sub-protocols.")]
    public async Task WebSocketProtocol_that_both_want(Against column)
    {
        await StartAsync(column);
        Server.SubProtocol = "bayeux";
        await ConnectAsync(static options => options with { WebSocketSubProtocol = "bayeux" });
        Assert.Equal("bayeux", (await Server.NextAsync("/meta/connect")).Request["Sec-WebSocket-Protocol"]);
        Assert.True((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("WebSocketProtocol")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task WebSocketProtocol_that_only_the_client_wants(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(static options => options with { WebSocketSubProtocol = "bayeux" });
        Assert.True((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("WebSocketProtocol")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    [NotAgainst(Against.FayeWebSocket, "The server knows no sub-protocols.")]
    public async Task WebSocketProtocol_that_only_the_server_wants(Against column)
    {
        await StartAsync(column);
        Server.SubProtocol = "bayeux";
        await ConnectAsync();
        ServerMessage connect = await Server.NextAsync("/meta/connect");
        Assert.Equal((true, ""), (connect.IsWebSocket, connect.Request["Sec-WebSocket-Protocol"]));
    }

    [Theory, Scenario("WebSocketProtocol")]
    [NotAgainst(Against.WebSocket, "It ends on long-polling.")]
    [NotAgainst(Against.CometDLongPolling | Against.FayeLongPolling, "The server knows no sub-protocols.")]
    public async Task WebSocketProtocol_that_was_not_offered(Against column)
    {
        await StartAsync(column);
        Server.SubProtocol = "other";
        Server.ForcesSubProtocol = true;
        await ConnectAsync(static options => options with { DisableWebSockets = false, WebSocketSubProtocol = "bayeux" });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("RequestHeaders")]
    public async Task RequestHeaders_of_every_request_and_of_the_upgrade(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(static options => options with { RequestHeaders = new Dictionary<string, string> { ["X-Tenant"] = "7" } });
        await PublishAsync("1");
        foreach (string channel in (string[])["/meta/handshake", "/meta/connect", A])
        {
            Assert.Equal("7", (await Server.NextAsync(channel)).Request["X-Tenant"]);
        }

        Assert.All(Server.UpgradeRequests, static request => Assert.Equal("7", request["X-Tenant"]));
        Assert.Equal(column.IsWebSocket(), !Server.UpgradeRequests.IsEmpty);
    }

    [Theory, Scenario("BasicAuthentication")]
    public async Task BasicAuthentication_by_a_header(Against column)
    {
        const string Credentials = "Basic dXNlcjpwYXNz";
        await StartAsync(column);
        Server.Admits = static request => request["Authorization"] == Credentials;
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync());
        Assert.Equal(401, exception.HttpStatus);
        BayeuxClient client = await ConnectAsync(static options => options with
        {
            RequestHeaders = new Dictionary<string, string> { ["Authorization"] = Credentials },
        });
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", client: client)).Outcome);
        Assert.Equal(column.IsWebSocket(), (await Server.NextAsync(A)).IsWebSocket);
    }

    [Theory, Scenario("Proxy")]
    public async Task Proxy_that_lets_through(Against column)
    {
        await StartAsync(column);
        await using TcpRelay proxy = TcpRelay.Proxy();
        await ConnectAsync(options => options with { Proxy = new WebProxy(proxy.Url) });
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.Equal(column.IsWebSocket(), (await Server.NextAsync(A)).IsWebSocket);
        Assert.All(proxy.Requests, head => Assert.StartsWith(column.IsWebSocket() ? "CONNECT " : "POST http://", head, StringComparison.Ordinal));
        Assert.NotEmpty(proxy.Requests);
    }

    [Theory, Scenario("Proxy")]
    public async Task Proxy_that_wants_credentials(Against column)
    {
        await StartAsync(column);
        await using TcpRelay proxy = TcpRelay.Proxy("Basic dXNlcjpwYXNz");
        await ConnectAsync(options => options with { Proxy = new WebProxy(proxy.Url) { Credentials = new NetworkCredential("user", "pass") } });
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.Equal(column.IsWebSocket(), (await Server.NextAsync(A)).IsWebSocket);
    }
}

using System.Net;
using System.Net.Sockets;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Handshake;

public sealed class TransportTests : ScenarioTest
{
    private const string EndsOnLongPolling = "It ends on long-polling.";

    [Theory, Scenario("TransportNegotiation")]
    [NotAgainst(Against.WebSocket, EndsOnLongPolling)]
    [Case(404)]
    [Case(405)]
    [Case(503)]
    [Case(200)]
    public async Task TransportNegotiation_with_an_upgrade_that_is_refused(Against column, int status)
    {
        await StartAsync(column);
        Server.UpgradeStatus = status;
        await ConnectAsync(static options => options with { DisableWebSockets = false });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
        Assert.Equal(1, Server.Upgrades);
    }

    [Theory, Scenario("TransportNegotiation")]
    [NotAgainst(Against.Scripted | Against.Faye, "The server has WebSocket.")]
    public async Task TransportNegotiation_with_a_server_that_has_no_websocket(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(static options => options with { DisableWebSockets = false });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
        Assert.Equal(1, Server.Upgrades);
    }

    [Theory, Scenario("TransportNegotiation")]
    [NotAgainst(Against.WebSocket, EndsOnLongPolling)]
    [NotAgainst(Against.CometDLongPolling | Against.FayeLongPolling, "The server that answers over WebSocket also lists it.")]
    public async Task TransportNegotiation_without_websocket_in_the_servers_list(Against column)
    {
        await StartAsync(column);
        Server.SupportedTypes = """["long-polling"]""";
        await ConnectAsync(static options => options with { DisableWebSockets = false });
        Assert.True((await Server.NextAsync("/meta/handshake")).IsWebSocket);
        Assert.False((await Server.NextAsync("/meta/handshake")).IsWebSocket);
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("TransportNegotiation")]
    [NotAgainst(Against.WebSocket, EndsOnLongPolling)]
    [NotAgainst(Against.CometDLongPolling, "The server has no WebSocket that could swallow anything.")]
    public async Task TransportNegotiation_with_a_websocket_that_swallows_the_handshake(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.IsWebSocket ? Reply.Nothing : null;
        await ConnectAsync(static options => options with { DisableWebSockets = false, MaxNetworkDelay = TimeSpan.FromSeconds(1), MaxConnectAttempts = 9 });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("TransportNegotiation")]
    public async Task TransportNegotiation_offers_what_is_allowed(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        for (int session = 0; session < 2; session++)
        {
            Assert.Equal(
                column.IsWebSocket() ? """["websocket","long-polling"]""" : """["long-polling"]""",
                (await Server.NextAsync("/meta/handshake")).Json["supportedConnectionTypes"]!.ToJsonString());
        }

        Assert.Equal(column.IsWebSocket(), Server.Upgrades > 0);
    }

    [Theory, Scenario("WebSocketHeaderRemoved")]
    [NotAgainst(Against.WebSocket, EndsOnLongPolling)]
    [NotAgainst(Against.CometDLongPolling, "The server has no WebSocket that could lack the header.")]
    public async Task WebSocketHeaderRemoved(Against column)
    {
        await StartAsync(column);
        Server.OmitsUpgradeProof = true;
        await ConnectAsync(static options => options with { DisableWebSockets = false });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
        Assert.Equal(1, Server.Upgrades);
    }

    [Theory, Scenario("WebSocketConnectTimeout")]
    [NotAgainst(Against.WebSocket, EndsOnLongPolling)]
    public async Task WebSocketConnectTimeout(Against column)
    {
        await StartAsync(column);
        Server.UpgradeStatus = 0;
        await ConnectAsync(static options => options with { DisableWebSockets = false, ConnectTimeout = TimeSpan.FromSeconds(1), MaxConnectAttempts = 9 });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("WebSocketRefusedOrNotSupported")]
    [NotAgainst(Against.Real, Because.OfClient)]
    public async Task WebSocketRefusedOrNotSupported_nobody_listens(Against column)
    {
        await StartAsync(column);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(
            () => ConnectAsync(options => options with { Url = new Uri($"http://127.0.0.1:{port}/cometd") }));
        Assert.Equal(BayeuxFaultKind.Unreachable, exception.Kind);
    }

    [Theory, Scenario("ClientRetriesWebSocketTransportIfCannotConnect")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task ClientRetriesWebSocketTransportIfCannotConnect(Against column)
    {
        await StartAsync(column);
        GoDown();
        BayeuxClient client = Create(options => options with { HttpMessageHandler = Network, MaxConnectAttempts = 1000 });
        Task connecting = client.ConnectAsync(Cancellation);
        await FaultAsync(BayeuxFaultKind.Unreachable);
        await FaultAsync(BayeuxFaultKind.Unreachable);
        GoUp();
        await connecting.Soon();
        Assert.True((await Server.NextAsync("/meta/handshake")).IsWebSocket);
        Assert.True((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("OwnHttpMessageHandler")]
    public async Task OwnHttpMessageHandler_carries_everything_and_is_not_disposed(Against column)
    {
        await StartAsync(column);
        using var handler = new HeaderHandler("X-Own", "1");
        await ConnectAsync(options => options with { HttpMessageHandler = handler });
        ServerMessage connect = await Server.NextAsync("/meta/connect");
        Assert.Equal("1", connect.Request["X-Own"]);
        await Client.DisposeAsync().AsTask().Soon();
        Assert.False(handler.IsDisposed);
        Assert.Equal(column.IsWebSocket(), handler.Requests == 1);
    }

    [Theory, Scenario("URLPath")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    [Case("")]
    [Case("/")]
    public async Task URLPath(Against column, string suffix)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { Url = new Uri(Server.Url + suffix) });
        Assert.Equal("/cometd/handshake", (await Server.NextAsync("/meta/handshake")).Path);
        Assert.Equal("/cometd/connect", (await Server.NextAsync("/meta/connect")).Path);
        await Client.DisconnectAsync(Cancellation).Soon();
        Assert.Equal("/cometd/disconnect", (await Server.NextAsync("/meta/disconnect")).Path);
    }

    [Theory, Scenario("URLPathWithFile")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    public Task URLPathWithFile(Against column) => StaysAsync(column, "/x.php", "/cometd/x.php", static options => options);

    [Theory, Scenario("URLPathWithParameters")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    public Task URLPathWithParameters(Against column) => StaysAsync(column, "?a=b", "/cometd?a=b", static options => options);

    [Theory, Scenario("URLPathDisabled")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    public Task URLPathDisabled(Against column) => StaysAsync(column, "", "/cometd", static options => options with { AppendMessageTypeToUrl = false });

    private async Task StaysAsync(Against column, string suffix, string expected, Func<BayeuxClientOptions, BayeuxClientOptions> configure)
    {
        await StartAsync(column, test: TestContext.Current.TestMethod!.MethodName);
        await ConnectAsync(options => configure(options) with { Url = new Uri(Server.Url + suffix) });
        await PublishAsync("1");
        await Client.DisconnectAsync(Cancellation).Soon();
        foreach (string channel in (string[])["/meta/handshake", "/meta/connect", A, "/meta/disconnect"])
        {
            ServerRequest request = (await Server.NextAsync(channel)).Request;
            Assert.Equal(expected, request.Path + request.Query);
        }
    }
}

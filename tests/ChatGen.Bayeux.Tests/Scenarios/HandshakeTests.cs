using System.Net;
using System.Net.Sockets;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Scenarios;

public sealed class HandshakeTests : Scenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connecting_takes_a_handshake_and_a_connect(bool webSocket)
    {
        BayeuxClient client = await ConnectAsync(webSocket);
        ServerMessage handshake = await Server.NextAsync("/meta/handshake");
        Assert.Equal(1, handshake.BatchSize);
        Assert.Equal("1.0", (string?)handshake.Json["version"]);
        ServerMessage connect = await Server.NextAsync("/meta/connect");
        Assert.True(connect.IsImmediate);
        Assert.Equal(webSocket, connect.IsWebSocket);
        Assert.Equal(webSocket ? "websocket" : "long-polling", (string?)connect.Json["connectionType"]);
        Assert.False((await Server.NextAsync("/meta/connect")).IsImmediate);
        Assert.Equal(BayeuxClientState.Connected, client.State);
        Assert.Equal(1, client.SessionNumber);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandshakeDenied(bool webSocket)
    {
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.Of(message.Refused("403:x:denied_by_policy", """{"reconnect":"none"}""")) : null;
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync(webSocket, options => options with { MaxConnectAttempts = 9 }));
        Assert.Equal((BayeuxFaultKind.HandshakeRejected, 403), (exception.Kind, exception.Error?.Code));
        Assert.DoesNotContain("x:", exception.Message, StringComparison.Ordinal);
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData(500, "", BayeuxFaultKind.HttpStatus)]
    [InlineData(404, "<html>", BayeuxFaultKind.HttpStatus)]
    [InlineData(200, "<html><body>Sign in</body></html>", BayeuxFaultKind.InvalidResponse)]
    [InlineData(200, "", BayeuxFaultKind.InvalidResponse)]
    [InlineData(200, "[]", BayeuxFaultKind.InvalidResponse)]
    [InlineData(200, "[{\"channel\":\"/meta/hand", BayeuxFaultKind.InvalidResponse)]
    [InlineData(200, "[{\"channel\":\"/other\",\"data\":1}]", BayeuxFaultKind.InvalidResponse)]
    public async Task HandshakeFailure(int status, string body, BayeuxFaultKind kind)
    {
        Server.Script = message => Reply.Http(status, body, "text/html");
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync(webSocket: false));
        Assert.Equal(kind, exception.Kind);
        Assert.Equal(status == 200 ? null : status, exception.HttpStatus);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Fact]
    public async Task HandshakeRetries()
    {
        Server.Script = message => message is { Channel: "/meta/handshake", Number: < 3 } ? Reply.Http(503) : null;
        await ConnectAsync(webSocket: false, options => options with { MaxConnectAttempts = 3 });
        Assert.Equal(3, Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_down_fails_the_connect(bool webSocket)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(
            () => ConnectAsync(webSocket, options => options with { Url = new Uri($"http://127.0.0.1:{port}/cometd") }));
        Assert.Equal(BayeuxFaultKind.Unreachable, exception.Kind);
    }

    [Fact]
    public async Task HandshakeFailsNoTransports()
    {
        Server.SupportedTypes = """["callback-polling"]""";
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync(webSocket: false));
        Assert.Equal((BayeuxFaultKind.NoCommonTransport, 405), (exception.Kind, exception.Error?.Code));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(503)]
    [InlineData(200)]
    public async Task A_refused_upgrade_falls_back_to_long_polling(int status)
    {
        Server.UpgradeStatus = status;
        await ConnectAsync(webSocket: true);
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
        Assert.Equal(1, Server.Upgrades);
    }

    [Fact]
    public async Task TransportNegotiation_without_websocket_in_the_servers_list()
    {
        Server.SupportedTypes = """["long-polling"]""";
        await ConnectAsync(webSocket: true);
        Assert.True((await Server.NextAsync("/meta/handshake")).IsWebSocket);
        Assert.False((await Server.NextAsync("/meta/handshake")).IsWebSocket);
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Fact]
    public async Task A_websocket_that_swallows_the_handshake_falls_back_to_long_polling()
    {
        Server.Script = message => message.IsWebSocket ? Reply.Nothing : null;
        await ConnectAsync(webSocket: true, options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(200) });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Fact]
    public async Task WebSocketConnectTimeout()
    {
        Server.UpgradeStatus = 0;
        await ConnectAsync(webSocket: true, options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(300) });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Fact]
    public async Task A_handler_of_the_users_own_carries_everything_and_is_not_disposed()
    {
        using var handler = new CountingHandler(new SocketsHttpHandler { UseCookies = false });
        await ConnectAsync(webSocket: true, options => options with { HttpMessageHandler = handler });
        Assert.True((await Server.NextAsync("/meta/connect")).IsWebSocket);
        await Client.DisposeAsync().AsTask().Soon();
        Assert.Equal((1, false), (handler.Requests, handler.Disposed));
    }

    [Fact]
    public async Task Disabled_websockets_are_never_tried()
    {
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 } ? Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice)) : null;
        await ConnectAsync(webSocket: false);
        await Server.NextAsync("/meta/handshake");
        Assert.Equal("""["long-polling"]""", (await Server.NextAsync("/meta/handshake")).Json["supportedConnectionTypes"]!.ToJsonString());
        Assert.Equal(0, Server.Upgrades);
    }

    [Fact]
    public async Task MultipleHandshakes()
    {
        await ConnectAsync(webSocket: false);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.ConnectAsync(TestContext.Current.CancellationToken).Soon());
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandshakeExpiration(bool webSocket)
    {
        var late = new TaskCompletionSource();
        Server.Script = message => message is { Channel: "/meta/handshake" } ? Reply.After(late.Task, Reply.Of(Server.HandshakeReply(message))) : null;
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(
            () => ConnectAsync(webSocket, options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal(BayeuxFaultKind.Timeout, exception.Kind);
        late.SetResult();
        Assert.Equal(0, Server.CountOf("/meta/connect"));
    }

    [Fact]
    public async Task Cancelling_the_connect_gives_it_up()
    {
        Server.Script = message => Reply.After(new TaskCompletionSource().Task, Reply.Nothing);
        using var cancellation = new CancellationTokenSource();
        Task connecting = Create(webSocket: false).ConnectAsync(cancellation.Token);
        await Server.NextAsync("/meta/handshake");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Soon());
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
    }

    [Fact]
    public async Task A_first_connect_that_is_refused_fails_with_a_hint_at_cookies()
    {
        Server.Script = message => message.Channel == "/meta/connect" ? Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice)) : null;
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync(webSocket: false));
        Assert.Equal((BayeuxFaultKind.ConnectRejected, 402), (exception.Kind, exception.Error?.Code));
        Assert.Contains("cookies", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_are_kept_for_the_client_and_sent_back()
    {
        await ConnectAsync(webSocket: false);
        Assert.Equal("", (await Server.NextAsync("/meta/handshake")).Cookie);
        Assert.Equal("BAYEUX_BROWSER=secret-cookie", (await Server.NextAsync("/meta/connect")).Cookie);
        await using var other = new BayeuxClient(new BayeuxClientOptions { Url = Server.Url, DisableWebSockets = true });
        await other.ConnectAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal("", (await Server.NextAsync("/meta/handshake")).Cookie);
    }

    [Theory]
    [InlineData("", "/cometd/handshake", "/cometd/connect")]
    [InlineData("/", "/cometd/handshake", "/cometd/connect")]
    [InlineData("/x.php", "/cometd/x.php", "/cometd/x.php")]
    [InlineData("?a=b", "/cometd", "/cometd")]
    public async Task URLPath(string suffix, string handshakePath, string connectPath)
    {
        await ConnectAsync(webSocket: false, options => options with { Url = new Uri(Server.Url + suffix) });
        Assert.Equal(handshakePath, (await Server.NextAsync("/meta/handshake")).Path);
        Assert.Equal(connectPath, (await Server.NextAsync("/meta/connect")).Path);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart(bool webSocket)
    {
        await ConnectAsync(webSocket);
        await Client.DisconnectAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        await Client.ConnectAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal(2, Server.CountOf("/meta/handshake"));
        Assert.Equal(2, Client.SessionNumber);
    }

    private sealed class CountingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Requests { get; private set; }

        public bool Disposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            Disposed = true;
            base.Dispose(disposing);
        }
    }
}

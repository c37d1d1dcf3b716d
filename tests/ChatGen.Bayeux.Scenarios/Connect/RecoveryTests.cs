using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class RecoveryTests : ScenarioTest
{
    [Theory, Scenario("WebSocketConnectTimeoutCancelled")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    [NotAgainst(Against.FayeWebSocket, Because.OfTime)]
    public async Task WebSocketConnectTimeoutCancelled(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        await ConnectAsync(options => options with { TimeProvider = time, ConnectTimeout = TimeSpan.FromSeconds(5) });
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.Equal((BayeuxClientState.Connected, 1), (Client.State, Server.Upgrades));
    }

    [Theory, Scenario("ReturnToWebSocket")]
    [NotAgainst(Against.LongPolling, "It ends on WebSocket.")]
    public async Task ReturnToWebSocket_within_the_session(Against column)
    {
        await StartAsync(column);
        Server.UpgradeStatus = 405;
        BayeuxSubscription subscription = Create(static options => options with { WebSocketRetryInterval = TimeSpan.FromMilliseconds(100) }).Subscribe(A, Record);
        await Client.ConnectAsync(Cancellation).Soon();
        await subscription.ConfirmedAsync(Cancellation).Soon();
        ServerMessage connect = await Server.NextAsync("/meta/connect");
        Assert.False(connect.IsWebSocket);
        Server.UpgradeStatus = 101;
        while (!connect.IsWebSocket)
        {
            // Each event ends a poll, and the next may try again.
            await Server.PushAsync(A, "1");
            Assert.Equal("/a 1", await NextEventAsync());
            connect = await Server.NextAsync("/meta/connect");
        }

        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal((1, 1), (Server.CountOf("/meta/handshake"), Client.SessionNumber));
    }

    [Theory, Scenario("ReturnToWebSocket")]
    [NotAgainst(Against.WebSocket, "It ends on long-polling.")]
    [NotAgainst(Against.CometDLongPolling, "The server does not claim to have WebSocket, so that it is not asked again.")]
    public async Task ReturnToWebSocket_in_vain_disturbs_nothing(Against column)
    {
        await StartAsync(column);
        Server.UpgradeStatus = 405;
        BayeuxSubscription subscription = Create(static options => options with
        {
            DisableWebSockets = false,
            WebSocketRetryInterval = TimeSpan.FromMilliseconds(50),
        }).Subscribe(A, Record);
        await Client.ConnectAsync(Cancellation).Soon();
        await subscription.ConfirmedAsync(Cancellation).Soon();
        for (int number = 0; Server.Upgrades < 4; number++)
        {
            Assert.InRange(number, 0, 10_000);
            await Server.PushAsync(A, $"{number}");
            Assert.Equal($"/a {number}", await NextEventAsync());
        }

        Assert.Equal((1, 1, BayeuxClientState.Connected), (Server.CountOf("/meta/handshake"), Client.SessionNumber, Client.State));
    }

    [Theory, Scenario("KeepAliveBlackHole")]
    [NotAgainst(Against.LongPolling, "A poll that is not answered is found by its deadline; see MetaConnectExpires.")]
    public async Task KeepAliveBlackHole_is_found_long_before_the_poll_would_expire(Against column)
    {
        // Faye answers the poll after a swallowed one only when the swallowed one would have been over.
        await StartAsync(column, ["--timeout=3000"]);
        await using TcpRelay network = TcpRelay.To(Server.Url);
        await ConnectAsync(options => options with
        {
            Url = new Uri(network.Url, "/cometd"),
            WebSocketKeepAliveInterval = TimeSpan.FromSeconds(1),
            WebSocketKeepAliveTimeout = TimeSpan.FromSeconds(2),
        });
        await SubscribeAsync(A);
        network.SwallowAll();
        Assert.NotNull((await StateAsync(BayeuxClientState.Reconnecting)).Cause);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        Assert.True((await Server.NextAsync(B)).IsWebSocket);
    }

    [Theory, Scenario("HostsFailover")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task HostsFailover_to_a_host_that_is_accepted(Against column)
    {
        await StartAsync(column);
        await using ScriptedServer other = await ScriptedServer.StartAsync();
        Advise(other);
        await ConnectAsync(options => options with { AcceptHost = url => url.Port == other.Url.Port });
        await SubscribeAsync(A);
        Assert.Equal(1, (await other.NextAsync("/meta/handshake")).Number);
        await other.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("HostsFailover")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task HostsFailover_stays_unless_it_was_allowed_to_go(Against column)
    {
        await StartAsync(column);
        await using ScriptedServer other = await ScriptedServer.StartAsync();
        Advise(other);
        await ConnectAsync(static options => options with { MaxConnectAttempts = 5 });
        await FaultAsync(BayeuxFaultKind.HostNotAccepted);
        await SubscribeAsync(A);
        Assert.Equal((2, 0), (Server.CountOf("/meta/handshake"), other.CountOf("/meta/handshake")));
    }

    [Theory, Scenario("RetryAfter")]
    [NotAgainst(Against.Real, Because.OfTime)]
    public async Task RetryAfter_is_waited_for(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        await ConnectAsync(options => options with
        {
            TimeProvider = time,
            InitialBackoff = TimeSpan.FromSeconds(1),
            MaxBackoff = TimeSpan.FromSeconds(1),
            MaxNetworkDelay = TimeSpan.FromSeconds(100),
            ConnectTimeout = TimeSpan.FromSeconds(100),
        });
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        Server.UpgradeStatus = 503;
        Server.UpgradeRetryAfter = 20;
        int connects = Server.CountOf("/meta/connect");
        Server.Script = message => message.Channel == "/meta/connect" && message.Number == connects + 1 ? Reply.Http(503, "", "text/plain", ("Retry-After", "20")) : null;
        Server.AbortSockets();
        Server.AbortRequests();
        TimeSpan delay = await time.TimerAsync(TimeSpan.FromSeconds(1));
        time.Advance(delay);
        await FaultAsync(BayeuxFaultKind.HttpStatus);
        delay = await time.TimerAsync(TimeSpan.FromSeconds(22));
        Assert.InRange(delay.TotalSeconds, 20, 21);
        Server.UpgradeStatus = 101;
        time.Advance(delay);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
    }

    [Theory, Scenario("Jitter")]
    [NotAgainst(Against.Real, Because.OfTime)]
    [NotAgainst(Against.ScriptedWebSocket, "What breaks makes no difference to the delay.")]
    public async Task Jitter_spreads_the_herd(Against column)
    {
        const int Count = 40;
        await StartAsync(column);
        Server.Script = static message => message is { Channel: "/meta/connect", IsImmediate: false } ? Reply.Http(503) : null;
        double[] delays = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => FirstDelayAsync()));
        Assert.All(delays, static delay => Assert.InRange(delay, 0, 10));
        Assert.InRange(delays.Min(), 0, 5);
        Assert.InRange(delays.Max(), 5, 10);
        Assert.InRange(delays.Select(static delay => (int)(delay * 100)).Distinct().Count(), Count / 2, Count);
    }

    private async Task<double> FirstDelayAsync()
    {
        var time = new WatchedTimeProvider();
        await using var client = new BayeuxClient(Options() with
        {
            TimeProvider = time,
            InitialBackoff = TimeSpan.FromSeconds(10),
            MaxBackoff = TimeSpan.FromSeconds(100),
            MaxNetworkDelay = TimeSpan.FromSeconds(200),
        });
        await client.ConnectAsync(Cancellation).Soon();
        return (await time.TimerAsync(TimeSpan.FromSeconds(10))).TotalSeconds;
    }

    /// <summary>Has the server send its clients elsewhere, once.</summary>
    private void Advise(ScriptedServer other) => Server.Script = message =>
    {
        if (message is not { Channel: "/meta/connect", Number: 1 })
        {
            return null;
        }

        JsonObject reply = message.Ok("""{"reconnect":"handshake","interval":0}""");
        reply["advice"]!["hosts"] = new JsonArray($"127.0.0.1:{other.Url.Port}");
        return Reply.Of(reply);
    };
}

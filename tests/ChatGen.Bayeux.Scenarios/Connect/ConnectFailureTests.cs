using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class ConnectFailureTests : ScenarioTest
{
    private const string Whole = """[{"channel":"/meta/connect","id":"x","successful":true}]""";

    [Theory, Scenario("ConnectFailure")]
    [NotAgainst(Against.Real, Because.OfTime)]
    [NotAgainst(Against.ScriptedWebSocket, "It counts answers of HTTP; for a broken socket see ShortNetworkFailure.")]
    public async Task ConnectFailure_is_followed_by_longer_and_longer_delays_up_to_the_greatest(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        Server.Script = message => message is { Channel: "/meta/connect", Number: > 1 } ? Reply.Http(503) : null;
        await ConnectAsync(options => options with
        {
            TimeProvider = time,
            InitialBackoff = TimeSpan.FromSeconds(1),
            MaxBackoff = TimeSpan.FromSeconds(6),
            MaxNetworkDelay = TimeSpan.FromSeconds(100),
        });
        foreach ((double least, double most) in ((double, double)[])[(0, 1), (1, 2), (2, 4), (3, 6), (3, 6)])
        {
            TimeSpan delay = await time.TimerAsync(TimeSpan.FromSeconds(6));
            Assert.InRange(delay.TotalSeconds, least, most);
            time.Advance(delay);
        }

        Assert.Equal(BayeuxClientState.Reconnecting, Client.State);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("BackoffAfterReconnect")]
    [NotAgainst(Against.Real, Because.OfTime)]
    [NotAgainst(Against.ScriptedWebSocket, "It counts answers of HTTP; for a broken socket see ShortNetworkFailure.")]
    public async Task BackoffAfterReconnect_begins_anew(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 or 3 or 4 or 6 } ? Reply.Http(503) : null;
        await ConnectAsync(options => options with
        {
            TimeProvider = time,
            InitialBackoff = TimeSpan.FromSeconds(1),
            MaxBackoff = TimeSpan.FromSeconds(60),
            MaxNetworkDelay = TimeSpan.FromSeconds(100),
        });
        foreach ((double least, double most) in ((double, double)[])[(0, 1), (1, 2), (2, 4), (0, 1)])
        {
            TimeSpan delay = await time.TimerAsync(TimeSpan.FromSeconds(60));
            Assert.InRange(delay.TotalSeconds, least, most);
            time.Advance(delay);
        }

        await StateAsync(BayeuxClientState.Connected);
    }

    [Theory, Scenario("ConnectTemporaryFailure")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    [Case(500)]
    [Case(502)]
    [Case(404)]
    public Task ConnectTemporaryFailure(Against column, int status) => SurvivesAsync(column, Reply.Http(status, "<html/>", "text/html"), BayeuxFaultKind.HttpStatus);

    [Theory, Scenario("EmptyResponse")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    [Case("")]
    [Case("[]")]
    public Task EmptyResponse(Against column, string body) => SurvivesAsync(column, Reply.Http(200, body, "application/json"), BayeuxFaultKind.InvalidResponse);

    [Theory, Scenario("BadBody")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    [Case("no json")]
    [Case("[1]")]
    [Case("[{\"data\":1}]")]
    public Task BadBody(Against column, string body) => SurvivesAsync(column, Reply.Http(200, body, "application/json"), BayeuxFaultKind.InvalidResponse);

    [Theory, Scenario("HtmlBody")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    public Task HtmlBody(Against column) =>
        SurvivesAsync(column, Reply.Http(200, "<!DOCTYPE html><html><body>Sign in</body></html>", "text/html"), BayeuxFaultKind.InvalidResponse);

    [Theory, Scenario("TruncatedBody")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    public Task TruncatedBody(Against column) => SurvivesAsync(column, Reply.Http(200, Whole[..^9], "application/json"), BayeuxFaultKind.InvalidResponse);

    [Theory, Scenario("MissingContentType")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    [NotAgainst(Against.ScriptedWebSocket, Because.OfHttp)]
    public async Task MissingContentType(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/handshake" } ? Reply.Http(200, ScriptedServer.Text([Server.HandshakeReply(message)]), null) : null;
        await ConnectAsync();
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("MalformedFrames")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    [Case("no json")]
    [Case("[{\"channel\":\"/meta/connect\",")]
    public async Task MalformedFrames_break_the_socket_but_not_the_session(Against column, string frame)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Server.PushRawAsync(frame);
        Assert.Equal(BayeuxFaultKind.InvalidResponse, (await StateAsync(BayeuxClientState.Reconnecting)).Cause?.Kind);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(2, Server.Upgrades);
    }

    private async Task SurvivesAsync(Against column, Reply reply, BayeuxFaultKind kind)
    {
        await StartAsync(column, test: TestContext.Current.TestMethod!.MethodName);
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 } ? reply : null;
        await ConnectAsync();
        Assert.Equal(kind, (await StateAsync(BayeuxClientState.Reconnecting)).Cause?.Kind);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
    }
}

using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class MetaConnectTests : ScenarioTest
{
    private const string WatchesNot = "The scripted server does not watch over cookies; see the others of this name.";

    [Theory, Scenario("DuplicateMetaConnect")]
    [NotAgainst(Against.LongPolling, "A reply cannot come where nothing was asked.")]
    public async Task DuplicateMetaConnect_a_foreign_reply_is_dropped(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        await Server.PushAsync(new JsonObject { ["channel"] = "/meta/connect", ["id"] = "foreign", ["successful"] = true });

        // What is published afterwards is answered afterwards, so by then the foreign reply has been dealt with.
        await PublishAsync("1");
        Assert.Equal(2, Server.CountOf("/meta/connect"));
    }

    [Theory, Scenario("DuplicateMetaConnect")]
    [NotAgainst(Against.WebSocket, "The scripted server counts requests.")]
    public async Task DuplicateMetaConnect_only_one_is_ever_held(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        for (int number = 0; number < 20; number++)
        {
            await Server.PushAsync(A, "1");
            await NextEventAsync();
        }

        Assert.Equal(1, Server.MaxHeld);
    }

    [Theory, Scenario("MaxNetworkDelayHandshake")]
    public async Task MaxNetworkDelayHandshake(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/handshake", Number: 1 } ? Reply.Never() : null;
        await ConnectAsync(options => options with { MaxNetworkDelay = TimeSpan.FromSeconds(1), MaxConnectAttempts = 9 });
        Assert.Equal(BayeuxFaultKind.Timeout, (await FaultAsync(BayeuxFaultKind.Timeout)).Kind);
        Assert.InRange(Server.CountOf("/meta/handshake"), 2, 9);
    }

    [Theory, Scenario("MaxNetworkDelayMetaConnect")]
    public async Task MaxNetworkDelayMetaConnect_of_the_first_one(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/connect", Number: 1 } ? Reply.Never() : null;
        await ConnectAsync(options => options with { MaxNetworkDelay = TimeSpan.FromSeconds(1), MaxConnectAttempts = 9 });
        await FaultAsync(BayeuxFaultKind.Timeout);
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("NetworkDelayListener")]
    public async Task NetworkDelayListener_extends_the_wait(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == A ? Reply.After(answer.Task, Reply.Usual) : null;
        await ConnectAsync(options => options with
        {
            MaxNetworkDelay = TimeSpan.FromSeconds(1),
            ExtendTimeout = timeout =>
            {
                if (timeout.Channels.Contains(A))
                {
                    answer.TrySetResult();
                }

                return TimeSpan.FromSeconds(30);
            },
        });
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.True(answer.Task.IsCompleted);
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("MaxNetworkDelayDynamic")]
    public async Task MaxNetworkDelayDynamic_gives_up_when_nothing_more_is_given(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        var waited = new List<TimeSpan>();
        Server.Script = message => message.Channel == A ? Reply.Never() : null;
        await ConnectAsync(options => options with
        {
            MaxNetworkDelay = TimeSpan.FromSeconds(1),
            ExtendTimeout = timeout =>
            {
                if (!timeout.Channels.Contains(A))
                {
                    return TimeSpan.FromSeconds(30);
                }

                waited.Add(timeout.Waited);
                return waited.Count < 3 ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero;
            },
        });
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.Timeout), (result.Outcome, result.Fault?.Kind));
        Assert.Equal(3, waited.Count);
        Assert.Equal(waited.Order(), waited);
        Assert.True(waited[0] >= TimeSpan.FromSeconds(1) && waited[2] >= TimeSpan.FromSeconds(1.2));
    }

    [Theory, Scenario("TransportAdvice")]
    [NotAgainst(Against.Real, Because.OfTime)]
    public async Task TransportAdvice_holds_for_its_transport_alone(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        string advice = column.IsWebSocket()
            ? """{"reconnect":"retry","interval":7000,"websocket":{"interval":2000},"long-polling":{"interval":-1}}"""
            : """{"reconnect":"retry","interval":7000,"long-polling":{"interval":2000},"websocket":{"interval":-1}}""";
        Server.Script = message => message is { Channel: "/meta/connect", Number: 1 } ? Reply.Of(message.Ok(advice)) : null;
        await ConnectAsync(options => options with { TimeProvider = time, MaxNetworkDelay = TimeSpan.FromSeconds(100) });
        Assert.Equal(TimeSpan.FromSeconds(2), await time.TimerAsync(TimeSpan.FromSeconds(7)));
        await Server.NextAsync("/meta/connect");
        time.Advance(TimeSpan.FromSeconds(2));
        await Server.NextAsync("/meta/connect");
    }

    [Theory, Scenario("MultipleClientSessions")]
    [NotAgainst(Against.Faye, "The server gives no cookie.")]
    [NotAgainst(Against.Scripted, WatchesNot)]
    public async Task MultipleClientSessions_with_one_cookie_are_reported_and_still_served(Against column)
    {
        await StartAsync(column);
        string? cookie = null;
        using var handler = new CookieHandler(() => cookie);
        await ConnectAsync(options => options with { HttpMessageHandler = handler });
        BayeuxClient other = Create(options => options with { HttpMessageHandler = handler });
        cookie = (await Server.NextAsync("/meta/connect")).Cookie;
        var reported = new TaskCompletionSource<BayeuxFault>(TaskCreationOptions.RunContinuationsAsynchronously);
        other.Faulted += fault => _ = fault.Kind == BayeuxFaultKind.MultipleClients && reported.TrySetResult(fault);
        await other.ConnectAsync(Cancellation).Soon();
        await SubscribeAsync(A);
        await SubscribeAsync(A, other);
        await reported.Task.Soon();
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Theory, Scenario("MetaConnectExpires")]
    public async Task MetaConnectExpires(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        Server.Script = message => message switch
        {
            { Channel: "/meta/handshake" } when !column.IsReal() => Reply.Of(Server.HandshakeReply(message, """{"reconnect":"retry","timeout":3000}""")),
            { Channel: "/meta/connect", Number: 2 } => Reply.Never(),
            _ => null,
        };
        await ConnectAsync(options => options with { MaxNetworkDelay = TimeSpan.FromSeconds(1) });
        Assert.Equal(BayeuxFaultKind.Timeout, (await StateAsync(BayeuxClientState.Reconnecting)).Cause?.Kind);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
    }

    [Theory, Scenario("MetaConnectDelayedOnServerRespondedBeforeRetry")]
    [NotAgainst(Against.Real, "The server would hold the retried one as well as the delayed; see MetaConnectExpires.")]
    public Task MetaConnectDelayedOnServerRespondedBeforeRetry(Against column) => DelayedAsync(column, BayeuxClientState.Reconnecting);

    [Theory, Scenario("MetaConnectDelayedOnServerRespondedAfterRetry")]
    [NotAgainst(Against.Real, "The server would hold the retried one as well as the delayed; see MetaConnectExpires.")]
    public Task MetaConnectDelayedOnServerRespondedAfterRetry(Against column) => DelayedAsync(column, BayeuxClientState.Connected);

    [Theory, Scenario("MultipleClientSessions")]
    [NotAgainst(Against.Scripted, WatchesNot)]
    public async Task MultipleClientSessions_of_one_process_do_not_slow_each_other(Against column)
    {
        await StartAsync(column);
        using var handler = new SocketsHttpHandler { UseCookies = false };
        BayeuxClient first = await ConnectAsync(options => options with { HttpMessageHandler = handler });
        BayeuxClient second = await ConnectAsync(options => options with { HttpMessageHandler = handler });
        await SubscribeAsync(A, first);
        await SubscribeAsync(A, second);
        await Server.NextSentAsync("/meta/handshake");
        JsonObject reply = await Server.NextSentAsync("/meta/connect");
        Assert.NotEqual(true, (bool?)reply["advice"]?["multiple-clients"]);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal((BayeuxClientState.Connected, BayeuxClientState.Connected), (first.State, second.State));
    }

    [Theory, Scenario("MultipleClientSessions")]
    [NotAgainst(Against.Real, Because.OfTime)]
    public async Task MultipleClientSessions_are_told_apart_by_the_advised_interval(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        Server.Script = message => message is { Channel: "/meta/connect", Number: 1 }
            ? Reply.Of(message.Ok("""{"reconnect":"retry","interval":2000,"multiple-clients":true,"timeout":0}"""))
            : null;
        await ConnectAsync(options => options with { TimeProvider = time, MaxNetworkDelay = TimeSpan.FromSeconds(100) });
        Assert.Equal(TimeSpan.FromSeconds(2), await time.TimerAsync(TimeSpan.FromSeconds(2)));
        Assert.Equal(1, Server.CountOf("/meta/connect"));
        await Server.NextAsync("/meta/connect");
        time.Advance(TimeSpan.FromSeconds(2));
        await Server.NextAsync("/meta/connect");
    }

    [Theory, Scenario("IntervalAdvice")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task IntervalAdvice_below_zero_forbids_to_connect(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 } ? Reply.Of(message.Ok("""{"reconnect":"retry","interval":-1}""")) : null;
        await ConnectAsync();
        Assert.NotNull((await StateAsync(BayeuxClientState.Disconnected)).Cause);
        Assert.Equal(2, Server.CountOf("/meta/connect"));
    }

    private async Task DelayedAsync(Against column, BayeuxClientState until)
    {
        await StartAsync(column, test: TestContext.Current.TestMethod!.MethodName);
        var late = new TaskCompletionSource();
        Server.Script = message => message switch
        {
            { Channel: "/meta/handshake" } => Reply.Of(Server.HandshakeReply(message, """{"reconnect":"retry","timeout":50}""")),
            { Channel: "/meta/connect", Number: 2 } => Reply.After(late.Task, Reply.Of(message.Ok())),
            { Channel: "/meta/connect", Number: 3 } => Reply.Of(message.Ok(ScriptedServer.UsualAdvice)),
            _ => null,
        };
        await ConnectAsync(options => options with { MaxNetworkDelay = TimeSpan.FromSeconds(2) });
        await StateAsync(BayeuxClientState.Reconnecting);
        if (until == BayeuxClientState.Reconnecting)
        {
            late.SetResult();
            await StateAsync(BayeuxClientState.Connected);
        }
        else
        {
            await StateAsync(BayeuxClientState.Connected);
            late.SetResult();
        }

        // What is published afterwards is answered afterwards, so by then the late reply has been dealt with.
        await PublishAsync("1");
        await Until(() => Server.CountOf("/meta/connect") >= 4);
        Assert.Equal((1, 4, 1), (Server.CountOf("/meta/handshake"), Server.CountOf("/meta/connect"), Client.SessionNumber));
    }
}

using System.Net.WebSockets;
using ChatGen.Bayeux.Scenarios.Harness;
using ChatGen.Interop;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class NetworkFailureTests : ScenarioTest
{
    // Faye answers the poll after a broken one only when the broken one would have been over.
    private static readonly string[] s_short = ["--timeout=3000"];

    [Theory, Scenario("ShortNetworkFailure")]
    public async Task ShortNetworkFailure_keeps_the_session(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        await SubscribeAsync(A);
        GoDown();
        Assert.NotNull((await StateAsync(BayeuxClientState.Reconnecting)).Cause);
        Task<PublishResult> publishing = PublishAsync("1", B);
        GoUp();
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
        Assert.Equal(1, Server.CountOf("/meta/subscribe"));
        Assert.Equal(column.IsWebSocket(), (await Server.NextAsync(B)).IsWebSocket);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("LongNetworkFailure")]
    [NotAgainst(Against.Scripted, "The scripted server forgets nobody by itself; see ReconnectAfterServerExpiration.")]
    public async Task LongNetworkFailure_ends_in_a_new_session_with_the_old_subscriptions(Against column)
    {
        string[] options = column == Against.CometDLongPolling ? ["--timeout=1000", "--maxInterval=1000"] : ["--timeout=1000"];
        await using NodeProcess process = await RealServers.StartAsync(column, options);
        await StartAsync(column, process);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        await SubscribeAsync(A);
        GoDown();
        await StateAsync(BayeuxClientState.Reconnecting);
        await ForgottenAsync();
        GoUp();
        Assert.Equal(2, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        Assert.Equal(column.IsWebSocket(), (await Server.NextAsync(B)).IsWebSocket);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("ReconnectAfterServerExpiration")]
    public async Task ReconnectAfterServerExpiration(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await Server.NextAsync("/meta/subscribe");
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        BayeuxStateChange back = await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(2, back.SessionNumber);
        Assert.Equal(A, (await Server.NextAsync("/meta/subscribe")).Subscription);
        await PublishAsync("1", B);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Theory, Scenario("NoHandshakeAdviceAfterSessionExpired")]
    public async Task NoHandshakeAdviceAfterSessionExpired(Against column)
    {
        await StartAsync(column);
        if (!column.IsReal())
        {
            // No answer of the second session has advice that would replace the one that ended the first.
            Server.Script = message =>
            {
                switch (message)
                {
                    case { Channel: "/meta/handshake", Number: 2 }:
                        System.Text.Json.Nodes.JsonObject reply = Server.HandshakeReply(message);
                        reply.Remove("advice");
                        return Reply.Of(reply);
                    default:
                        return null;
                }
            };
        }

        await ConnectAsync();
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        await SubscribeAsync(A);
        for (int number = 0; number < 3; number++)
        {
            await Server.PushAsync(A, "1");
            await NextEventAsync();
        }

        Assert.Equal(2, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("MetaConnectSuspendedThenConnectionClosed")]
    public async Task MetaConnectSuspendedThenConnectionClosed(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync();
        await SubscribeAsync(A);
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        if (column.IsWebSocket())
        {
            await Server.CloseSocketsAsync(WebSocketCloseStatus.EndpointUnavailable);
        }
        else
        {
            Server.AbortRequests();
        }

        Assert.Equal(BayeuxFaultKind.ConnectionClosed, (await StateAsync(BayeuxClientState.Reconnecting)).Cause?.Kind);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("RehandshakeStorm")]
    [NotAgainst(Against.Real, Because.OfTime)]
    public async Task RehandshakeStorm_is_bounded(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        Server.Script = message => message is { Channel: "/meta/connect", IsImmediate: false }
            ? Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice))
            : null;
        await ConnectAsync(options => options with
        {
            TimeProvider = time,
            InitialBackoff = TimeSpan.FromSeconds(1),
            MaxBackoff = TimeSpan.FromSeconds(4),
            MaxNetworkDelay = TimeSpan.FromSeconds(100),
        });

        // The second handshake comes at once; each further one only once its delay is over.
        double total = 0;
        for (int handshakes = 2; handshakes <= 6; handshakes++)
        {
            TimeSpan delay = await time.TimerAsync(TimeSpan.FromSeconds(4));
            Assert.Equal(handshakes, Server.CountOf("/meta/handshake"));
            total += delay.TotalSeconds;
            time.Advance(delay);
        }

        Assert.InRange(total, 0 + 1 + 2 + 2 + 2, 1 + 2 + 4 + 4 + 4);
    }

    /// <summary>Waits until the real server knows no client any more.</summary>
    private async Task ForgottenAsync()
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Server.Upstream!.ClientsAsync() > 0)
        {
            await poll.WaitForNextTickAsync(Cancellation).Soon();
        }
    }
}

using System.Text.Json.Nodes;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Scenarios;

public sealed class ConnectTests : Scenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LongNetworkFailure_ends_in_a_new_session_with_the_old_subscriptions(bool webSocket)
    {
        var forget = new TaskCompletionSource();
        Server.Script = message => message is { Channel: "/meta/connect", ClientId: "client-1", IsImmediate: false }
            ? Reply.After(forget.Task, Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice)))
            : null;
        await ConnectAsync(webSocket);
        await SubscribeAsync("/a");
        await Server.NextAsync("/meta/subscribe");
        forget.SetResult();
        await StateAsync(BayeuxClientState.Reconnecting);
        BayeuxStateChange back = await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(2, back.SessionNumber);
        ServerMessage again = await Server.NextAsync("/meta/subscribe");
        Assert.Equal(("client-2", "/a"), (again.ClientId, again.Subscription));
        await Server.PushAsync("/a", "1");
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ShortNetworkFailure_keeps_the_session(bool webSocket)
    {
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 or 3 } ? Reply.Abort : null;
        await ConnectAsync(webSocket);
        BayeuxStateChange lost = await StateAsync(BayeuxClientState.Reconnecting);
        Assert.Equal(BayeuxFaultKind.ConnectionClosed, lost.Cause?.Kind);
        BayeuxStateChange back = await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(1, back.SessionNumber);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "<html/>")]
    [InlineData(200, "[{\"channel\":\"/meta/connect\",")]
    [InlineData(200, "[]")]
    public async Task ConnectTemporaryFailure(int status, string body)
    {
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 } ? Reply.Http(status, body, "text/html") : null;
        await ConnectAsync(webSocket: false);
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[{\"channel\":\"/meta/connect\",")]
    public async Task A_frame_that_is_no_bayeux_breaks_the_socket_but_not_the_session(string frame)
    {
        await ConnectAsync(webSocket: true);
        await Server.PushRawAsync(frame);
        Assert.Equal(BayeuxFaultKind.InvalidResponse, (await StateAsync(BayeuxClientState.Reconnecting)).Cause?.Kind);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(2, Server.Upgrades);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MetaConnectExpires(bool webSocket)
    {
        Server.Script = message => message switch
        {
            { Channel: "/meta/handshake" } => Reply.Of(Server.HandshakeReply(message, """{"reconnect":"retry","timeout":50}""")),
            { Channel: "/meta/connect", Number: 2 } => Reply.After(new TaskCompletionSource().Task, Reply.Nothing),
            _ => null,
        };
        await ConnectAsync(webSocket, options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(500) });
        Assert.Equal(BayeuxFaultKind.Timeout, (await StateAsync(BayeuxClientState.Reconnecting)).Cause?.Kind);
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
    }

    [Fact]
    public async Task DuplicateMetaConnect_with_a_foreign_id_is_dropped()
    {
        await ConnectAsync(webSocket: true);
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        await Server.PushAsync(new JsonObject { ["channel"] = "/meta/connect", ["id"] = "foreign", ["successful"] = true });

        // What is published afterwards is answered afterwards, so by then the foreign reply has been dealt with.
        await Client.PublishAsync("/a", "1"u8.ToArray(), TestContext.Current.CancellationToken).Soon();
        Assert.Equal(2, Server.CountOf("/meta/connect"));
    }

    [Fact]
    public async Task Only_one_connect_is_ever_held()
    {
        await ConnectAsync(webSocket: false);
        await SubscribeAsync("/a");
        for (int number = 0; number < 20; number++)
        {
            await Server.PushAsync("/a", "1");
            await NextEventAsync();
        }

        Assert.Equal(1, Server.MaxHeld);
    }

    [Fact]
    public async Task RehandshakeStorm_is_bounded()
    {
        var time = new WatchedTimeProvider();
        Server.Script = message => message is { Channel: "/meta/connect", IsImmediate: false }
            ? Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice))
            : null;
        await ConnectAsync(webSocket: false, options => options with
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

        Assert.InRange(total, 1 + 2 + 2 + 2, 1 + 2 + 4 + 4 + 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ServerSideDisconnect(bool webSocket)
    {
        await ConnectAsync(webSocket);
        await SubscribeAsync("/a");
        await Server.PushAsync("/a", "1");
        await Server.PushAsync(new JsonObject { ["channel"] = "/meta/disconnect", ["successful"] = true });
        Assert.Equal(BayeuxFaultKind.ServerDisconnected, (await StateAsync(BayeuxClientState.Disconnected)).Cause?.Kind);
        Assert.Equal("/a 1", await NextEventAsync());
        PublishResult result = await Client.PublishAsync("/a", "1"u8.ToArray(), TestContext.Current.CancellationToken).Soon();
        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MaxMessageSize(bool webSocket)
    {
        await ConnectAsync(webSocket, options => options with { MaxResponseSize = 2000 });
        await SubscribeAsync("/a");
        await Server.PushAsync("/a", "\"" + new string('x', 1500) + "\"");
        Assert.Equal(1505, (await NextEventAsync()).Length);
        await Server.PushAsync("/a", "\"" + new string('x', 3000) + "\"");
        await FaultAsync(BayeuxFaultKind.ResponseTooLarge);
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
    }

    [Fact]
    public async Task BigMessage_in_fragments()
    {
        await ConnectAsync(webSocket: true);
        await SubscribeAsync("/a");
        string text = string.Concat(Enumerable.Repeat("é😀", 30_000));
        await Server.PushRawAsync($$"""[{"channel":"/a","data":"{{text}}"}]""", fragments: 7);
        Assert.Equal($"/a \"{text}\"", await NextEventAsync());
    }

    [Fact]
    public async Task WebSocket_is_opened_again_after_it_broke()
    {
        await ConnectAsync(webSocket: true);
        await SubscribeAsync("/a");
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        Server.AbortSockets();
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
        await Server.PushAsync("/a", "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }
}

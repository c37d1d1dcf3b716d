using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Session;

public sealed class AcknowledgementTests : ScenarioTest
{
    private static readonly string[] s_ack = ["--ack=1"];

    private AckQueue? _queue;

    [Theory, Scenario("ClientSupportsAck")]
    [NotAgainst(Against.Faye, Because.OfAck)]
    public async Task ClientSupportsAck(Against column)
    {
        await StartAcknowledgingAsync(column);
        await ConnectAsync();
        Assert.True((bool?)(await Server.NextAsync("/meta/handshake")).Json["ext"]?["ack"]);
        Assert.Equal(0, (long?)(await Server.NextAsync("/meta/connect")).Json["ext"]?["ack"]);
        Assert.Equal(1, (long?)(await Server.NextAsync("/meta/connect")).Json["ext"]?["ack"]);
    }

    [Theory, Scenario("ClientSupportsAck")]
    public async Task ClientSupportsAck_but_a_server_need_not(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        Assert.True((bool?)(await Server.NextAsync("/meta/handshake")).Json["ext"]?["ack"]);
        Assert.Null((await Server.NextAsync("/meta/connect")).Json["ext"]);
        Assert.Null((await Server.NextAsync("/meta/connect")).Json["ext"]);
    }

    [Theory, Scenario("ClientSupportsAck")]
    public async Task ClientSupportsAck_unless_it_is_told_not_to(Against column)
    {
        await StartAcknowledgingAsync(column);
        await ConnectAsync(static options => options with { Acknowledge = false });
        Assert.Null((await Server.NextAsync("/meta/handshake")).Json["ext"]);
        Assert.Null((await Server.NextAsync("/meta/connect")).Json["ext"]);
    }

    [Theory, Scenario("Acknowledgement")]
    [NotAgainst(Against.Faye, Because.OfAck)]
    public async Task Acknowledgement_of_each_batch(Against column)
    {
        await StartAcknowledgingAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        for (int number = 0; number < 5; number++)
        {
            await SendAsync(A, $"{number}");
            Assert.Equal($"/a {number}", await NextEventAsync());
        }

        long last = -1;
        for (int number = 0; number < 5; number++)
        {
            long acknowledged = (long)(await Server.NextAsync("/meta/connect")).Json["ext"]!["ack"]!;
            Assert.Equal(last + 1, acknowledged);
            last = acknowledged;
        }
    }

    [Theory, Scenario("WebSocketWithAck")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    [NotAgainst(Against.FayeWebSocket, Because.OfAck)]
    public async Task WebSocketWithAck_what_was_said_meanwhile_arrives(Against column)
    {
        await StartAcknowledgingAsync(column);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        await SubscribeAsync(A);
        GoDown();
        await StateAsync(BayeuxClientState.Reconnecting);
        await SendAsync(A, "1");
        await SendAsync(A, "2");
        GoUp();
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal(1, Client.SessionNumber);
        Assert.True((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }

    [Theory, Scenario("MetaConnectFailureWithAck")]
    [NotAgainst(Against.Faye, Because.OfAck)]
    public async Task MetaConnectFailureWithAck_what_was_lost_with_a_connect_arrives_once(Against column)
    {
        await StartAcknowledgingAsync(column);
        Func<ServerMessage, Reply?> usual = Server.Script;
        bool isLost = false;
        Server.Script = message =>
        {
            if (message is { Channel: "/meta/connect", Number: 3 } && !isLost)
            {
                isLost = true;

                // The scripted server has to have delivered, as a real one has when its answer is lost.
                return column.IsReal() ? Reply.Lost : Reply.Later(LoseAsync(usual(message)!));
            }

            return usual(message);
        };
        await ConnectAsync();
        await SubscribeAsync(A);
        await SendAsync(A, "0");
        Assert.Equal("/a 0", await NextEventAsync());
        await SendAsync(A, "1");
        await SendAsync(A, "2");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal("/a 2", await NextEventAsync());
        await SendAsync(A, "3");
        Assert.Equal("/a 3", await NextEventAsync());
        Assert.True(isLost);
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("MetaConnectOvertakenWithAck")]
    [NotAgainst(Against.LongPolling, "Events and the reply to the connect arrive as one there.")]
    [NotAgainst(Against.FayeWebSocket, Because.OfAck)]
    public async Task MetaConnectOvertakenWithAck_events_that_outran_a_lost_reply_are_not_doubled(Against column)
    {
        await StartAcknowledgingAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);

        // The event arrives, but the socket breaks before the reply that numbers it; so the server sends it again.
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        await Server.PushAsync(new JsonObject { ["channel"] = A, ["data"] = 1 });
        Assert.Equal("/a 1", await NextEventAsync());
        Server.AbortSockets();
        await SendAsync(A, "1");
        await SendAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("AckAndReload")]
    [NotAgainst(Against.Faye, Because.OfAck)]
    public async Task AckAndReload_nothing_is_lost_or_doubled_between_two_clients(Against column)
    {
        await StartAcknowledgingAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await SendAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
        BayeuxSnapshot snapshot = BayeuxSnapshot.Parse((await Client.DetachAsync(Cancellation).Soon()).ToUtf8Json());
        await SendAsync(A, "2");
        await SendAsync(A, "3");
        BayeuxClient next = Create();
        next.Subscribe(A, Record);
        Assert.True(await next.ResumeAsync(snapshot, Cancellation).Soon());
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal("/a 3", await NextEventAsync());
        await SendAsync(A, "4");
        Assert.Equal("/a 4", await NextEventAsync());
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    private static async Task<Reply> LoseAsync(Reply reply)
    {
        await reply.ResolveAsync(Cancellation);
        return Reply.Abort;
    }

    private async Task StartAcknowledgingAsync(Against column)
    {
        await StartAsync(column, column == Against.CometDLongPolling ? s_ack : [], TestContext.Current.TestMethod!.MethodName);
        if (!column.IsReal())
        {
            _queue = new AckQueue(Server);
            Server.Script = _queue.Answer;
        }
    }

    private Task SendAsync(string channel, string data)
    {
        if (_queue is null)
        {
            return Server.PushAsync(channel, data);
        }

        _queue.Add(channel, data);
        return Task.CompletedTask;
    }
}

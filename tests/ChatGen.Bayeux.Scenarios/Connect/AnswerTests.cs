using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class AnswerTests : ScenarioTest
{
    [Theory, Scenario("MissingIds")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task MissingIds_in_what_the_connect_loop_is_answered(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message switch
        {
            { Channel: "/meta/handshake" } => Reply.Of(WithoutId(Server.HandshakeReply(message))),
            { Channel: "/meta/connect", Number: < 4 } or { Channel: "/meta/disconnect" } => Reply.Of(WithoutId(message.Ok())),
            _ => null,
        };
        await ConnectAsync();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        for (int number = 1; number <= 4; number++)
        {
            await Server.NextAsync("/meta/connect");
        }

        await Client.DisconnectAsync(Cancellation).Soon();
        Assert.Equal((1, 4, 1), (Server.CountOf("/meta/handshake"), Server.CountOf("/meta/connect"), Server.CountOf("/meta/disconnect")));
    }

    [Theory, Scenario("SingleMessage")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task SingleMessage_instead_of_an_array(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == "/meta/handshake"
            ? Reply.Http(200, Server.HandshakeReply(message).ToJsonString(), "application/json")
            : message.Channel == A ? Reply.Http(200, message.Ok().ToJsonString(), "application/json") : null;
        await ConnectAsync();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
    }

    [Theory, Scenario("UnknownMessages")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task UnknownMessages_are_reported_and_unknown_members_ignored(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await Server.PushAsync(
            new JsonObject { ["channel"] = A },
            new JsonObject { ["channel"] = A, ["data"] = 1, ["unknown"] = new JsonArray(new JsonObject { ["x"] = 1 }), ["ext"] = new JsonObject() });
        Assert.Equal("/a 1", await NextEventAsync());
        await FaultAsync(BayeuxFaultKind.UnexpectedMessage);
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("AdviceNone")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task AdviceNone_with_a_handshake_that_succeeded(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.Of(Server.HandshakeReply(message, """{"reconnect":"none"}""")) : null;
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync(static options => options with { MaxConnectAttempts = 9 }));
        Assert.Equal(BayeuxFaultKind.ServerDisconnected, exception.Kind);
        Assert.Equal((1, 0), (Server.CountOf("/meta/handshake"), Server.CountOf("/meta/connect")));
    }

    [Theory, Scenario("AdviceNone")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task AdviceNone_with_a_connect_that_is_refused(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message is { Channel: "/meta/connect", Number: 2 }
            ? Reply.Of(message.Refused("403::no_more", """{"reconnect":"none"}"""))
            : null;
        await ConnectAsync();
        BayeuxStateChange end = await StateAsync(BayeuxClientState.Disconnected);
        Assert.Equal((BayeuxFaultKind.ConnectRejected, 403), (end.Cause?.Kind, end.Cause?.Error?.Code));
        Assert.Equal((1, 2), (Server.CountOf("/meta/handshake"), Server.CountOf("/meta/connect")));
    }

    [Theory, Scenario("AdviceNone")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task AdviceNone_is_not_what_retry_says_of_a_handshake_that_failed(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message is { Channel: "/meta/handshake", Number: 1 }
            ? Reply.Of(message.Refused("500::later", """{"reconnect":"retry","interval":0}"""))
            : null;
        await ConnectAsync(static options => options with { MaxConnectAttempts = 2 });
        Assert.Equal(2, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("RefusalsWithoutAdvice")]
    [NotAgainst(Against.Real, "The server always says what to do.")]
    public async Task RefusalsWithoutAdvice_end_in_a_new_session(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message is { Channel: "/meta/connect", ClientId: "client-1", Number: > 1 }
            ? Reply.Of(message.Refused("401::who_is_this"))
            : null;
        await ConnectAsync();
        await SubscribeAsync(A);
        await StateAsync(BayeuxClientState.Reconnecting);
        Assert.Equal(2, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.InRange(Server.CountOf("/meta/connect"), 3, 9);
        await PublishAsync("1", B);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
    }

    private static JsonObject WithoutId(JsonObject reply)
    {
        reply.Remove("id");
        return reply;
    }
}

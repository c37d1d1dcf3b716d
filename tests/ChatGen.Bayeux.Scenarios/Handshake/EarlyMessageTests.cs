using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Handshake;

public sealed class EarlyMessageTests : ScenarioTest
{
    private const string DoesNot = "The server delivers nothing during a handshake.";

    [Theory, Scenario("MessageDeliveryDuringHandshake")]
    [NotAgainst(Against.Real, DoesNot)]
    [Case(true)]
    [Case(false)]
    public async Task MessageDeliveryDuringHandshake_with_the_reply(Against column, bool isReplyFirst)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == "/meta/handshake"
            ? Reply.Of(isReplyFirst ? [Handshake(message, 2), Event(1), Event(2)] : [Event(1), Event(2), Handshake(message, 2)])
            : null;
        Create().Listen(A, Record);
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("MessageDeliveryDuringHandshake")]
    [NotAgainst(Against.LongPolling | Against.FayeWebSocket, "Only over WebSocket can they come apart from the reply; " + DoesNot)]
    public async Task MessageDeliveryDuringHandshake_holds_the_first_connect_until_all_are_there(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.Of(Handshake(message, 3)) : null;
        Create().Listen(A, Record);
        Task connecting = Client.ConnectAsync(Cancellation);
        await Server.NextSentAsync("/meta/handshake");
        for (int number = 1; number <= 3; number++)
        {
            Assert.Equal(0, Server.CountOf("/meta/connect"));
            await Server.PushAsync(Event(number));
            Assert.Equal($"/a {number}", await NextEventAsync());
        }

        await connecting.Soon();
        Assert.True((await Server.NextAsync("/meta/connect")).IsImmediate);
    }

    [Theory, Scenario("MessageDeliveryDuringHandshake")]
    [NotAgainst(Against.Real, DoesNot)]
    public async Task MessageDeliveryDuringHandshake_does_not_wait_for_ever_for_what_was_promised(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.Of(Handshake(message, 3), Event(1)) : null;
        Create(static options => options with { MaxNetworkDelay = TimeSpan.FromSeconds(1) }).Listen(A, Record);
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal("/a 1", await NextEventAsync());
    }

    private JsonObject Event(int number) => new() { ["channel"] = A, ["data"] = number };

    private JsonObject Handshake(ServerMessage message, int messages)
    {
        JsonObject reply = Server.HandshakeReply(message);
        reply["x-messages"] = messages;
        return reply;
    }
}

using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class ForeignReplyTests : ScenarioTest
{
    private const string OfRequests = "What answers a request is told by its end, which a message on WebSocket does not have.";

    [Theory, Scenario("ForeignReplies")]
    [NotAgainst(Against.WebSocket, OfRequests)]
    public async Task ForeignReplies_with_the_id_of_a_connect_on_another_channel(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message is { Channel: "/meta/connect", Number: 2 } ? OnChannel("/mepa/connect", message) : null;
        await ConnectAsync();
        await FaultAsync(BayeuxFaultKind.InvalidResponse);
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("ForeignReplies")]
    [NotAgainst(Against.WebSocket, OfRequests)]
    [Case("/meta/connect")]
    [Case("/meta/subscribe")]
    [Case("/b")]
    public async Task ForeignReplies_with_the_id_of_a_publish_on_another_channel(Against column, string channel)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == A ? OnChannel(channel, message) : null;
        await ConnectAsync();
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.InvalidResponse), (result.Outcome, result.Fault?.Kind));
    }

    [Theory, Scenario("ForeignReplies")]
    [NotAgainst(Against.WebSocket, OfRequests)]
    public async Task ForeignReplies_without_an_id_answer_one_connect(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message is { Channel: "/meta/connect", Number: 2 }
            ? Reply.Http(200, $"[{string.Join(',', Enumerable.Repeat("""{"channel":"/meta/connect","successful":true}""", 40))}]", "application/json")
            : null;
        await ConnectAsync();
        await FaultAsync(BayeuxFaultKind.UnexpectedMessage);
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal(1, Server.MaxHeld);
    }

    private static Reply OnChannel(string channel, ServerMessage message) =>
        Reply.Http(200, $$"""[{"channel":"{{channel}}","id":"{{message.Id}}","successful":true}]""", "application/json");
}

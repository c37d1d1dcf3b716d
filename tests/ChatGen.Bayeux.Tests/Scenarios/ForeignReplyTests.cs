using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Scenarios;

/// <summary>Replies that answer nothing that was asked.</summary>
public sealed class ForeignReplyTests : Scenario
{
    [Fact]
    public async Task A_connect_is_not_answered_by_a_message_of_its_id_on_another_channel()
    {
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 } ? Reply.Http(200, $$"""[{"channel":"/mepa/connect","id":"{{(string?)message.Json["id"]}}","successful":true}]""") : null;
        await ConnectAsync(webSocket: false);
        await FaultAsync(BayeuxFaultKind.InvalidResponse);
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory]
    [InlineData("/meta/connect")]
    [InlineData("/meta/subscribe")]
    [InlineData("/b")]
    public async Task A_publish_is_not_answered_by_a_message_of_its_id_on_another_channel(string channel)
    {
        Server.Script = message => message.Channel == "/a" ? Reply.Http(200, $$"""[{"channel":"{{channel}}","id":"{{(string?)message.Json["id"]}}","successful":true}]""") : null;
        await ConnectAsync(webSocket: false);
        PublishResult result = await Client.PublishAsync("/a", "1"u8.ToArray(), TestContext.Current.CancellationToken).Soon();
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.InvalidResponse), (result.Outcome, result.Fault?.Kind));
    }

    [Fact]
    public async Task Many_replies_without_an_id_answer_one_connect()
    {
        Server.Script = message => message is { Channel: "/meta/connect", Number: 2 }
            ? Reply.Http(200, $"[{string.Join(',', Enumerable.Repeat("""{"channel":"/meta/connect","successful":true}""", 40))}]")
            : null;
        await ConnectAsync(webSocket: false);
        await FaultAsync(BayeuxFaultKind.UnexpectedMessage);
        await Server.PushAsync("/x", "1");
        Assert.Equal(1, Server.MaxHeld);
    }
}

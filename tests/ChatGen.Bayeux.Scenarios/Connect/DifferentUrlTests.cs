using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class DifferentUrlTests : ScenarioTest
{
    [Theory, Scenario("WebSocketDifferentURLs")]
    [NotAgainst(Against.WebSocket, "It ends on long-polling.")]
    public async Task WebSocketDifferentURLs_that_nobody_listens_at_the_one_says_nothing_of_the_other(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(static options => options with { DisableWebSockets = false, WebSocketUrl = new Uri("ws://127.0.0.1:1/cometd") });
        Assert.False((await Server.NextAsync("/meta/connect")).IsWebSocket);
    }
}

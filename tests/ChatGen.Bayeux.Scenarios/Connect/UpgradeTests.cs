using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Connect;

public sealed class UpgradeTests : ScenarioTest
{
    [Theory, Scenario("ShortNetworkFailure")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task ShortNetworkFailure_an_upgrade_that_is_cut_off_costs_neither_session_nor_websocket(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        Server.IsDown = true;
        Server.AbortSockets();
        await StateAsync(BayeuxClientState.Reconnecting);
        await Until(() => Server.Broken >= 3);
        Server.IsDown = false;
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.True((await Server.NextAsync(A)).IsWebSocket);
    }

    [Theory, Scenario("ShortNetworkFailure")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task ShortNetworkFailure_an_upgrade_that_is_not_answered_costs_neither_session_nor_websocket(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(static options => options with { ConnectTimeout = TimeSpan.FromSeconds(1) });
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        Server.UpgradeStatus = 0;
        Server.AbortSockets();
        await StateAsync(BayeuxClientState.Reconnecting);
        await Until(() => Server.Upgrades >= 3);
        Server.UpgradeStatus = 101;
        Assert.Equal(1, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.True((await Server.NextAsync(A)).IsWebSocket);
    }

    [Theory, Scenario("ReturnToWebSocket")]
    [NotAgainst(Against.WebSocket, "It ends on long-polling.")]
    [NotAgainst(Against.CometDLongPolling, "The server does not claim to have WebSocket, so that it is not asked again.")]
    public async Task ReturnToWebSocket_does_not_hold_up_what_is_published_meanwhile(Against column)
    {
        await StartAsync(column);
        Server.UpgradeStatus = 405;
        await ConnectAsync(static options => options with
        {
            DisableWebSockets = false,
            WebSocketRetryInterval = TimeSpan.FromMilliseconds(100),
            ConnectTimeout = TimeSpan.FromMinutes(5),
        });
        await SubscribeAsync(A);
        Server.UpgradeStatus = 0;
        while (Server.Upgrades < 2)
        {
            await Server.PushAsync(A, "1");
            await NextEventAsync();
            await PublishAsync("1", Named("/tick"));
        }

        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        Assert.False((await Server.NextAsync(B)).IsWebSocket);
    }
}

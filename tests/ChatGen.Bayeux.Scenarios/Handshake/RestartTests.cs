using ChatGen.Bayeux.Scenarios.Harness;
using ChatGen.Interop;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Handshake;

public sealed class RestartTests : ScenarioTest
{
    [Theory, Scenario("Restart")]
    public async Task Restart(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Client.DisconnectAsync(Cancellation).Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal(2, Server.CountOf("/meta/handshake"));
        Assert.Equal(2, Client.SessionNumber);
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Theory, Scenario("ServerRestart")]
    public async Task ServerRestart(Against column)
    {
        NodeProcess? first = column.IsReal() ? await RealServers.StartAsync(column) : null;
        await StartAsync(column, first);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        await SubscribeAsync(A);
        GoDown();
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        if (first is not null)
        {
            await first.DisposeAsync();
        }

        await using NodeProcess? second = column.IsReal() ? await RealServers.StartAsync(column) : null;
        if (second is not null)
        {
            Server.Upstream!.Dispose();
            Server.Upstream = new Upstream(second.CometDUrl);
        }

        GoUp();
        Assert.Equal(2, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(A, (await Server.NextAsync("/meta/subscribe")).Subscription);
        Assert.Equal(A, (await Server.NextAsync("/meta/subscribe")).Subscription);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("Redeploy")]
    public async Task Redeploy(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        Assert.Equal(2, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }
}

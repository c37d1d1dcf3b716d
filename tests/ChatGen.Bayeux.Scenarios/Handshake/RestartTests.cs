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

    [Theory, Scenario("AbortThenRestart")]
    public async Task AbortThenRestart(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await Client.AbortAsync().Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Assert.Equal(0, Server.CountOf("/meta/disconnect"));
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal((2, 2), (Server.CountOf("/meta/handshake"), Client.SessionNumber));
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("AbortBeforePublishThenRestart")]
    public async Task AbortBeforePublishThenRestart(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Client.AbortAsync().Soon();
        Assert.Equal(PublishOutcome.NotSent, (await PublishAsync("1")).Outcome);
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("2")).Outcome);
        Assert.Equal(2, (int)(await Server.NextAsync(A)).Json["data"]!);
    }

    [Theory, Scenario("AbortAfterPublishThenRestart")]
    public async Task AbortAfterPublishThenRestart(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == A && message.Number == 1 ? Reply.Never() : null;
        await ConnectAsync();
        Task<PublishResult> publishing = PublishAsync("1");
        await Server.NextAsync(A);
        await Client.AbortAsync().Soon();
        Assert.Equal(PublishOutcome.Unknown, (await publishing).Outcome);
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("2")).Outcome);
        Assert.Equal(2, Server.CountOf(A));
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

using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using ChatGen.Interop;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Disconnect;

public sealed class DisconnectTests : ScenarioTest
{
    private const string EndsNobody = "The server cannot end a client's session.";

    [Theory, Scenario("DisconnectInOrder")]
    public async Task DisconnectInOrder_what_was_published_before_is_sent_and_the_server_is_told(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        Task<PublishResult> publishing = PublishAsync("1");
        await Client.DisconnectAsync(Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
        Assert.Equal((await Server.NextAsync("/meta/connect")).ClientId, (await Server.NextAsync("/meta/disconnect")).ClientId);
        Assert.Null((await StateAsync(BayeuxClientState.Disconnected)).Cause);
    }

    [Theory, Scenario("InitDisconnect")]
    [NotAgainst(Against.Real | Against.ScriptedWebSocket, Because.OfClient)]
    public async Task InitDisconnect(Against column)
    {
        await StartAsync(column);
        await Create().DisconnectAsync(Cancellation).Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
    }

    [Theory, Scenario("HandshakeDisconnect")]
    public async Task HandshakeDisconnect(Against column)
    {
        await StartAsync(column);
        Server.Script = static _ => Reply.Never();
        Task connecting = Create().ConnectAsync(Cancellation);
        await Server.NextAsync("/meta/handshake");
        await Client.DisconnectAsync(Cancellation).Soon();
        Assert.Equal(BayeuxFaultKind.NotConnected, (await Assert.ThrowsAsync<BayeuxException>(() => connecting.Soon())).Kind);
    }

    [Theory, Scenario("DisconnectInHandshakeListener")]
    public Task DisconnectInHandshakeListener(Against column) => DisconnectsInListenerAsync(column, BayeuxClientState.Connecting);

    [Theory, Scenario("DisconnectInConnectListener")]
    public Task DisconnectInConnectListener(Against column) => DisconnectsInListenerAsync(column, BayeuxClientState.Connected);

    [Theory, Scenario("DisconnectFailure")]
    public async Task DisconnectFailure(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message.Channel == "/meta/disconnect" ? Reply.Never() : null;
        await ConnectAsync(static options => options with { MaxNetworkDelay = TimeSpan.FromSeconds(1) });
        await Client.DisconnectAsync(Cancellation).Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Assert.Equal(1, Server.CountOf("/meta/disconnect"));
    }

    [Theory, Scenario("ServerSideDisconnect")]
    [NotAgainst(Against.Faye, EndsNobody)]
    public async Task ServerSideDisconnect(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        await Server.DisconnectClientAsync();
        Assert.Equal(BayeuxFaultKind.ServerDisconnected, (await StateAsync(BayeuxClientState.Disconnected)).Cause?.Kind);
        Assert.Equal(PublishOutcome.NotSent, (await PublishAsync("1")).Outcome);
        Assert.Equal((1, 2), (Server.CountOf("/meta/handshake"), Server.CountOf("/meta/connect")));
    }

    [Theory, Scenario("DeliverAndServerSideDisconnect")]
    [NotAgainst(Against.Faye, EndsNobody)]
    public async Task DeliverAndServerSideDisconnect(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await Server.DisconnectClientAsync(new JsonObject { ["channel"] = A, ["data"] = 1 });
        Assert.Equal(BayeuxFaultKind.ServerDisconnected, (await StateAsync(BayeuxClientState.Disconnected)).Cause?.Kind);
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Theory, Scenario("ClientDisconnectingClosesTheConnection")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task ClientDisconnectingClosesTheConnection(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Client.DisconnectAsync(Cancellation).Soon();
        await Server.NextAsync("closed");
    }

    [Theory, Scenario("DisconnectWithPendingMetaConnect")]
    public async Task DisconnectWithPendingMetaConnect(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        await Client.DisconnectAsync(Cancellation).Soon();
        await Client.ConnectAsync(Cancellation).Soon();
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        Assert.Equal((2, 4, 1), (Server.CountOf("/meta/handshake"), Server.CountOf("/meta/connect"), Server.CountOf("/meta/disconnect")));
    }

    [Theory, Scenario("WhenClientAbortsServerSessionIsSwept")]
    [NotAgainst(Against.Scripted, "The scripted server sweeps nothing.")]
    public async Task WhenClientAbortsServerSessionIsSwept(Against column)
    {
        string[] options = column == Against.CometDLongPolling ? ["--timeout=1000", "--maxInterval=1000"] : ["--timeout=1000"];
        await using NodeProcess process = await RealServers.StartAsync(column, options);
        await StartAsync(column, process);
        await ConnectAsync();
        Assert.Equal(1, await Server.Upstream!.ClientsAsync());
        await Client.DisposeAsync().AsTask().Soon();
        Assert.Equal(0, Server.CountOf("/meta/disconnect"));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Server.Upstream!.ClientsAsync() > 0)
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    [Theory, Scenario("ConcurrentDisconnectWithHandshakeFailing")]
    public async Task ConcurrentDisconnectWithHandshakeFailing(Against column)
    {
        await StartAsync(column);
        var fail = new TaskCompletionSource();
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.After(fail.Task, Reply.Abort) : null;
        Task connecting = Create(static options => options with { MaxConnectAttempts = 1000 }).ConnectAsync(Cancellation);
        await Server.NextAsync("/meta/handshake");
        Task disconnecting = Client.DisconnectAsync(Cancellation);
        fail.SetResult();
        await disconnecting.Soon();
        await Assert.ThrowsAsync<BayeuxException>(() => connecting.Soon());
        await EndsAsync();
    }

    [Theory, Scenario("ConcurrentDisconnectWithConnectFailing")]
    public Task ConcurrentDisconnectWithConnectFailing(Against column) =>
        DisconnectsWhileFailingAsync(column, "/meta/connect", static () => Task.CompletedTask);

    [Theory, Scenario("ConcurrentDisconnectWithPublishFailing")]
    public Task ConcurrentDisconnectWithPublishFailing(Against column) =>
        DisconnectsWhileFailingAsync(column, A, async () => Assert.NotEqual(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome));

    [Theory, Scenario("ConcurrentDisconnectWithSubscribeFailing")]
    public Task ConcurrentDisconnectWithSubscribeFailing(Against column) =>
        DisconnectsWhileFailingAsync(column, "/meta/subscribe", async () => await Assert.ThrowsAsync<BayeuxException>(() => SubscribeAsync(A)));

    private async Task DisconnectsInListenerAsync(Against column, BayeuxClientState state)
    {
        await StartAsync(column, test: TestContext.Current.TestMethod!.MethodName);
        var disconnected = new TaskCompletionSource();
        bool isFirst = true;
        BayeuxClient client = Create();
        client.StateChanged += change =>
        {
            if (change.Current == state && isFirst)
            {
                isFirst = false;
                client.DisconnectAsync(Cancellation).ContinueWith(_ => disconnected.TrySetResult(), TaskScheduler.Default);
            }
        };
        try
        {
            await client.ConnectAsync(Cancellation).Soon();
        }
        catch (BayeuxException exception) when (exception.Kind == BayeuxFaultKind.NotConnected)
        {
            // The disconnect may come before the connect is through.
        }

        await disconnected.Task.Soon();
        await EndsAsync();
    }

    private async Task DisconnectsWhileFailingAsync(Against column, string channel, Func<Task> act)
    {
        await StartAsync(column, test: TestContext.Current.TestMethod!.MethodName);
        var fail = new TaskCompletionSource();
        Server.Script = message => message.Channel == channel && !message.IsImmediate ? Reply.After(fail.Task, Reply.Abort) : null;
        await ConnectAsync();
        Task acting = act();
        ServerMessage message = await Server.NextAsync(channel);
        while (message.IsImmediate)
        {
            message = await Server.NextAsync(channel);
        }

        Task disconnecting = Client.DisconnectAsync(Cancellation);
        fail.SetResult();
        await disconnecting.Soon();
        await acting.Soon();
        await EndsAsync();
    }

    private async Task EndsAsync()
    {
        Assert.Equal(BayeuxClientState.Disconnected, (await StateAsync(BayeuxClientState.Disconnected)).Current);
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Server.Script = static _ => null;
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("2", B)).Outcome);
    }
}

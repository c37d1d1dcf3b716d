using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Disconnect;

public sealed class DisposalTests : ScenarioTest
{
    [Theory, Scenario("Disposal")]
    [NotAgainst(Against.Real, Because.OfTime)]
    public async Task Disposal_ends_all_that_is_pending_and_leaves_no_timer(Against column)
    {
        await StartAsync(column);
        var time = new WatchedTimeProvider();
        Server.Script = message => message.Channel == A || message.Channel == "/meta/subscribe" ? Reply.Never() : null;
        await ConnectAsync(options => options with { TimeProvider = time });
        BayeuxSubscription subscription = Client.Subscribe(B, Record);
        Task confirming = subscription.ConfirmedAsync(Cancellation);
        await Server.NextAsync("/meta/subscribe");
        Task<PublishResult> publishing = PublishAsync("1");
        if (column.IsWebSocket())
        {
            await Server.NextAsync(A);
        }

        await Client.DisposeAsync().AsTask().Soon();
        Assert.Equal(column.IsWebSocket() ? PublishOutcome.Unknown : PublishOutcome.NotSent, (await publishing).Outcome);
        await Assert.ThrowsAsync<BayeuxException>(() => confirming.Soon());
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Assert.Equal(0, time.Timers);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Client.ConnectAsync(Cancellation));
        await Client.DisconnectAsync(Cancellation).Soon();
    }

    [Theory, Scenario("Disposal")]
    public async Task Disposal_ends_a_connect_that_is_under_way(Against column)
    {
        await StartAsync(column);
        Server.Script = static _ => Reply.Never();
        Task connecting = Create().ConnectAsync(Cancellation);
        await Server.NextAsync("/meta/handshake");
        await Client.DisposeAsync().AsTask().Soon();
        await Assert.ThrowsAsync<BayeuxException>(() => connecting.Soon());
    }

    [Theory, Scenario("Disposal")]
    public async Task Disposal_within_a_callback_does_not_deadlock(Against column)
    {
        await StartAsync(column);
        var done = new TaskCompletionSource<bool>();
        await ConnectAsync();
        Client.Listen(A, _ => done.SetResult(Client.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(30), Cancellation)));
        Client.Subscribe(A, Record);
        await Server.NextSentAsync("/meta/subscribe");
        await Server.PushAsync(A, "1");
        Assert.True(await done.Task.Soon());
    }

    [Theory, Scenario("ThreadSafety")]
    public async Task ThreadSafety_disposing_while_everybody_calls_leaves_nobody_waiting(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        Task[] calls = [.. Enumerable.Range(0, 4).Select(number => Task.Run(() => CallUntilDisposedAsync(number), Cancellation))];
        await Server.NextAsync(A);
        await Server.NextAsync(A);
        await Client.DisposeAsync().AsTask().Soon();
        await Task.WhenAll(calls).Soon();
    }

    [Theory, Scenario("ThreadSafety")]
    public async Task ThreadSafety_many_publish_and_subscribe_at_once(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        int[] acknowledged = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(
            async () =>
            {
                int count = 0;
                for (int index = 0; index < 25; index++)
                {
                    using BayeuxSubscription subscription = Client.Subscribe(Named($"/s{number}"), Record);
                    count += (await PublishAsync($"{index}")).Outcome == PublishOutcome.Acknowledged ? 1 : 0;
                }

                return count;
            },
            Cancellation))).Soon();
        Assert.Equal(200, acknowledged.Sum());
        Assert.Equal(200, Server.CountOf(A));
    }

    [Theory, Scenario("CancellationAtEveryAwait")]
    public async Task CancellationAtEveryAwait_of_a_connect(Against column)
    {
        await StartAsync(column);
        Server.Script = static _ => Reply.Never();
        using var cancellation = new CancellationTokenSource();
        Task connecting = Create().ConnectAsync(cancellation.Token);
        await Server.NextAsync("/meta/handshake");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Soon());
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Server.Script = static _ => null;
        await Client.ConnectAsync(Cancellation).Soon();
    }

    [Theory, Scenario("CancellationAtEveryAwait")]
    public async Task CancellationAtEveryAwait_of_a_publish(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == A ? Reply.Never() : null;
        await ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        Task<PublishResult> publishing = Client.PublishAsync(A, "1"u8.ToArray(), cancellation.Token);
        await Server.NextAsync(A);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.Soon());
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("CancellationAtEveryAwait")]
    public async Task CancellationAtEveryAwait_of_a_confirmation(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message.Channel == "/meta/subscribe" ? Reply.Never() : null;
        await ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        Task confirming = Client.Subscribe(A, Record).ConfirmedAsync(cancellation.Token);
        await Server.NextAsync("/meta/subscribe");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => confirming.Soon());
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("CancellationAtEveryAwait")]
    public async Task CancellationAtEveryAwait_of_a_disconnect_drops_the_connection_at_once(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message.Channel == "/meta/disconnect" ? Reply.Never() : null;
        await ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        Task disconnecting = Client.DisconnectAsync(cancellation.Token);
        await Server.NextAsync("/meta/disconnect");
        await cancellation.CancelAsync();
        await disconnecting.Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
    }

    [Theory, Scenario("CancellationAtEveryAwait")]
    public async Task CancellationAtEveryAwait_of_a_resumption(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        BayeuxSnapshot snapshot = await Client.DetachAsync(Cancellation).Soon();
        int connects = Server.CountOf("/meta/connect");
        Server.Script = message => message.Channel == "/meta/connect" && message.Number > connects ? Reply.Never() : null;
        using var cancellation = new CancellationTokenSource();
        Task<bool> resuming = Client.ResumeAsync(snapshot, cancellation.Token);
        for (int number = 0; number <= connects; number++)
        {
            await Server.NextAsync("/meta/connect");
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resuming.Soon());
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Server.Script = static _ => null;
        await Client.ConnectAsync(Cancellation).Soon();
    }

    private async Task CallUntilDisposedAsync(int number)
    {
        while (true)
        {
            try
            {
                Client.Subscribe(Named($"/s{number}"), Record).Dispose();
                await Client.PublishAsync(A, "1"u8.ToArray(), Cancellation);
                await Client.DisconnectAsync(Cancellation);
                await Client.ConnectAsync(Cancellation);
            }
            catch (Exception exception) when (exception is BayeuxException or InvalidOperationException and not ObjectDisposedException)
            {
                // Each call may find the client in any state; what counts is that all of them return.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}

using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Scenarios;

public sealed class DisconnectTests : Scenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disconnecting_tells_the_server_and_sends_what_was_published_before(bool webSocket)
    {
        await ConnectAsync(webSocket);
        Task<PublishResult> publishing = Client.PublishAsync("/a", "1"u8.ToArray(), TestContext.Current.CancellationToken);
        await Client.DisconnectAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing.Soon()).Outcome);
        Assert.Equal("client-1", (await Server.NextAsync("/meta/disconnect")).ClientId);
        Assert.Null((await StateAsync(BayeuxClientState.Disconnected)).Cause);
    }

    [Fact]
    public async Task ClientDisconnectingClosesTheConnection()
    {
        await ConnectAsync(webSocket: true);
        await Client.DisconnectAsync(TestContext.Current.CancellationToken).Soon();
        await Server.NextAsync("closed");
    }

    [Fact]
    public async Task InitDisconnect()
    {
        await Create(webSocket: false).DisconnectAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
    }

    [Fact]
    public async Task HandshakeDisconnect()
    {
        Server.Script = message => Reply.After(new TaskCompletionSource().Task, Reply.Nothing);
        Task connecting = Create(webSocket: false).ConnectAsync(TestContext.Current.CancellationToken);
        await Server.NextAsync("/meta/handshake");
        await Client.DisconnectAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal(BayeuxFaultKind.NotConnected, (await Assert.ThrowsAsync<BayeuxException>(() => connecting.Soon())).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DisconnectFailure(bool webSocket)
    {
        Server.Script = message => message.Channel == "/meta/disconnect" ? Reply.Nothing : null;
        await ConnectAsync(webSocket, options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(300) });
        await Client.DisconnectAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
    }

    [Fact]
    public async Task Cancelling_the_disconnect_drops_the_connection_at_once()
    {
        Server.Script = message => message.Channel == "/meta/disconnect" ? Reply.After(new TaskCompletionSource().Task, Reply.Nothing) : null;
        await ConnectAsync(webSocket: true);
        using var cancellation = new CancellationTokenSource();
        Task disconnecting = Client.DisconnectAsync(cancellation.Token);
        await Server.NextAsync("/meta/disconnect");
        await cancellation.CancelAsync();
        await disconnecting.Soon();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_ends_all_that_is_pending(bool webSocket)
    {
        var time = new WatchedTimeProvider();
        Server.Script = message => message.Channel is "/a" or "/meta/subscribe" ? Reply.After(new TaskCompletionSource().Task, Reply.Nothing) : null;
        await ConnectAsync(webSocket, options => options with { TimeProvider = time });
        BayeuxSubscription subscription = Client.Subscribe("/b", Record);
        Task confirming = subscription.ConfirmedAsync(TestContext.Current.CancellationToken);
        await Server.NextAsync("/meta/subscribe");
        Task<PublishResult> publishing = Client.PublishAsync("/a", "1"u8.ToArray(), TestContext.Current.CancellationToken);
        if (webSocket)
        {
            await Server.NextAsync("/a");
        }

        await Client.DisposeAsync().AsTask().Soon();
        Assert.Equal(webSocket ? PublishOutcome.Unknown : PublishOutcome.NotSent, (await publishing.Soon()).Outcome);
        await Assert.ThrowsAsync<BayeuxException>(() => confirming.Soon());
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Assert.Equal(0, time.Timers);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Client.ConnectAsync(TestContext.Current.CancellationToken));
        await Client.DisconnectAsync(TestContext.Current.CancellationToken).Soon();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_ends_a_connect_that_is_under_way(bool webSocket)
    {
        Server.Script = message => Reply.After(new TaskCompletionSource().Task, Reply.Nothing);
        Task connecting = Create(webSocket).ConnectAsync(TestContext.Current.CancellationToken);
        await Server.NextAsync("/meta/handshake");
        await Client.DisposeAsync().AsTask().Soon();
        await Assert.ThrowsAsync<BayeuxException>(() => connecting.Soon());
    }

    [Fact]
    public async Task Disposing_within_a_callback_does_not_deadlock()
    {
        var done = new TaskCompletionSource();
        await ConnectAsync(webSocket: true);
        Client.Listen("/a", _ =>
        {
            Assert.True(Client.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(20)));
            done.SetResult();
        });
        await Server.PushAsync("/a", "1");
        await done.Task.Soon();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_while_everybody_calls_leaves_nobody_waiting(bool webSocket)
    {
        await ConnectAsync(webSocket);
        using var start = new ManualResetEventSlim();
        Task[] calls =
        [
            .. Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
            {
                start.Wait(TimeSpan.FromSeconds(20));
                while (true)
                {
                    try
                    {
                        Client.Subscribe($"/s{number}", Record).Dispose();
                        await Client.PublishAsync("/a", "1"u8.ToArray());
                        await Client.DisconnectAsync();
                        await Client.ConnectAsync();
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
            })),
        ];
        start.Set();
        await Server.NextAsync("/a");
        await Client.DisposeAsync().AsTask().Soon();
        await Task.WhenAll(calls).Soon();
    }
}

using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Session;

/// <summary>Everything that a session waits for with a limit goes by its one timer.</summary>
public sealed class SessionTimerTests : IAsyncLifetime
{
    private const string Echo = "/service/echo";

    private static readonly TimeSpan s_backoff = TimeSpan.FromMilliseconds(1);

    private readonly WatchedTimeProvider _time = new();
    private ScriptedServer _server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ScriptedServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_session_makes_one_timer_whatever_it_waits_for()
    {
        await using (BayeuxClient client = await ConnectedAsync(static options => options with { ConnectTimeout = TimeSpan.FromSeconds(5), InitialBackoff = s_backoff, MaxBackoff = s_backoff }))
        {
            Task<ReadOnlyMemory<byte>>[] calls = [.. Enumerable.Range(1, 50).Select(number => CallAsync(client, TimeSpan.FromMinutes(number)))];
            for (int number = 0; number < calls.Length; number++)
            {
                await _server.NextSentAsync(Echo);
            }

            // What was sent before has arrived before.
            Assert.Equal(PublishOutcome.Acknowledged, (await client.PublishAsync("/a", "1"u8.ToArray(), Cancelled).Soon()).Outcome);
            var back = new TaskCompletionSource();
            client.StateChanged += change =>
            {
                if (change.Current == BayeuxClientState.Connected)
                {
                    back.TrySetResult();
                }
            };

            // The socket breaks, and the next upgrade is not answered.
            _time.ForgetTimers();
            _server.UpgradeStatus = 0;
            _server.AbortSockets();
            await _time.TimerAsync(s_backoff);
            _time.Advance(s_backoff);
            Assert.Equal(TimeSpan.FromSeconds(5), await _time.TimerAsync(TimeSpan.FromSeconds(5)));
            Assert.Equal(1, _time.Timers);
            _time.Advance(TimeSpan.FromSeconds(5));
            await _time.TimerAsync(s_backoff);
            _server.UpgradeStatus = 101;
            _time.Advance(s_backoff);
            await back.Task.Soon();
            Assert.Equal((1, 1), (_time.Timers, _server.CountOf("/meta/handshake")));
            Assert.All(calls, static call => Assert.False(call.IsCompleted));
            await client.DisconnectAsync(Cancelled).Soon();
            await Task.WhenAll(calls.Select(static call => Assert.ThrowsAsync<BayeuxException>(() => call.Soon())));
        }

        Assert.Equal((1, 0), (_time.Made, _time.Timers));
    }

    [Fact]
    public async Task Each_call_ends_at_its_own_time_in_whatever_order_they_were_made()
    {
        await using BayeuxClient client = await ConnectedAsync();
        int[] seconds = [20, 5, 30, 5, 10];
        Task<ReadOnlyMemory<byte>>[] calls = [.. seconds.Select(each => CallAsync(client, TimeSpan.FromSeconds(each)))];
        Task<ReadOnlyMemory<byte>> endless = CallAsync(client, Timeout.InfiniteTimeSpan);
        for (int number = 0; number <= seconds.Length; number++)
        {
            await _server.NextAsync(Echo);
        }

        for (int passed = 5; passed <= 30; passed += 5)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            foreach ((int time, Task<ReadOnlyMemory<byte>> call) in seconds.Zip(calls))
            {
                if (time == passed)
                {
                    Assert.Equal(BayeuxFaultKind.Timeout, (await Assert.ThrowsAsync<BayeuxException>(() => call.Soon())).Kind);
                }

                Assert.Equal(time <= passed, call.IsCompleted);
            }
        }

        Assert.False(endless.IsCompleted);
        Assert.Equal(1, _time.Made);
    }

    [Fact]
    public async Task A_call_that_was_answered_or_cancelled_has_no_deadline_any_more()
    {
        await using BayeuxClient client = await ConnectedAsync();
        _server.Script = message =>
        {
            if (message.Channel != Echo)
            {
                return null;
            }

            return message.Json["data"]!.ToJsonString() == "\"answer\"" ? Reply.Of(Answer(message), message.Ok()) : Reply.Of(message.Ok());
        };
        var late = new TaskCompletionSource<string>();
        client.Listen(Echo, bayeuxEvent => late.TrySetResult(Encoding.UTF8.GetString(bayeuxEvent.Data.Span)));
        using var cancellation = new CancellationTokenSource();
        Task<ReadOnlyMemory<byte>> cancelled = client.CallAsync(Echo, "1"u8.ToArray(), TimeSpan.FromSeconds(5), cancellation.Token);
        ServerMessage first = await _server.NextAsync(Echo);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());
        Assert.Equal("\"answer\"", Encoding.UTF8.GetString((await client.CallAsync(Echo, "\"answer\""u8.ToArray(), TimeSpan.FromSeconds(5), Cancelled).Soon()).Span));
        _time.Advance(TimeSpan.FromSeconds(6));

        // What comes late is for everybody.
        await _server.PushAsync(Answer(first));
        Assert.Equal("1", await late.Task.Soon());
        Assert.Equal(1, _time.Made);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_ends_with_the_client(bool dispose)
    {
        await using BayeuxClient client = await ConnectedAsync();
        Task<ReadOnlyMemory<byte>> call = CallAsync(client, Timeout.InfiniteTimeSpan);
        await _server.NextAsync(Echo);
        await (dispose ? client.DisposeAsync().AsTask() : client.DisconnectAsync(Cancelled)).Soon();
        await Assert.ThrowsAsync<BayeuxException>(() => call.Soon());
        if (dispose)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => CallAsync(client, Timeout.InfiniteTimeSpan).Soon());
        }
        else
        {
            Assert.Equal(BayeuxFaultKind.NotConnected, (await Assert.ThrowsAsync<BayeuxException>(() => CallAsync(client, Timeout.InfiniteTimeSpan).Soon())).Kind);
        }
    }

    [Fact]
    public async Task An_upgrade_that_is_not_answered_ends_at_the_connect_timeout()
    {
        _server.UpgradeStatus = 0;
        await using var client = new BayeuxClient(new BayeuxClientOptions
        {
            Url = _server.Url,
            TimeProvider = _time,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxNetworkDelay = TimeSpan.FromSeconds(30),
        });
        Task connecting = client.ConnectAsync(Cancelled);
        Assert.Equal(TimeSpan.FromSeconds(5), await _time.TimerAsync(TimeSpan.FromSeconds(10)));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(connecting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await connecting.Soon();
        Assert.Equal((1, 1), (_server.CountOf("/meta/handshake"), _time.Made));
    }

    [Fact]
    public async Task A_timer_is_never_set_for_longer_than_timers_take()
    {
        await using BayeuxClient client = await ConnectedAsync();
        Task<ReadOnlyMemory<byte>> call = CallAsync(client, TimeSpan.FromDays(49));
        await _server.NextAsync(Echo);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => CallAsync(client, TimeSpan.FromDays(50)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => CallAsync(client, TimeSpan.FromSeconds(-2)));
        Assert.False(call.IsCompleted);
        Assert.Equal(BayeuxClientState.Connected, client.State);
    }

    private static JsonObject Answer(ServerMessage message) => new() { ["channel"] = message.Channel, ["id"] = message.Id, ["data"] = message.Json["data"]!.DeepClone() };

    private static Task<ReadOnlyMemory<byte>> CallAsync(BayeuxClient client, TimeSpan timeout) => client.CallAsync(Echo, "1"u8.ToArray(), timeout, Cancelled);

    private async Task<BayeuxClient> ConnectedAsync(Func<BayeuxClientOptions, BayeuxClientOptions>? configure = null)
    {
        var options = new BayeuxClientOptions { Url = _server.Url, TimeProvider = _time };
        var client = new BayeuxClient(configure?.Invoke(options) ?? options);
        await client.ConnectAsync(Cancelled).Soon();
        return client;
    }
}

using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Transports;

public sealed class WebSocketClosingTests
{
    [Fact]
    public async Task A_server_that_reads_nothing_delays_the_end_for_a_second_of_the_sessions_one_timer()
    {
        using var goOn = new ManualResetEventSlim();
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        var time = new WatchedTimeProvider();
        var client = new BayeuxClient(new BayeuxClientOptions { Url = server.Url, TimeProvider = time, MaxMessageSize = 1 << 20 });
        await client.ConnectAsync(TestContext.Current.CancellationToken).Soon();
        server.Script = message =>
        {
            if (message.Channel == "/a")
            {
                stuck.TrySetResult();
                goOn.Wait();
            }

            return null;
        };
        byte[] large = [(byte)'"', .. Enumerable.Repeat((byte)'x', 1 << 19), (byte)'"'];
        Task<PublishResult>[] publishing = [.. Enumerable.Range(0, 64).Select(_ => client.PublishAsync("/a", large))];
        await stuck.Task.Soon();
        time.ForgetTimers();

        Task disposing = client.DisposeAsync().AsTask();
        await time.TimerAsync(TimeSpan.FromSeconds(1));
        Assert.False(disposing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await disposing.Soon();
        goOn.Set();

        Assert.Equal(1, time.Made);
        Assert.Equal(0, time.Timers);
        Assert.All(await Task.WhenAll(publishing).Soon(), static result => Assert.NotEqual(PublishOutcome.Acknowledged, result.Outcome));
    }
}

using System.Diagnostics;
using ChatGen.Bayeux.Chaos.Proxy;
using ChatGen.Testing;
using Xunit;

namespace ChatGen.Bayeux.Chaos.Chats;

/// <summary>Fifty chats over a network on which everything breaks.</summary>
public sealed class ChatChaosTests(ITestOutputHelper output)
{
    private const int Chats = 50;
    private const int ShownLogs = 3;

    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_maxInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_networkDelay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromSeconds(6);

    // A connection that leads nowhere is noticed when a held connect is late; the next attempt comes after the longest backoff at most,
    // and what it finds may have to be asked for several times. As much again for a machine that is busy.
    private static readonly TimeSpan s_backWithin = 2 * (s_hold + s_networkDelay + TimeSpan.FromSeconds(30) + (3 * s_requestTimeout));

    [Fact]
    public async Task Everybody_is_back_in_the_end_and_nothing_acknowledged_is_lost_and_nothing_doubled()
    {
        output.WriteLine($"seed {ChaosSettings.Seed}, {ChaosSettings.Duration.TotalSeconds} s");
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using ChatBackend backend = await ChatBackend.StartAsync(
            new ChatBackendOptions { Agent = ScriptedAgent.Silent, MetaConnectTimeout = s_hold, MaxInterval = s_maxInterval },
            cancelled);
        await using FaultProxy proxy = FaultProxy.Start(backend.CometDUrl);
        ChaosChat[] chats = await Task.WhenAll(Enumerable.Range(0, Chats).Select(number => StartAsync(backend, proxy, number))).Soon();
        try
        {
            FaultSchedule schedule = new(proxy, backend.Restart);
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
            long mended = 0;
            using CancellationTokenRegistration stopping = stop.Token.Register(() => mended = Stopwatch.GetTimestamp());
            stop.CancelAfter(ChaosSettings.Duration);
            await Task.WhenAll([
                schedule.RunAsync(ScheduledFault.Draw(ChaosSettings.Seed), fault => Note(chats, fault), stop.Token),
                .. chats.Select(chat => chat.TalkAsync(stop.Token))]);
            cancelled.ThrowIfCancellationRequested();

            int before = proxy.Accepted;
            await SettleAsync(chats);

            output.WriteLine($"faults: {schedule.Summary}");
            output.WriteLine($"{before} connections, {backend.Requests.Handshakes} handshakes, {chats.Sum(chat => chat.Interruptions)} interruptions");
            output.WriteLine($"{chats.Sum(chat => chat.Acknowledged)} of {chats.Sum(chat => chat.Sent)} messages acknowledged");
            output.WriteLine($"all back after {Stopwatch.GetElapsedTime(mended).TotalSeconds:0.0} s");
            AssertWell(chats);

            // A run in which nothing broke would prove nothing.
            Assert.All(chats, chat => Assert.NotEqual(0, chat.Interruptions));
        }
        finally
        {
            await Task.WhenAll(chats.Select(chat => chat.DisposeAsync().AsTask()));
        }
    }

    private static Task<ChaosChat> StartAsync(ChatBackend backend, FaultProxy proxy, int number)
    {
        bool disableWebSockets = number % 2 == 0;
        CometDChatTransport transport = new(
            proxy.Url,
            new CometDChatTransportOptions { DisableWebSockets = disableWebSockets, MaxNetworkDelay = s_networkDelay, RequestTimeout = s_requestTimeout });
        string name = $"{(disableWebSockets ? "long-polling" : "WebSocket")} {number}";
        return ChaosChat.StartAsync(backend, name, transport, (ChaosSettings.Seed * Chats) + number, TestContext.Current.CancellationToken);
    }

    private static void Note(ChaosChat[] chats, ScheduledFault fault)
    {
        foreach (ChaosChat chat in chats)
        {
            chat.Log.Add($"--- {fault}");
        }
    }

    private static async Task SettleAsync(ChaosChat[] chats)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(s_backWithin);
        try
        {
            await Task.WhenAll(chats.Select(chat => chat.SettleAsync(deadline.Token)));
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // The chats themselves say what they lack.
        }
    }

    private void AssertWell(ChaosChat[] chats)
    {
        (ChaosChat Chat, string[] Faults)[] ill = [.. chats.Select(chat => (chat, chat.Faults().ToArray())).Where(static entry => entry.Item2.Length > 0)];
        foreach ((ChaosChat chat, _) in ill.Take(ShownLogs))
        {
            output.WriteLine($"=== {chat.Name}");
            foreach (string line in chat.Log.Lines)
            {
                output.WriteLine(line);
            }
        }

        Assert.True(ill.Length == 0, string.Join('\n', ill.Select(static entry => $"{entry.Chat.Name}: {string.Join("; ", entry.Faults)}")));
    }
}

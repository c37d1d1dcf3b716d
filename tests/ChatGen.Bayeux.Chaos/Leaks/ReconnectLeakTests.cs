using System.Runtime.CompilerServices;
using Xunit;

namespace ChatGen.Bayeux.Chaos.Leaks;

/// <summary>What a client leaves behind that has reconnected very often: nothing.</summary>
public sealed class ReconnectLeakTests(ITestOutputHelper output)
{
    private const int ClientsOfEachKind = 10;
    private const int Clients = 2 * ClientsOfEachKind;
    private const int WarmUp = 2_000;
    private const int Reconnects = 10_000;

    // Less than the smallest object that a reconnect could leave behind, and more than the runtime's own caches move.
    private const long HeapPerReconnect = 40;
    private const int MostThreads = 50;
    private const int SpareSockets = 6;
    private const int SpareTimers = 6;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Ten_thousand_reconnects_leave_no_socket_timer_thread_or_memory_behind()
    {
        CountingTimeProvider time = new();
        await using BreakingServer server = new();
        Footprint before = Footprint.Take();
        List<WeakReference> remembered = [];
        await LiveAsync(server, time, remembered);

        Assert.Equal(0, time.Timers);
        await Waiting.UntilAsync(() => server.Open == 0, () => $"{server.Open} connections are still open.");
        await Waiting.UntilAsync(
            () => Footprint.Take() is var after && after.Sockets <= before.Sockets + SpareSockets && after.Timers <= before.Timers + SpareTimers && remembered.All(client => !client.IsAlive),
            () => $"Before {before}, after {Footprint.Take()}; {remembered.Count(client => client.IsAlive)} clients are kept from being collected.");
        output.WriteLine($"before {before}, after {Footprint.Take()}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task LiveAsync(BreakingServer server, CountingTimeProvider time, List<WeakReference> remembered)
    {
        BayeuxClient[] clients = [.. Enumerable.Range(0, Clients).Select(number => Create(server, time, disableWebSockets: number < ClientsOfEachKind))];
        remembered.AddRange(clients.Select(static client => new WeakReference(client)));
        try
        {
            await Task.WhenAll(clients.Select(static client => client.ConnectAsync(TestContext.Current.CancellationToken))).Soon();
            Footprint warm = await ReconnectAsync(server, clients, WarmUp);
            Footprint worn = await ReconnectAsync(server, clients, Reconnects);
            output.WriteLine($"{server.Connects} connects, {server.Sessions} sessions, {time.Timers} timers of {Clients} clients, {server.Open} connections");
            output.WriteLine($"warm {warm}, worn {worn}");

            Assert.InRange(worn.Sockets, 0, warm.Sockets + SpareSockets);
            Assert.InRange(worn.Timers, 0, warm.Timers + SpareTimers);
            Assert.InRange(worn.Threads, 0, MostThreads);
            Assert.InRange(worn.Heap, 0, warm.Heap + (Reconnects * HeapPerReconnect));
            Assert.InRange(time.Timers, 0, Clients);
            Assert.InRange(server.Open, Clients, 2 * Clients);
        }
        finally
        {
            await Task.WhenAll(clients.Select(static client => client.DisposeAsync().AsTask())).Soon();
        }
    }

    private static BayeuxClient Create(BreakingServer server, CountingTimeProvider time, bool disableWebSockets)
    {
        BayeuxClient client = new(new BayeuxClientOptions
        {
            Url = server.Url,
            DisableWebSockets = disableWebSockets,
            MaxConnectAttempts = int.MaxValue,
            InitialBackoff = TimeSpan.FromMilliseconds(1),
            MaxBackoff = TimeSpan.FromMilliseconds(1),
            TimeProvider = time,
        });
        client.Subscribe("/chat/**", static _ => { });
        return client;
    }

    /// <summary>Lets the clients reconnect, and waits until all are connected and nothing happens.</summary>
    private static async Task<Footprint> ReconnectAsync(BreakingServer server, BayeuxClient[] clients, int reconnects)
    {
        int enough = server.Connects + reconnects;
        server.Break();
        await Waiting.UntilAsync(() => server.Connects >= enough, () => $"{enough - server.Connects} reconnects are missing.", s_limit);
        server.BeCalm();
        await Waiting.UntilAsync(
            () => server.Held == Clients && clients.All(static client => client.State == BayeuxClientState.Connected),
            () => $"{server.Held} of {Clients} clients are connected.");

        // What was closed last may take a moment to be gone.
        await Waiting.UntilAsync(() => server.Open <= 2 * Clients, () => $"{server.Open} connections are open.");
        return Footprint.Take();
    }
}

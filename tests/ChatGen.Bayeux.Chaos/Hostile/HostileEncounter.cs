using Xunit;

namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>A client meets a hostile server, which then becomes good.</summary>
internal sealed class HostileEncounter(HostileStage stage, HostileAct act, bool disableWebSockets, ITestOutputHelper output)
{
    private const int MaxResponseSize = 64 * 1024;
    private const int EnoughActs = 2;

    // Far below what the acts without an end would take, far above what a good conversation does.
    private const long MaxAllocated = 16 * 1024 * 1024;

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(10);

    private readonly List<BayeuxFault> _faults = [];
    private bool _publisherWasTold;

    public async Task RunAsync()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using HostileServer server = new(stage, act);
        long allocated = GC.GetTotalAllocatedBytes();
        await using BayeuxClient client = new(new BayeuxClientOptions
        {
            Url = server.Url,
            DisableWebSockets = disableWebSockets,
            MaxResponseSize = MaxResponseSize,
            MaxNetworkDelay = TimeSpan.FromMilliseconds(250),
            ConnectTimeout = TimeSpan.FromMilliseconds(250),
            InitialBackoff = TimeSpan.FromMilliseconds(1),
            MaxBackoff = TimeSpan.FromMilliseconds(5),
        });
        client.Faulted += fault =>
        {
            lock (_faults)
            {
                _faults.Add(fault);
            }
        };

        await MeetAsync(client, server).Soon();
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        server.BeGood();
        PublishResult? result = null;
        while (result?.Outcome != PublishOutcome.Acknowledged)
        {
            await TryConnectAsync(client).Soon();
            result = await client.PublishAsync("/chaos", "2"u8.ToArray(), cancelled).Soon();
        }

        await Waiting.UntilAsync(() => client.State == BayeuxClientState.Connected, () => $"The client is {client.State}.");
        await client.DisconnectAsync(cancelled).Soon();
        Assert.Equal(BayeuxClientState.Disconnected, client.State);

        string[] faults;
        lock (_faults)
        {
            faults = [.. _faults.Select(static fault => fault.ToString()).Distinct()];
            Assert.DoesNotContain(_faults, static fault => fault.Message.Contains("defect", StringComparison.OrdinalIgnoreCase));
        }

        output.WriteLine($"{allocated / 1024} KiB, {server.Acts} acts\n{string.Join('\n', faults)}");
        Assert.True(act.IsHarmless || _publisherWasTold || faults.Length > 0, "Nothing was reported.");
        Assert.InRange(allocated, 0, MaxAllocated);

        // Bayeux rule 21; one more may be held for a client that has given it up.
        Assert.InRange(server.MostHeld, 0, 2);
    }

    private async Task MeetAsync(BayeuxClient client, HostileServer server)
    {
        using PeriodicTimer poll = new(s_pollInterval);

        // A client that was harmed goes on asking, unless it has found that long-polling does better.
        while (server.Acts < (act.IsHarmless || stage == HostileStage.Upgrade ? 1 : EnoughActs))
        {
            await TryConnectAsync(client);
            if (stage == HostileStage.Publish)
            {
                PublishResult result = await client.PublishAsync("/chaos", "1"u8.ToArray(), TestContext.Current.CancellationToken);
                _publisherWasTold |= result.Outcome != PublishOutcome.Acknowledged;
            }
            else
            {
                await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task TryConnectAsync(BayeuxClient client)
    {
        if (client.State == BayeuxClientState.Disconnected)
        {
            try
            {
                await client.ConnectAsync(TestContext.Current.CancellationToken);
            }
            catch (BayeuxException)
            {
                // It has said so, which is all that is asked of it.
            }
        }
    }
}

using ChatGen.Bayeux.Chaos.Proxy;
using ChatGen.Interop;
using Xunit;

namespace ChatGen.Bayeux.Chaos.Acknowledgement;

/// <summary>The CometD project's own server behind a network on which everything breaks, but not for so long that it forgets anybody.</summary>
public sealed class AcknowledgementChaosTests(ITestOutputHelper output)
{
    private const int Correspondents = 10;
    private static readonly TimeSpan s_duration = ChaosSettings.Duration / 4;

    [Fact]
    public async Task No_event_is_lost_or_doubled_on_the_same_session_and_every_publish_becomes_what_its_outcome_says()
    {
        output.WriteLine($"seed {ChaosSettings.Seed}, {s_duration.TotalSeconds} s");
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using NodeProcess server = await NodeProcess.StartServerAsync("cometd-server.js", ["--ack=1", "--timeout=1000", "--maxInterval=600000"], cancelled);
        await using FaultProxy proxy = FaultProxy.Start(server.CometDUrl);
        BayeuxClientOptions options = new()
        {
            Url = server.CometDUrl,
            DisableWebSockets = true,
            MaxNetworkDelay = TimeSpan.FromSeconds(3),
            InitialBackoff = TimeSpan.FromMilliseconds(100),
            MaxBackoff = TimeSpan.FromSeconds(2),
        };
        Correspondent[] correspondents = [.. Enumerable.Range(0, Correspondents).Select(number => new Correspondent(number, proxy.Url, server.CometDUrl, options))];
        try
        {
            await Task.WhenAll(correspondents.Select(correspondent => correspondent.ConnectAsync(cancelled))).Soon();
            FaultSchedule schedule = new(proxy, static () => { });
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
            stop.CancelAfter(s_duration);

            // A server that restarts forgets everybody, which is another test's business.
            Task breaking = schedule.RunAsync(ScheduledFault.Draw(ChaosSettings.Seed).Where(static fault => fault.Fault != NetworkFault.RestartServer), static _ => { }, stop.Token);
            await Task.WhenAll(correspondents.Select(correspondent => correspondent.CorrespondAsync(stop.Token))).WaitAsync(s_duration + TimeSpan.FromMinutes(2), cancelled);
            await breaking;
            await Waiting.UntilAsync(
                () => !Faults(correspondents).Any(),
                () => string.Join('\n', Faults(correspondents)));

            output.WriteLine($"faults: {schedule.Summary}");
            output.WriteLine($"{proxy.Accepted} connections, {correspondents.Sum(correspondent => correspondent.Interruptions)} interruptions");
            output.WriteLine($"the first one's publishes: {correspondents[0].Summary}");
            Assert.All(correspondents, static correspondent => Assert.NotEqual(0, correspondent.Interruptions));
        }
        finally
        {
            await Task.WhenAll(correspondents.Select(static correspondent => correspondent.DisposeAsync().AsTask()));
        }
    }

    private static IEnumerable<string> Faults(Correspondent[] correspondents) => correspondents.SelectMany(static correspondent => correspondent.Faults());
}

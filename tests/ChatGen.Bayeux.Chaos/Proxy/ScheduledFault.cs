namespace ChatGen.Bayeux.Chaos.Proxy;

/// <summary>A fault that is to happen.</summary>
/// <param name="After">How long after the fault before it.</param>
/// <param name="Fault">What happens.</param>
/// <param name="Share">To which share of the connections, from 0 to 1.</param>
/// <param name="Duration">How long it lasts, if it is one that ends.</param>
/// <param name="Victims">Seed by which the connections are chosen: there are never the same in two runs.</param>
internal sealed record ScheduledFault(TimeSpan After, NetworkFault Fault, double Share, TimeSpan Duration, int Victims)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan s_longestFault = TimeSpan.FromSeconds(4);

    // Single connections break often, networks and servers seldom.
    private static readonly NetworkFault[] s_lots =
    [
        .. Enumerable.Repeat(NetworkFault.Reset, 6),
        .. Enumerable.Repeat(NetworkFault.Close, 5),
        .. Enumerable.Repeat(NetworkFault.Swallow, 5),
        .. Enumerable.Repeat(NetworkFault.Delay, 5),
        .. Enumerable.Repeat(NetworkFault.Truncate, 6),
        NetworkFault.Refuse,
        NetworkFault.Outage,
        NetworkFault.RestartServer,
    ];

    /// <summary>Faults without end; the same seed gives the same ones.</summary>
    public static IEnumerable<ScheduledFault> Draw(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            yield return new ScheduledFault(
                s_longestPause * random.NextDouble(),
                s_lots[random.Next(s_lots.Length)],

                // Few connections suffer mostly, many seldom.
                random.NextDouble() * random.NextDouble(),
                s_longestFault * random.NextDouble(),
                random.Next());
        }
    }
}

namespace ChatGen.Bayeux.Chaos.Proxy;

/// <summary>Lets faults happen.</summary>
/// <param name="proxy">Whose connections suffer.</param>
/// <param name="restartServer">Makes the server forget everybody.</param>
internal sealed class FaultSchedule(FaultProxy proxy, Action restartServer)
{
    private readonly Dictionary<NetworkFault, int> _counts = [];

    /// <summary>How often each fault has happened.</summary>
    public string Summary => string.Join(", ", _counts.OrderBy(static count => count.Key).Select(static count => $"{count.Key} {count.Value}"));

    /// <summary>Lets things happen until it is told to stop, and then mends what can be mended. What broke stays broken.</summary>
    public async Task RunAsync(IEnumerable<ScheduledFault> faults, Action<ScheduledFault> onFault, CancellationToken stop)
    {
        try
        {
            foreach (ScheduledFault fault in faults)
            {
                await Task.Delay(fault.After, stop);
                _counts[fault.Fault] = _counts.GetValueOrDefault(fault.Fault) + 1;
                onFault(fault);
                await HappenAsync(fault, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await proxy.MendAsync(CancellationToken.None);
        }
    }

    private async Task HappenAsync(ScheduledFault fault, CancellationToken stop)
    {
        switch (fault.Fault)
        {
            case NetworkFault.RestartServer:
                restartServer();
                return;
            case NetworkFault.Refuse:
                proxy.Refuse();
                break;
            case NetworkFault.Outage:
                proxy.SwallowNewLinks();
                break;
        }

        var victims = new Random(fault.Victims);
        foreach (ProxyLink link in proxy.Links.Where(_ => victims.NextDouble() < fault.Share))
        {
            Break(link, fault);
        }

        if (fault.Fault is NetworkFault.Refuse or NetworkFault.Outage)
        {
            await Task.Delay(fault.Duration, stop);
            await proxy.MendAsync(stop);
        }
    }

    private static void Break(ProxyLink link, ScheduledFault fault)
    {
        switch (fault.Fault)
        {
            case NetworkFault.Reset or NetworkFault.Refuse:
                link.Reset();
                break;
            case NetworkFault.Close:
                link.Close();
                break;
            case NetworkFault.Swallow or NetworkFault.Outage:
                link.Swallow();
                break;
            case NetworkFault.Delay:
                link.Delay(fault.Duration / 4, fault.Duration);
                break;
            case NetworkFault.Truncate:
                link.CutNextAnswer();
                break;
        }
    }
}

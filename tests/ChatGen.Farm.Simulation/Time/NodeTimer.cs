namespace ChatGen.Farm.Simulation;

/// <summary>A timer that fires once, as all timers here are.</summary>
internal sealed class NodeTimer(NodeClock clock, TimerCallback callback, object? state) : ITimer
{
    private int _version;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
        {
            throw new NotSupportedException("Timers that repeat are not simulated.");
        }

        int version = ++_version;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            clock.In(dueTime, () =>
            {
                if (_version == version)
                {
                    callback(state);
                }
            });
        }

        return true;
    }

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

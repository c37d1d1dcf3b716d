namespace ChatGen.Farm.Simulation;

/// <summary>The clock of one process: begins anywhere, may run too fast or too slow, and goes on while the process is stopped, whose timers then wait.</summary>
internal sealed class NodeClock(Timeline timeline, TimeSpan offset, double rate) : TimeProvider
{
    private readonly List<Action> _waiting = [];

    public bool IsStopped { get; private set; }

    /// <summary>Whether the process is gone. Nothing of it happens any more.</summary>
    public bool IsKilled { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => offset.Ticks + (long)(timeline.Now * rate);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new NodeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Like SIGSTOP.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>Like SIGCONT.</summary>
    public void Continue()
    {
        IsStopped = false;
        Action[] waiting = [.. _waiting];
        _waiting.Clear();
        foreach (Action action in waiting)
        {
            Do(action);
        }
    }

    /// <summary>Like SIGKILL.</summary>
    public void Kill()
    {
        IsKilled = true;
        _waiting.Clear();
    }

    /// <summary>Lets the process do something as soon as it runs.</summary>
    public void Do(Action action)
    {
        if (IsKilled)
        {
            return;
        }

        if (IsStopped)
        {
            _waiting.Add(action);
        }
        else
        {
            action();
        }
    }

    public void In(TimeSpan delay, Action action) => timeline.At(timeline.Now + (long)Math.Ceiling(delay.Ticks / rate), () => Do(action));
}

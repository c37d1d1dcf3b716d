using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Tests;

/// <summary>A clock that stands still until a test moves it, and tells of the timers that are set.</summary>
public sealed class SignallingTimeProvider : FakeTimeProvider
{
    /// <summary>Due times of the timers, in the order in which they were set.</summary>
    public Recorder<TimeSpan> Timers { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Timers.Add(dueTime);
        return timer;
    }
}

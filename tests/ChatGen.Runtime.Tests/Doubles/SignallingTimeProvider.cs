using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Tests;

/// <summary>A clock that stands still until a test moves it, and tells of the timers that are set.</summary>
public sealed class SignallingTimeProvider : FakeTimeProvider
{
    private int _activeTimers;

    /// <summary>Due times of the timers, in the order in which they were set.</summary>
    public Recorder<TimeSpan> Timers { get; } = new();

    /// <summary>How many timers were set and not disposed.</summary>
    public int ActiveTimers => Volatile.Read(ref _activeTimers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _activeTimers);
        Timers.Add(dueTime);
        return new CountedTimer(this, timer);
    }

    private sealed class CountedTimer(SignallingTimeProvider owner, ITimer timer) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            Count();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Count();
            return timer.DisposeAsync();
        }

        private void Count()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref owner._activeTimers);
            }
        }
    }
}

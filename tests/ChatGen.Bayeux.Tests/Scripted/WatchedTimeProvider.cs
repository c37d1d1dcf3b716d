using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>Time that only the test moves, and that tells when a timer is set, so that the test does not move it too soon.</summary>
internal sealed class WatchedTimeProvider : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();
    private int _timers;
    private int _made;

    /// <summary>Timers that were made and not disposed.</summary>
    public int Timers => _timers;

    /// <summary>Timers that were made.</summary>
    public int Made => _made;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        Interlocked.Increment(ref _made);
        return new Watched(base.CreateTimer(callback, state, dueTime, period), this);
    }

    /// <summary>Waits until a timer is set to a time of at most this.</summary>
    public async Task<TimeSpan> TimerAsync(TimeSpan atMost)
    {
        while (true)
        {
            TimeSpan due = await _set.Reader.ReadAsync().Soon();
            if (due <= atMost)
            {
                return due;
            }
        }
    }

    /// <summary>Only timers that are set from now on are waited for.</summary>
    public void ForgetTimers()
    {
        while (_set.Reader.TryRead(out _))
        {
        }
    }

    private sealed class Watched(ITimer timer, WatchedTimeProvider owner) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = timer.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                owner._set.Writer.TryWrite(dueTime);
            }

            return changed;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref owner._timers);
                timer.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

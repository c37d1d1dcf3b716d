using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>Time that only the test moves, and that tells when a timer is set, so that the test does not move it too soon.</summary>
internal sealed class WatchedTimeProvider : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Watched(base.CreateTimer(callback, state, dueTime, period), _set.Writer);

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

    private sealed class Watched(ITimer timer, ChannelWriter<TimeSpan> set) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = timer.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                set.TryWrite(dueTime);
            }

            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

using System.Collections.Concurrent;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>A clock on which pauses shorter than a limit are over at once and others never; it notes the short ones.</summary>
public sealed class QuickTimeProvider(TimeSpan limit) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Begin(TimeSpan dueTime, Action callback)
    {
        if (dueTime >= TimeSpan.Zero && dueTime < limit)
        {
            _pauses.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback());
        }
    }

    private sealed class Timer(QuickTimeProvider provider, Action callback) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            provider.Begin(dueTime, callback);
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

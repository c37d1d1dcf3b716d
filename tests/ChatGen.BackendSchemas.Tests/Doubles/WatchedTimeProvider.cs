using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.BackendSchemas.Tests.Doubles;

/// <summary>A clock that stands still until a test moves it, and tells of each pause that is begun.</summary>
internal sealed class WatchedTimeProvider : FakeTimeProvider
{
    // What is shorter than a pause between polls, or as long as a request may take, is none.
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly Channel<TimeSpan> _pauses = Channel.CreateUnbounded<TimeSpan>();
    private int _active;

    /// <summary>How many timers are not disposed.</summary>
    public int ActiveTimers => Volatile.Read(ref _active);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _active);
        if (dueTime >= s_shortest && dueTime < s_timeout)
        {
            _pauses.Writer.TryWrite(dueTime);
        }

        return new Timer(timer, () => Interlocked.Decrement(ref _active));
    }

    /// <summary>Waits for the next pause, in the order in which they were begun.</summary>
    public async Task<TimeSpan> WaitForPauseAsync(CancellationToken cancellationToken) => await _pauses.Reader.ReadAsync(cancellationToken);

    private sealed class Timer(ITimer inner, Action onDisposed) : ITimer
    {
        private Action? _onDisposed = onDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            Interlocked.Exchange(ref _onDisposed, null)?.Invoke();
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Exchange(ref _onDisposed, null)?.Invoke();
            return inner.DisposeAsync();
        }
    }
}

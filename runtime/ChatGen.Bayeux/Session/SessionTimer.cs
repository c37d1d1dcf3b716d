namespace ChatGen.Bayeux.Session;

/// <summary>The session's one timer, for everything that has a deadline. It may fire too early, never too late.</summary>
internal sealed class SessionTimer : IAsyncDisposable
{
    // Timers take no longer times.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private readonly TimeProvider _timeProvider;
    private readonly long _startTimestamp;
    private readonly ITimer _timer;
    private TimeSpan? _due;

    public SessionTimer(TimeProvider timeProvider, Action onTick)
    {
        _timeProvider = timeProvider;
        _startTimestamp = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(static onTick => ((Action)onTick!)(), onTick, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time since the session was made, on a clock that never goes back.</summary>
    public TimeSpan Now => _timeProvider.GetElapsedTime(_startTimestamp);

    /// <summary>The tick has been taken note of.</summary>
    public void OnTick() => _due = null;

    /// <summary>Sees to it that the timer fires at this time, or earlier.</summary>
    public void FireAt(TimeSpan? due)
    {
        if (due is { } next && !(_due <= next))
        {
            TimeSpan now = Now;
            TimeSpan delay = next - now < s_longest ? next - now : s_longest;
            _due = now + delay;
            _timer.Change(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}

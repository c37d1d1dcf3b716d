namespace ChatGen.BackendSchemas.Tests.Doubles;

/// <summary>The system's clock, but what is to happen within 10 s, such as the next poll, happens a hundred times sooner. Timeouts keep their length.</summary>
internal sealed class ShortPauses : TimeProvider
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Shorter(dueTime), period));

    private static TimeSpan Shorter(TimeSpan time) => time > TimeSpan.Zero && time < s_longest ? time / 100 : time;

    private sealed class Timer(ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Shorter(dueTime), period);

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

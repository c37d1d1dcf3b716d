namespace ChatGen.Farm.Simulation;

/// <summary>The one true time of a simulated world, and what is due when. Everything happens on the thread that runs it.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private long _order;

    /// <summary>Ticks of 100 ns since the world began.</summary>
    public long Now { get; private set; }

    public TimeSpan Elapsed => TimeSpan.FromTicks(Now);

    /// <summary>Called after everything that happens.</summary>
    public Action? AfterEach { get; set; }

    public void At(long ticks, Action action) => _due.Enqueue(action, (Math.Max(ticks, Now), _order++));

    public void In(TimeSpan delay, Action action) => At(Now + delay.Ticks, action);

    /// <summary>A task that ends after some time.</summary>
    public Task Pass(TimeSpan delay)
    {
        var passed = new TaskCompletionSource();
        In(delay, passed.SetResult);
        return passed.Task;
    }

    /// <summary>Lets time pass.</summary>
    public void Run(TimeSpan duration)
    {
        // Continuations run where they are, and not on another thread, only without a context.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            long end = Now + duration.Ticks;
            while (_due.TryPeek(out _, out (long At, long Order) next) && next.At <= end)
            {
                Action action = _due.Dequeue();
                Now = next.At;
                action();
                AfterEach?.Invoke();
            }

            Now = end;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}

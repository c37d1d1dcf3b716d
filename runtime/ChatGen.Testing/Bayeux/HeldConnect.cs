namespace ChatGen.Testing.Bayeux;

/// <summary>A <c>/meta/connect</c> that is held until there is something to say.</summary>
internal sealed class HeldConnect
{
    private readonly TaskCompletionSource<HeldConnectOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;

    public HeldConnect(TimeProvider timeProvider, TimeSpan timeout, Action<HeldConnect> onTimeout)
    {
        _timer = timeProvider.CreateTimer(static state => ((Action)state!)(), () => onTimeout(this), timeout, Timeout.InfiniteTimeSpan);
    }

    public Task<HeldConnectOutcome> Outcome => _completion.Task;

    public void Complete(HeldConnectOutcome outcome)
    {
        if (_completion.TrySetResult(outcome))
        {
            _timer.Dispose();
        }
    }
}

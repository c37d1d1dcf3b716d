namespace ChatGen.Ownership;

/// <summary>Wakes one waiter, at once if it was set before.</summary>
/// <remarks>Setting is thread-safe.</remarks>
internal sealed class Signal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    public Signal(TimeProvider timeProvider) => _timer = timeProvider.CreateTimer(static signal => ((Signal)signal!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
            _isSet = waiter is null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>Waits until it is set, but no longer than this.</summary>
    public Task WaitAsync(TimeSpan longest)
    {
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return Task.CompletedTask;
            }

            _waiter = new TaskCompletionSource();
            _timer.Change(longest, Timeout.InfiniteTimeSpan);
            return _waiter.Task;
        }
    }

    public void Dispose() => _timer.Dispose();
}

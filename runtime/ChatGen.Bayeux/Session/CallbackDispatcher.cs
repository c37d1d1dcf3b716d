namespace ChatGen.Bayeux.Session;

/// <summary>Runs the user's callbacks, one at a time and in order, apart from the connect loop: a slow one delays only those after it.</summary>
internal sealed class CallbackDispatcher : IThreadPoolWorkItem, IAsyncDisposable
{
    private readonly EventBuffer _buffer;
    private readonly SubscriptionSet _subscriptions;
    private readonly Action<BayeuxStateChange> _onState;
    private readonly Action<BayeuxFault> _onFault;
    private readonly Action<BayeuxSubscription, BayeuxEvent> _deliver;
    private TaskCompletionSource? _ended;
    private volatile bool _stopped;
    private int _callbackThread;

    public CallbackDispatcher(EventBuffer buffer, SubscriptionSet subscriptions, Action<BayeuxStateChange> onState, Action<BayeuxFault> onFault)
    {
        _buffer = buffer;
        _subscriptions = subscriptions;
        _onState = onState;
        _onFault = onFault;
        _deliver = Deliver;
        buffer.Woken = () => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Ends with the callback that is running; what is still posted is dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _ended, ended);
        _buffer.Complete();

        // Disposing within a callback must not wait for that callback's own end.
        if (Volatile.Read(ref _callbackThread) != Environment.CurrentManagedThreadId)
        {
            await ended.Task.ConfigureAwait(false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _callbackThread, Environment.CurrentManagedThreadId);
        EventBufferItem item = default;
        while (_buffer.TryTake(item, out item))
        {
            Deliver(item);
        }

        Interlocked.CompareExchange(ref _callbackThread, 0, Environment.CurrentManagedThreadId);
        if (_buffer.IsCompleted)
        {
            Volatile.Read(ref _ended)?.TrySetResult();
        }
    }

    private void Deliver(EventBufferItem item)
    {
        switch (item.Notice)
        {
            case BayeuxStateChange change:
                Run(_onState, change);
                break;
            case BayeuxFault fault:
                Run(_onFault, fault);
                break;
            default:
                _subscriptions.Deliver(item.Event, _deliver);
                break;
        }
    }

    private void Deliver(BayeuxSubscription subscription, BayeuxEvent bayeuxEvent)
    {
        if (!_stopped)
        {
            Run(subscription.Handler, bayeuxEvent);
        }
    }

    private void Run<T>(Action<T> callback, T argument)
    {
        if (_stopped)
        {
            return;
        }

        try
        {
            callback(argument);
        }
#pragma warning disable CA1031 // A callback may throw anything; the others must not suffer from it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ReportFailure(exception);
        }
    }

    private void ReportFailure(Exception exception)
    {
        try
        {
            _onFault(SessionFault.CallbackFailed(exception));
        }
#pragma warning disable CA1031 // There is nobody left to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}

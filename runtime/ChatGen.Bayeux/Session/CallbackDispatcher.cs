using System.Threading.Channels;

namespace ChatGen.Bayeux.Session;

/// <summary>Runs the user's callbacks, one at a time and in order, apart from the connect loop: a slow one delays only those after it.</summary>
internal sealed class CallbackDispatcher : IAsyncDisposable
{
    private readonly Channel<Item> _items = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SubscriptionSet _subscriptions;
    private readonly Action<BayeuxStateChange> _onState;
    private readonly Action<BayeuxFault> _onFault;
    private readonly Action<BayeuxSubscription, BayeuxEvent> _deliver;
    private readonly Task _run;
    private volatile bool _stopped;
    private int _callbackThread;

    public CallbackDispatcher(SubscriptionSet subscriptions, Action<BayeuxStateChange> onState, Action<BayeuxFault> onFault)
    {
        _subscriptions = subscriptions;
        _onState = onState;
        _onFault = onFault;
        _deliver = Deliver;
        _run = Task.Run(RunAsync);
    }

    public void Post(BayeuxEvent bayeuxEvent) => _items.Writer.TryWrite(new Item(bayeuxEvent, null, null));

    public void Post(BayeuxStateChange change) => _items.Writer.TryWrite(new Item(default, change, null));

    public void Post(BayeuxFault fault) => _items.Writer.TryWrite(new Item(default, null, fault));

    /// <summary>Lets what was posted so far be delivered, and no more.</summary>
    public void Complete() => _items.Writer.TryComplete();

    /// <summary>Ends with the callback that is running; what is still posted is dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        _items.Writer.TryComplete();

        // Disposing within a callback must not wait for that callback's own end.
        if (Volatile.Read(ref _callbackThread) != Environment.CurrentManagedThreadId)
        {
            await _run.ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        await foreach (Item item in _items.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_stopped)
            {
                continue;
            }

            Volatile.Write(ref _callbackThread, Environment.CurrentManagedThreadId);
            if (item.Change is { } change)
            {
                Run(_onState, change);
            }
            else if (item.Fault is { } fault)
            {
                Run(_onFault, fault);
            }
            else
            {
                _subscriptions.Deliver(item.Event, _deliver);
            }

            Volatile.Write(ref _callbackThread, 0);
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

    private readonly record struct Item(BayeuxEvent Event, BayeuxStateChange? Change, BayeuxFault? Fault);
}

using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>What the user's threads call: hands their wishes to the <see cref="SessionActor"/> and waits for what becomes of them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BayeuxSession : IAsyncDisposable
{
    private readonly BayeuxClientOptions _options;
    private readonly HttpMessageInvoker _invoker;
    private readonly MessageIds _ids = new();
    private readonly SubscriptionSet _subscriptions = new();
    private readonly RemoteCalls _calls = new();
    private readonly CallbackDispatcher _dispatcher;
    private readonly SessionActor _actor;
    private readonly Lock _disposeLock = new();
    private Task? _disposing;

    public BayeuxSession(BayeuxClientOptions options, Action<BayeuxStateChange> onState, Action<BayeuxFault> onFault)
    {
        _options = options;
        _invoker = options.HttpMessageHandler is { } handler
            ? new HttpMessageInvoker(handler, disposeHandler: false)
            : DefaultHandler.Rent(options);
        var events = new EventBuffer(options.MaxBufferedEvents, options.MaxBufferedBytes, options.Overflow);
        _dispatcher = new CallbackDispatcher(events, _subscriptions, onState, onFault);
        _actor = new SessionActor(options, _invoker, _subscriptions, _calls, events, _ids);
    }

    public BayeuxClientState ClientState => _actor.ClientState;

    public int SessionNumber => _actor.SessionNumber;

    /// <summary>Connects; with a snapshot, the result is whether its session goes on.</summary>
    public async Task<bool> ConnectAsync(BayeuxSnapshot? snapshot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new SessionWork.Connect(done, snapshot));
        return await WaitOrAbortAsync(done.Task, done, cancellationToken).ConfigureAwait(false);
    }

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_actor.Post(new SessionWork.Disconnect(done)))
        {
            await WaitOrAbortAsync(WithResultAsync(done.Task), done, cancellationToken).ConfigureAwait(false);
        }

        static async Task<bool> WithResultAsync(Task task)
        {
            await task.ConfigureAwait(false);
            return true;
        }
    }

    public async Task AbortAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_actor.Post(new SessionWork.Abort(TransportFault.Closed, null, done)))
        {
            await done.Task.ConfigureAwait(false);
        }
    }

    public async Task<BayeuxSnapshot> DetachAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource<BayeuxSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new SessionWork.Detach(done));
        return await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<PublishResult> PublishAsync(string channel, ReadOnlyMemory<byte> data, BayeuxPublishOptions? options, CancellationToken cancellationToken)
    {
        var message = new OutboundMessage { Channel = channel, Id = _ids.Next(), Data = data, Ext = options?.Ext };
        return PublishAsync(new PendingPublish(message, options?.IsIdempotent == true), options?.MaxQueueTime, cancellationToken);
    }

    public async Task<ReadOnlyMemory<byte>> CallAsync(string channel, ReadOnlyMemory<byte> data, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var call = new PendingCall(new OutboundMessage { Channel = channel, Id = _ids.Next(), Data = data }, timeout ?? _options.MaxNetworkDelay, _calls);
        Task<PublishResult> publishing = PublishAsync(call, null, cancellationToken);
        if (publishing.IsFaulted)
        {
            // A client that was disposed takes nothing. Else what becomes of the publish ends the call too.
            await publishing.ConfigureAwait(false);
        }

        try
        {
            return await call.WaitForAnswerAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _actor.Post(new SessionWork.ForgetCall(call));
            throw;
        }
    }

    public BayeuxSubscription Subscribe(string channel, Action<BayeuxEvent> handler, bool isLocal)
    {
        var subscription = new BayeuxSubscription(this, channel, handler, isLocal);

        // Before anything is sent, so that no event is missed (Bayeux rule 36).
        _subscriptions.Add(subscription);
        if (isLocal)
        {
            subscription.Resolve(null);
        }
        else
        {
            Post(new SessionWork.Subscribe(subscription));
        }

        return subscription;
    }

    public void Unsubscribe(BayeuxSubscription subscription)
    {
        if (_subscriptions.Remove(subscription))
        {
            subscription.Resolve(SessionFault.DisconnectedByUser);
            if (!subscription.IsLocal)
            {
                _actor.Post(new SessionWork.Unsubscribe(subscription.Channel));
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_disposeLock)
        {
            _disposing ??= DisposeCoreAsync();
        }

        return new ValueTask(_disposing);
    }

    private void Post(SessionWork work) => ObjectDisposedException.ThrowIf(!_actor.Post(work), typeof(BayeuxClient));

    private async Task<PublishResult> PublishAsync(PendingPublish pending, TimeSpan? maxQueueTime, CancellationToken cancellationToken)
    {
        using PublishActivity activity = PublishActivity.Start(pending.Message.Channel, _options.TimeProvider);
        Post(new SessionWork.Publish(pending, maxQueueTime));
        PublishResult result = await pending.WaitAsync(cancellationToken).ConfigureAwait(false);
        activity.Stop(result);
        return result;
    }

    private async Task<bool> WaitOrAbortAsync(Task<bool> task, object waiting, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration registration = cancellationToken.Register(
            () => _actor.Post(new SessionWork.Abort(TransportFault.Closed, waiting)));
        await using (registration.ConfigureAwait(false))
        {
            try
            {
                return await task.ConfigureAwait(false);
            }
            catch (BayeuxException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
    }

    private async Task DisposeCoreAsync()
    {
        await _dispatcher.DisposeAsync().ConfigureAwait(false);
        await _actor.DisposeAsync().ConfigureAwait(false);
        _invoker.Dispose();
        foreach (BayeuxSubscription subscription in _subscriptions.All())
        {
            subscription.Resolve(TransportFault.Closed);
        }
    }
}

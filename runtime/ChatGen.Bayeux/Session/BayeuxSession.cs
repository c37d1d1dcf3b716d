using System.Globalization;
using System.Threading.Channels;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>
/// The actor around <see cref="SessionReducer"/>: takes what the user wants, what transports receive and what the timer says, one after the other, and
/// does what the reducer decides. Only its loop touches the state, so there are no locks.
/// </summary>
internal sealed class BayeuxSession : ITransportSink, IAsyncDisposable
{
    private const int FlushThreshold = 64;

    private readonly BayeuxClientOptions _options;
    private readonly HttpMessageInvoker _invoker;
    private readonly CookieJar _cookies = new();
    private readonly ServerAddress _address;
    private readonly SubscriptionSet _subscriptions = new();
    private readonly EventBuffer _events;
    private readonly CallbackDispatcher _dispatcher;
    private readonly RemoteCalls _calls = new();
    private readonly Channel<SessionWork> _mailbox = Channel.CreateUnbounded<SessionWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SessionTimer _timer;
    private readonly Task _run;
    private readonly Lock _disposeLock = new();
    private Task? _disposing;
    private long _lastId;
    private volatile BayeuxClientState _clientState;
    private volatile int _sessionNumber;

    // From here on: the loop's own.
    private readonly TransportPool _transports;
    private readonly ExtensionChain _extensions;
    private readonly MessageExchange _exchange;
    private readonly SubscriptionRequests _requests;
    private readonly RedeliveryFilter _redeliveries = new();
    private readonly List<TaskCompletionSource> _disconnecting = [];
    private TaskCompletionSource<bool>? _connecting;
    private SessionState _state;
    private SessionEffect.SendConnect? _heldConnect;
    private TimeSpan? _scheduled;
    private int _resumedSession;
    private int _warnedSession;
    private int _reportedSession;

    public BayeuxSession(BayeuxClientOptions options, Action<BayeuxStateChange> onState, Action<BayeuxFault> onFault)
    {
        _options = options;
        var policy = new SessionPolicy
        {
            AllowWebSocket = !options.DisableWebSockets,
            OfferAck = options.Acknowledge,
            WebSocketRetryInterval = options.WebSocketRetryInterval,
            MaxNetworkDelay = options.MaxNetworkDelay,
            MaxConnectAttempts = options.MaxConnectAttempts,
            InitialBackoff = options.InitialBackoff,
            MaxBackoff = options.MaxBackoff,
        };
        _state = new SessionState { Policy = policy };
        _invoker = options.HttpMessageHandler is { } handler
            ? new HttpMessageInvoker(handler, disposeHandler: false)
            : new HttpMessageInvoker(DefaultHandler.Create(options), disposeHandler: true);
        _address = new ServerAddress(options);
        _transports = new TransportPool(new TransportSettings(options, _invoker, _cookies, new InboundFramePool(), this));
        _events = new EventBuffer(options.MaxBufferedEvents, options.MaxBufferedBytes, options.Overflow);
        _dispatcher = new CallbackDispatcher(_events, _subscriptions, onState, onFault);
        _extensions = new ExtensionChain(options, Report);
        _exchange = new MessageExchange(options, _transports, _address, _extensions, policy, Report);
        _requests = new SubscriptionRequests(_subscriptions, message => _exchange.Enqueue(message, _timer!.Now), Report, () => Interlocked.Increment(ref _lastId));
        _timer = new SessionTimer(options.TimeProvider, () => _mailbox.Writer.TryWrite(SessionWork.Tick.Instance));
        _run = Task.Run(RunAsync);
    }

    public BayeuxClientState ClientState => _clientState;

    public int SessionNumber => _sessionNumber;

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
        if (_mailbox.Writer.TryWrite(new SessionWork.Disconnect(done)))
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
        if (_mailbox.Writer.TryWrite(new SessionWork.Abort(TransportFault.Closed, null, done)))
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

    public Task<PublishResult> PublishAsync(string channel, ReadOnlyMemory<byte> data, BayeuxPublishOptions? options, CancellationToken cancellationToken) =>
        PublishAsync(new OutboundMessage { Channel = channel, Id = NextId(), Data = data, Ext = options?.Ext }, options, cancellationToken);

    public Task<ReadOnlyMemory<byte>> CallAsync(string channel, ReadOnlyMemory<byte> data, TimeSpan? timeout, CancellationToken cancellationToken) => _calls.CallAsync(
        new OutboundMessage { Channel = channel, Id = NextId(), Data = data },
        message => PublishAsync(message, null, cancellationToken),
        timeout ?? _options.MaxNetworkDelay,
        _options.TimeProvider,
        cancellationToken);

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
                _mailbox.Writer.TryWrite(new SessionWork.Unsubscribe(subscription.Channel));
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

    void ITransportSink.OnReceived(InboundFrame frame)
    {
        if (!_mailbox.Writer.TryWrite(frame))
        {
            frame.Release();
        }
    }

    void ITransportSink.OnFailed(IBayeuxTransport transport, object carrier, BayeuxFault fault) =>
        _mailbox.Writer.TryWrite(new SessionWork.Failed(transport, carrier, fault));

    ValueTask ITransportSink.ReadyAsync(CancellationToken cancellationToken) =>
        _events.IsFull ? new ValueTask(_events.RoomAsync().WaitAsync(cancellationToken)) : ValueTask.CompletedTask;

    private void Post(SessionWork work) => ObjectDisposedException.ThrowIf(!_mailbox.Writer.TryWrite(work), typeof(BayeuxClient));

    private string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);

    private async Task<PublishResult> PublishAsync(OutboundMessage message, BayeuxPublishOptions? options, CancellationToken cancellationToken)
    {
        using PublishActivity activity = PublishActivity.Start(message.Channel, _options.TimeProvider);
        var pending = new PendingPublish(message, options?.IsIdempotent == true);
        Post(new SessionWork.Publish(pending, options?.MaxQueueTime));
        PublishResult result = await pending.WaitAsync(cancellationToken).ConfigureAwait(false);
        activity.Stop(result);
        return result;
    }

    private async Task<bool> WaitOrAbortAsync(Task<bool> task, object waiting, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration registration = cancellationToken.Register(
            () => _mailbox.Writer.TryWrite(new SessionWork.Abort(TransportFault.Closed, waiting)));
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
        _mailbox.Writer.TryWrite(new SessionWork.Abort(TransportFault.Closed, null));
        _mailbox.Writer.TryComplete();
        await _dispatcher.DisposeAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _invoker.Dispose();
        ResolveSubscriptions(TransportFault.Closed);
    }

    private async Task RunAsync()
    {
        while (await _mailbox.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            try
            {
                while (_mailbox.Reader.TryRead(out SessionWork? work))
                {
                    Do(work);
                    if (_exchange.WaitingCount >= FlushThreshold)
                    {
                        _exchange.Flush(_state, _timer.Now);
                    }
                }

                // Whatever has come in meanwhile goes out together.
                _exchange.Flush(_state, _timer.Now);
                _timer.FireAt(_exchange.Due is { } due && !(_scheduled < due) ? due : _scheduled);
            }
#pragma warning disable CA1031 // A defect must not leave everybody waiting: it ends the session, and says so.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                BayeuxFault defect = SessionFault.Defect(exception);
                Report(defect);
                Step(new SessionInput.AbortRequested(defect));
            }
        }

        // Somebody may have asked for something between the abort and the end of the mailbox.
        Step(new SessionInput.AbortRequested(TransportFault.Closed));
        await _transports.Closed.ConfigureAwait(false);
    }

    private void Do(SessionWork work)
    {
        switch (work)
        {
            case InboundFrame frame:
                OnReceived(frame);
                break;
            case SessionWork.Publish publish:
                OnPublish(publish);
                break;
            case SessionWork.Connect connect:
                OnConnect(connect);
                break;
            case SessionWork.Disconnect disconnect:
                _disconnecting.Add(disconnect.Done);
                Step(new SessionInput.DisconnectRequested());
                break;
            case SessionWork.Detach detach:
                OnDetach(detach.Done);
                break;
            case SessionWork.Abort abort when abort.Waiting is null || abort.Waiting == _connecting || _disconnecting.Exists(done => done == abort.Waiting):
                if (abort.Done is not null)
                {
                    _disconnecting.Add(abort.Done);
                }

                Step(new SessionInput.AbortRequested(abort.Fault));
                break;
            case SessionWork.Subscribe subscribe:
                _requests.OnAdded(subscribe.Subscription, _state.CanSend);
                break;
            case SessionWork.Unsubscribe unsubscribe:
                _requests.OnRemoved(unsubscribe.Channel, _state.CanSend);
                break;
            case SessionWork.Failed failed when _transports.IsOpen(failed.Transport):
                _exchange.FailCarrier(_state, failed.Carrier, failed.Fault, _timer.Now);
                break;
            case SessionWork.RoomMade when _heldConnect is { } held:
                _heldConnect = null;
                Perform(held);
                break;
            case SessionWork.Tick:
                OnTick();
                break;
        }
    }

    private void Step(SessionInput input)
    {
        SessionTransition next = SessionReducer.Step(_state, input, _timer.Now);
        _state = next.State;
        _clientState = next.State.ClientState;
        _sessionNumber = next.State.SessionNumber;
        foreach (SessionEffect effect in next.Effects)
        {
            Perform(effect);
        }
    }

    private void Perform(SessionEffect effect)
    {
        switch (effect)
        {
            case SessionEffect.SendHandshake handshake:
                // A socket of a former session must not deliver into the next one's long-polling.
                if (handshake.Transport == ConnectionTypes.LongPolling)
                {
                    CloseTransport(ConnectionTypes.WebSocket, SessionFault.NotConnected);
                }

                SendMeta(new OutboundMessage { Channel = MetaChannel.Handshake, Id = handshake.Id, ConnectionTypes = handshake.Offered, OffersAck = handshake.OffersAck }, TimeSpan.Zero);
                break;
            case SessionEffect.SendConnect connect when _events.IsFull:
                // The server queues what cannot be taken at present; that is what it holds connects for.
                _heldConnect = connect;
                _ = ContinueWhenThereIsRoomAsync();
                break;
            case SessionEffect.SendConnect connect when connect.Id == _state.OutstandingId:
                SendMeta(
                    new OutboundMessage { Channel = MetaChannel.Connect, Id = connect.Id, ConnectionTypes = connect.Transport, Immediate = connect.Immediate, AckBatch = connect.AckBatch },
                    connect.Hold);
                break;
            case SessionEffect.SendDisconnect disconnect:
                _exchange.Enqueue(new PendingMeta(new OutboundMessage { Channel = MetaChannel.Disconnect, Id = disconnect.Id }, Step), _timer.Now, _options.MaxNetworkDelay);
                break;
            case SessionEffect.LeaveWebSocket:
                CloseTransport(ConnectionTypes.WebSocket, TransportFault.Closed);
                break;
            case SessionEffect.Schedule schedule:
#pragma warning disable CA5394 // Spreads load; nothing secret depends on it.
                _scheduled = _timer.Now + schedule.AtLeast + ((schedule.AtMost - schedule.AtLeast) * Random.Shared.NextDouble());
#pragma warning restore CA5394
                break;
            case SessionEffect.CancelSchedule:
                _scheduled = null;
                break;
            case SessionEffect.ReleaseMessages release:
                OnReleased(release.NewSession);
                break;
            case SessionEffect.Close close:
                Close(close.Fault);
                break;
            case SessionEffect.ConnectSucceeded:
                _connecting?.TrySetResult(_resumedSession == _state.SessionNumber);
                _connecting = null;
                break;
            case SessionEffect.Ended ended:
                OnEnded(ended.Fault);
                break;
            case SessionEffect.ReportState report:
                Telemetry.OnStateChanged(report.Change, report.Change.SessionNumber != _reportedSession);
                _reportedSession = report.Change.SessionNumber;
                _dispatcher.Post(report.Change);
                break;
            case SessionEffect.ReportFault report:
                Report(report.Fault);
                break;
        }
    }

    private void OnConnect(SessionWork.Connect connect)
    {
        if (_state.Phase != SessionPhase.Disconnected)
        {
            connect.Done.TrySetException(new InvalidOperationException("The client is connected already, or about to be."));
            return;
        }

        _connecting = connect.Done;
        if (connect.Snapshot is not { } snapshot)
        {
            Step(new SessionInput.ConnectRequested());
            return;
        }

        _cookies.Import(snapshot.Cookies);
        _resumedSession = _state.SessionNumber + 1;
        _requests.Reset(_resumedSession);
        _redeliveries.Reset();
        bool hostIsKnown = snapshot.Host is null || _address.Accepted([snapshot.Host]).Count > 0;
        Step(hostIsKnown ? new SessionInput.ResumeRequested(snapshot) : new SessionInput.ConnectRequested());
    }

    private void OnDetach(TaskCompletionSource<BayeuxSnapshot> done)
    {
        if (_state.ClientId is not { } clientId || _state.Phase == SessionPhase.Disconnecting)
        {
            done.TrySetException(new InvalidOperationException("There is no session that could be left."));
            return;
        }

        Advice advice = _state.Advice;
        done.TrySetResult(new BayeuxSnapshot
        {
            ClientId = clientId,
            Transport = _state.Transport,
            HandshakeTransport = _state.HandshakeTransport,
            AckBatch = _state.AckSupported ? _state.AckBatch : null,
            Host = _state.Host,
            Interval = advice.Interval,
            Timeout = advice.Timeout,
            MaxInterval = advice.MaxInterval,
            Cookies = _cookies.Export(),
        });
        Step(new SessionInput.AbortRequested(SessionFault.Detached));
    }

    private void OnPublish(SessionWork.Publish publish)
    {
        OutboundMessage message = publish.Message.Message;
        BayeuxFault? fault = !_state.Accepts ? SessionFault.NotConnected
            : _exchange.WaitingCount >= _options.MaxQueuedMessages ? SessionFault.QueueFull
            : message.EstimatedSize > _options.MaxMessageSize ? SessionFault.MessageTooLarge(_options.MaxMessageSize)
            : null;
        if (fault is null)
        {
            _exchange.Enqueue(publish.Message, _timer.Now, publish.MaxQueueTime);
        }
        else
        {
            publish.Message.OnFailed(fault, written: false);
        }
    }

    private void OnReceived(InboundFrame frame)
    {
        if (!_transports.IsOpen(frame.Transport!))
        {
            frame.Release();
            return;
        }

        Telemetry.Received.Add(frame.Messages.Count);
        long batch = _state.AckBatch;
        foreach (BayeuxMessage message in frame.Messages)
        {
            OnMessage(message, frame);
        }

        if (_state.AckBatch != batch)
        {
            _redeliveries.OnBatchCompleted();
        }

        if (frame.Answered is { Carrier: { } carrier })
        {
            _exchange.FailCarrier(_state, carrier, TransportFault.NoReply(), _timer.Now);
        }

        frame.Release();
    }

    private void OnMessage(in BayeuxMessage received, InboundFrame frame)
    {
        bool isMeta = ChannelName.IsMeta(received.Channel);
        bool isReply = received.Successful is not null || isMeta;
        if (_extensions.Receive(received) is not { } message)
        {
            if (isReply)
            {
                _exchange.Answer(received.Id)?.OnFailed(SessionFault.DroppedByExtension(received.Channel), written: true);
            }

            return;
        }

        if (!isReply)
        {
            OnEvent(message, frame);
            return;
        }

        string? id = message.Id ?? (message.Channel is MetaChannel.Handshake or MetaChannel.Connect ? _state.OutstandingId : null);
        PendingMessage? answered = _exchange.Answer(id);
        if (message.Channel is MetaChannel.Handshake or MetaChannel.Connect or MetaChannel.Disconnect)
        {
            Step(new SessionInput.MetaReceived(WithAcceptedHosts(message)));
            WarnOfMultipleClients(message.Advice);
            return;
        }

        answered?.OnReply(message);
        if (message.HasData && !isMeta)
        {
            OnEvent(message, frame);
        }

        if (message.Advice is not null && answered?.Batch?.SessionNumber == _state.SessionNumber)
        {
            Step(new SessionInput.AdviceReceived(WithAcceptedHosts(message).Advice!));
        }
    }

    private void OnEvent(in BayeuxMessage message, InboundFrame frame)
    {
        if (!message.HasData)
        {
            Report(SessionFault.UnexpectedMessage(message.Channel));
            return;
        }

        if (_state.Phase == SessionPhase.Handshaking || _state.AwaitedMessages > 0)
        {
            Step(SessionInput.EventReceived.Instance);
        }

        if (!(_state.AckSupported && _redeliveries.IsRedelivered(message)) && !_calls.TryAnswer(message))
        {
            _dispatcher.Post(new BayeuxEvent(message.Channel, message.Data) { Ext = message.Ext }, frame);
        }
    }

    private BayeuxMessage WithAcceptedHosts(in BayeuxMessage message)
    {
        if (message.Advice is not { Hosts.Count: > 0 } advice)
        {
            return message;
        }

        IReadOnlyList<string> accepted = _address.Accepted(advice.Hosts);
        if (accepted.Count < advice.Hosts.Count)
        {
            Report(SessionFault.HostNotAccepted);
        }

        return message with { Advice = advice with { Hosts = accepted } };
    }

    private void WarnOfMultipleClients(Advice? advice)
    {
        if (advice is { MultipleClients: true } && _warnedSession != _state.SessionNumber)
        {
            _warnedSession = _state.SessionNumber;
            Report(SessionFault.MultipleClients);
        }
    }

    private void OnReleased(bool newSession)
    {
        _exchange.Resume();
        if (newSession)
        {
            _requests.Reset(_state.SessionNumber);
            _redeliveries.Reset();
        }

        // Subscriptions go first, so that answers to what is published find them.
        _exchange.EnqueueFirst(newSession, _requests.RequestMissing);
        _exchange.Flush(_state, _timer.Now);
    }

    private void OnTick()
    {
        _timer.OnTick();
        TimeSpan now = _timer.Now;
        _exchange.Expire(now);
        if (_scheduled <= now)
        {
            _scheduled = null;
            Step(new SessionInput.DelayElapsed());
        }
    }

    private void OnEnded(BayeuxFault fault)
    {
        _connecting?.TrySetException(new BayeuxException(fault));
        _connecting = null;
        if (_disconnecting.Count > 0)
        {
            _ = CompleteWhenClosedAsync(_transports.Closed, [.. _disconnecting]);
            _disconnecting.Clear();
        }
    }

    private static async Task CompleteWhenClosedAsync(Task closing, TaskCompletionSource[] waiting)
    {
        await closing.ConfigureAwait(false);
        foreach (TaskCompletionSource done in waiting)
        {
            done.TrySetResult();
        }
    }

    private async Task ContinueWhenThereIsRoomAsync()
    {
        await _events.RoomAsync().ConfigureAwait(false);
        _mailbox.Writer.TryWrite(SessionWork.RoomMade.Instance);
    }

    private void SendMeta(OutboundMessage message, TimeSpan hold) => _exchange.SendMeta(_state, new PendingMeta(message, StepMeta), hold, _timer.Now);

    private void StepMeta(SessionInput input)
    {
        _redeliveries.OnConnectFailed();
        Step(input);
    }

    private void Report(BayeuxFault fault)
    {
        Telemetry.OnFault(fault);
        _dispatcher.Post(fault);
    }

    private void Close(BayeuxFault fault)
    {
        _heldConnect = null;
        CloseTransport(ConnectionTypes.WebSocket, fault);
        CloseTransport(ConnectionTypes.LongPolling, fault);
        _requests.Reset(_state.SessionNumber);
        _exchange.FailWaiting(fault);
        ResolveSubscriptions(fault);
    }

    private void CloseTransport(ConnectionTypes type, BayeuxFault fault)
    {
        if (_transports.Close(type) is { } closed)
        {
            _exchange.FailTransport(_state, closed, fault, _timer.Now);
        }
    }

    private void ResolveSubscriptions(BayeuxFault fault)
    {
        foreach (BayeuxSubscription subscription in _subscriptions.All())
        {
            subscription.Resolve(fault);
        }
    }
}

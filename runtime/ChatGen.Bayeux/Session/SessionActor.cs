using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>
/// The actor around <see cref="SessionReducer"/>: takes what the user wants, what transports receive and what the timer says, one after the other, and
/// does what the reducer decides. Only its loop touches what it has, so there are no locks.
/// </summary>
internal sealed class SessionActor : ITransportSink, IMailboxOwner, IAsyncDisposable
{
    private const int FlushThreshold = 64;

    private readonly BayeuxClientOptions _options;
    private readonly Mailbox _mailbox;
    private readonly SubscriptionSet _subscriptions;
    private readonly RemoteCalls _calls;
    private readonly EventBuffer _events;
    private readonly CookieJar _cookies = new();
    private readonly ServerAddress _address;
    private readonly SessionTimer _timer;
    private readonly TransportPool _transports;
    private readonly MessageExchange _exchange;
    private readonly SubscriptionRequests _requests;
    private readonly MessageReceiver _receiver;
    private readonly Action<BayeuxFault> _report;
    private readonly Action<SessionInput> _stepMeta;
    private readonly bool _callsUser;
    private readonly List<TaskCompletionSource> _disconnecting = [];
    private volatile BayeuxClientState _clientState;
    private volatile int _sessionNumber;
    private TaskCompletionSource<bool>? _connecting;
    private SessionState _state;
    private SessionEffect.SendConnect? _heldConnect;
    private TimeSpan? _scheduled;
    private int _resumedSession;
    private int _reportedSession;
    private bool _isStopped;

    public SessionActor(
        BayeuxClientOptions options,
        HttpMessageInvoker invoker,
        SubscriptionSet subscriptions,
        RemoteCalls calls,
        EventBuffer events,
        MessageIds ids)
    {
        _options = options;
        _mailbox = new Mailbox(this);
        _subscriptions = subscriptions;
        _calls = calls;
        _events = events;
        var policy = new SessionPolicy
        {
            AllowWebSocket = !options.DisableWebSockets,
            WebSocketElsewhere = options.WebSocketUrl is { } webSocketUrl && (webSocketUrl.Host != options.Url.Host || webSocketUrl.Port != options.Url.Port),
            OfferAck = options.Acknowledge,
            WebSocketRetryInterval = options.WebSocketRetryInterval,
            MaxNetworkDelay = options.MaxNetworkDelay,
            MaxConnectAttempts = options.MaxConnectAttempts,
            InitialBackoff = options.InitialBackoff,
            MaxBackoff = options.MaxBackoff,
        };
        _state = new SessionState { Policy = policy };
        _callsUser = options.Extensions.Count > 0 || options.PrepareHandshake is not null || options.ExtendTimeout is not null || options.AcceptHost is not null;
        _address = new ServerAddress(options);
        _report = Report;
        _stepMeta = StepMeta;
        _timer = new SessionTimer(options.TimeProvider, static actor => ((SessionActor)actor!)._mailbox.PostAndWork(SessionWork.Tick.Instance), this);
        _transports = new TransportPool(new TransportSettings(options, invoker, _cookies, this));
        var extensions = new ExtensionChain(options, _report);
        _exchange = new MessageExchange(options, _transports, _address, extensions, policy, _report);
        _requests = new SubscriptionRequests(subscriptions, message => _exchange.Enqueue(message, _timer.Now), _report, ids);
        _receiver = new MessageReceiver(extensions, _exchange, calls, events, _address, () => _state, Step, _report, _timer);
    }

    /// <summary>How the client stands to its server; may be read from any thread.</summary>
    public BayeuxClientState ClientState => _clientState;

    /// <summary>How many handshakes have succeeded; may be read from any thread.</summary>
    public int SessionNumber => _sessionNumber;

    void ITransportSink.OnReceived(InboundFrame frame)
    {
        if (!_mailbox.PostAndWork(frame))
        {
            frame.Release();
        }
    }

    void ITransportSink.OnFailed(IBayeuxTransport transport, object carrier, BayeuxFault fault) =>
        _mailbox.PostAndWork(new SessionWork.Failed(transport, carrier, fault));

    ValueTask ITransportSink.ReadyAsync(CancellationToken cancellationToken) =>
        _events.IsFull ? new ValueTask(_events.RoomAsync().WaitAsync(cancellationToken)) : ValueTask.CompletedTask;

    /// <summary>Gives the actor work, which is done soon; <see langword="false"/> if the actor has been stopped.</summary>
    /// <remarks>A thread of the user's does it at once if it may: then nothing of the user's is called by it, and nothing in it takes long.</remarks>
    public bool Post(SessionWork work) => _callsUser ? _mailbox.Post(work) : _mailbox.PostAndWork(work);

    /// <summary>Ends the session without telling the server, takes no more work, and ends when nothing runs any more.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _mailbox.Close(new SessionWork.Stop(stopped));
        await stopped.Task.ConfigureAwait(false);
        await _transports.Closed.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    void IMailboxOwner.Do(SessionWork work)
    {
        try
        {
            Do(work);
            if (_exchange.WaitingCount >= FlushThreshold)
            {
                _exchange.Flush(_state, _timer.Now);
            }
        }
#pragma warning disable CA1031 // A defect must not leave everybody waiting: it ends the session, and says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnDefect(exception);
        }
    }

    void IMailboxOwner.Rest()
    {
        try
        {
            // Whatever has come in meanwhile goes out together.
            _exchange.Flush(_state, _timer.Now);
            _timer.FireAt(SessionTime.Earliest(SessionTime.Earliest(_scheduled, _exchange.Due), SessionTime.Earliest(_calls.Due, _transports.Due)));
        }
#pragma warning disable CA1031 // As for any work.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnDefect(exception);
        }
    }

    private void OnDefect(Exception exception)
    {
        BayeuxFault defect = SessionFault.Defect(exception);
        Report(defect);
        Step(new SessionInput.AbortRequested(defect));
    }

    private void Do(SessionWork work)
    {
        switch (work)
        {
            case InboundFrame frame:
                _receiver.Receive(frame, _transports.IsOpen(frame.Transport!));
                break;
            case SessionWork.Publish publish:
                OnPublish(publish);
                break;
            case SessionWork.ForgetCall forget:
                _calls.End(forget.Call);
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
            case SessionWork.RoomMade when _heldConnect is { } held && _state.Accepts:
                _heldConnect = null;
                Perform(held);
                break;
            case SessionWork.Tick:
                OnTick();
                break;
            case SessionWork.Stop stop:
                _isStopped = true;
                Step(new SessionInput.AbortRequested(TransportFault.Closed));
                stop.Done.SetResult();
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
                _exchange.Resume();
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
                _events.Add(report.Change);
                break;
            case SessionEffect.ReportFault report:
                Report(report.Fault);
                break;
        }
    }

    private void OnConnect(SessionWork.Connect connect)
    {
        if (_isStopped)
        {
            connect.Done.TrySetException(new ObjectDisposedException(nameof(BayeuxClient)));
            return;
        }

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
        if (snapshot.Host is not null && _address.Accepted([snapshot.Host]).Count == 0)
        {
            Report(SessionFault.HostNotAccepted);
            Step(new SessionInput.ConnectRequested());
            return;
        }

        _resumedSession = _state.SessionNumber + 1;
        _requests.Reset(_resumedSession);
        _receiver.Redeliveries.Reset();
        Step(new SessionInput.ResumeRequested(snapshot));
    }

    private void OnDetach(TaskCompletionSource<BayeuxSnapshot> done)
    {
        if (_state.ClientId is not { } clientId || _state.Phase == SessionPhase.Disconnecting)
        {
            done.TrySetException(new InvalidOperationException("There is no session that could be left."));
            return;
        }

        Advice advice = _state.Advice;
        var snapshot = new BayeuxSnapshot
        {
            ClientId = clientId,
            Transport = _state.Transport,
            HandshakeTransport = _state.HandshakeTransport,
            AckBatch = _state.AckSupported ? _state.AckBatch : null,
            Host = _state.Host,
            ServerHasWebSocket = _state.ServerTypes.HasFlag(ConnectionTypes.WebSocket),
            Interval = advice.Interval,
            Timeout = advice.Timeout,
            MaxInterval = advice.MaxInterval,
            Cookies = _cookies.Export(),
        };
        Step(new SessionInput.AbortRequested(SessionFault.Detached));
        _ = HandOverAsync(_transports.Closed, done, snapshot);
    }

    // Whoever takes the session over must not meet this client's connections at the server.
    private static async Task HandOverAsync(Task closing, TaskCompletionSource<BayeuxSnapshot> done, BayeuxSnapshot snapshot)
    {
        await closing.ConfigureAwait(false);
        done.TrySetResult(snapshot);
    }

    private void OnPublish(SessionWork.Publish publish)
    {
        if (publish.Message is PendingCall call)
        {
            _calls.Begin(call, _timer.Now);
        }

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

    private void OnReleased(bool newSession)
    {
        _exchange.Resume();
        if (newSession)
        {
            _requests.Reset(_state.SessionNumber);
            _receiver.Redeliveries.Reset();
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
        _transports.Expire(now);
        _calls.Expire(now);
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
        _mailbox.Post(SessionWork.RoomMade.Instance);
    }

    private void SendMeta(OutboundMessage message, TimeSpan hold) => _exchange.SendMeta(_state, new PendingMeta(message, _stepMeta), hold, _timer.Now);

    private void StepMeta(SessionInput input)
    {
        _receiver.Redeliveries.OnConnectFailed();
        Step(input);
    }

    private void Report(BayeuxFault fault)
    {
        Telemetry.OnFault(fault);
        _events.Add(fault);
    }

    private void Close(BayeuxFault fault)
    {
        _heldConnect = null;
        CloseTransport(ConnectionTypes.WebSocket, fault);
        CloseTransport(ConnectionTypes.LongPolling, fault);
        _requests.Reset(_state.SessionNumber);
        _exchange.FailWaiting(fault);
        _calls.FailAll(fault);
        ResolveSubscriptions(fault);
    }

    private void CloseTransport(ConnectionTypes type, BayeuxFault fault)
    {
        if (_transports.Close(type, _timer.Now) is { } closed)
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

using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>
/// The actor around <see cref="SessionReducer"/>: owns the state, the transports, the messages that are queued or under way, and the one
/// timer. Only its loop touches them, so there are no locks.
/// </summary>
internal sealed class BayeuxSession : ITransportSink, IAsyncDisposable
{
    // Servers close a WebSocket whose frame is too large, 64 KiB at the usual setting; a batch stays well below.
    private const int MaxBatchSize = 32 * 1024;
    private const int FlushThreshold = 64;

    private readonly BayeuxClientOptions _options;
    private readonly HttpMessageInvoker _invoker;
    private readonly TransportSettings _transportSettings;
    private readonly SubscriptionSet _subscriptions = new();
    private readonly CallbackDispatcher _dispatcher;
    private readonly Channel<SessionWork> _mailbox = Channel.CreateUnbounded<SessionWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly long _startTimestamp;
    private readonly ITimer _timer;
    private readonly Task _run;
    private readonly Lock _disposeLock = new();
    private Task? _disposing;
    private long _lastId;
    private volatile BayeuxClientState _clientState;
    private volatile int _sessionNumber;

    // From here on: the loop's own.
    private readonly Outbox _outbox = new();
    private readonly Dictionary<string, bool> _confirmedByRequestedChannel = new(StringComparer.Ordinal);
    private readonly List<TaskCompletionSource> _disconnecting = [];
    private readonly List<Task> _closing = [];
    private TaskCompletionSource? _connecting;
    private SessionState _state;
    private LongPollingTransport? _longPolling;
    private WebSocketTransport? _webSocket;
    private TimeSpan? _scheduled;
    private TimeSpan? _timerDue;

    public BayeuxSession(BayeuxClientOptions options, Action<BayeuxStateChange> onState, Action<BayeuxFault> onFault)
    {
        _options = options;
        _state = new SessionState
        {
            Policy = new SessionPolicy
            {
                AllowWebSocket = !options.DisableWebSockets,
                MaxConnectAttempts = options.MaxConnectAttempts,
                InitialBackoff = options.InitialBackoff,
                MaxBackoff = options.MaxBackoff,
            },
        };
        _invoker = options.HttpMessageHandler is { } handler
            ? new HttpMessageInvoker(handler, disposeHandler: false)
            : new HttpMessageInvoker(CreateHandler(options), disposeHandler: true);
        _transportSettings = new TransportSettings(options, _invoker, new CookieJar(), this);
        _dispatcher = new CallbackDispatcher(_subscriptions, onState, onFault);
        _startTimestamp = options.TimeProvider.GetTimestamp();
        _timer = options.TimeProvider.CreateTimer(
            static session => ((BayeuxSession)session!)._mailbox.Writer.TryWrite(SessionWork.Tick.Instance),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _run = Task.Run(RunAsync);
    }

    public BayeuxClientState ClientState => _clientState;

    public int SessionNumber => _sessionNumber;

    private TimeSpan Now => _options.TimeProvider.GetElapsedTime(_startTimestamp);

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new SessionWork.Connect(done));
        await WaitOrAbortAsync(done, cancellationToken).ConfigureAwait(false);
    }

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_mailbox.Writer.TryWrite(new SessionWork.Disconnect(done)))
        {
            await WaitOrAbortAsync(done, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<PublishResult> PublishAsync(string channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var message = new PendingPublish(new OutboundMessage { Channel = channel, Id = NextId(), Data = data });
        Post(new SessionWork.Publish(message));
        return message.WaitAsync(cancellationToken);
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

    void ITransportSink.OnReceived(IBayeuxTransport transport, List<BayeuxMessage> messages, OutboundBatch? answered) =>
        _mailbox.Writer.TryWrite(new SessionWork.Received(transport, messages, answered));

    void ITransportSink.OnFailed(IBayeuxTransport transport, object carrier, BayeuxFault fault) =>
        _mailbox.Writer.TryWrite(new SessionWork.Failed(transport, carrier, fault));

    private static SocketsHttpHandler CreateHandler(BayeuxClientOptions options) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = options.MaxNetworkDelay,

        // So that a change of the server's address is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private void Post(SessionWork work) => ObjectDisposedException.ThrowIf(!_mailbox.Writer.TryWrite(work), typeof(BayeuxClient));

    private string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);

    private async Task WaitOrAbortAsync(TaskCompletionSource done, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration registration = cancellationToken.Register(
            () => _mailbox.Writer.TryWrite(new SessionWork.Abort(TransportFault.Closed, done)));
        await using (registration.ConfigureAwait(false))
        {
            try
            {
                await done.Task.ConfigureAwait(false);
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
        foreach (BayeuxSubscription subscription in _subscriptions.All())
        {
            subscription.Resolve(TransportFault.Closed);
        }
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
                    if (_outbox.WaitingCount >= FlushThreshold)
                    {
                        Flush();
                    }
                }

                // Whatever has come in meanwhile goes out together.
                Flush();
                SetTimer();
            }
#pragma warning disable CA1031 // A defect must not leave everybody waiting: it ends the session, and says so.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                BayeuxFault defect = SessionFault.Defect(exception);
                _dispatcher.Post(defect);
                Step(new SessionInput.AbortRequested(defect));
            }
        }

        // Somebody may have asked for something between the abort and the end of the mailbox.
        Step(new SessionInput.AbortRequested(TransportFault.Closed));
        await Task.WhenAll(_closing).ConfigureAwait(false);
    }

    private void Do(SessionWork work)
    {
        switch (work)
        {
            case SessionWork.Connect connect when _state.Phase == SessionPhase.Disconnected:
                _connecting = connect.Done;
                Step(new SessionInput.ConnectRequested());
                break;
            case SessionWork.Connect connect:
                connect.Done.TrySetException(new InvalidOperationException("The client is connected already, or about to be."));
                break;
            case SessionWork.Disconnect disconnect:
                _disconnecting.Add(disconnect.Done);
                Step(new SessionInput.DisconnectRequested());
                break;
            case SessionWork.Abort abort when abort.For is null || abort.For == _connecting || _disconnecting.Contains(abort.For):
                Step(new SessionInput.AbortRequested(abort.Fault));
                break;
            case SessionWork.Publish publish when _state.Accepts:
                Enqueue(publish.Message);
                break;
            case SessionWork.Publish publish:
                publish.Message.Complete(PublishResult.NotSent(SessionFault.NotConnected));
                break;
            case SessionWork.Subscribe subscribe:
                OnSubscribe(subscribe.Subscription);
                break;
            case SessionWork.Unsubscribe unsubscribe:
                OnUnsubscribe(unsubscribe.Channel);
                break;
            case SessionWork.Received received when IsCurrent(received.Transport):
                OnReceived(received);
                break;
            case SessionWork.Failed failed when IsCurrent(failed.Transport):
                FailCarrier(failed.Carrier, failed.Fault);
                break;
            case SessionWork.Tick:
                _timerDue = null;
                OnTick();
                break;
        }
    }

    private bool IsCurrent(IBayeuxTransport transport) => ReferenceEquals(transport, _longPolling) || ReferenceEquals(transport, _webSocket);

    private void Step(SessionInput input)
    {
        SessionTransition next = SessionReducer.Step(_state, input, Now);
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
                    CloseTransport(ref _webSocket, SessionFault.NotConnected);
                }

                SendMeta(MetaChannel.Handshake, handshake.Id, handshake.Offered, immediate: false, TimeSpan.Zero);
                break;
            case SessionEffect.SendConnect connect:
                SendMeta(MetaChannel.Connect, connect.Id, _state.Transport, connect.Immediate, connect.Hold);
                break;
            case SessionEffect.SendDisconnect disconnect:
                Enqueue(new PendingMeta(new OutboundMessage { Channel = MetaChannel.Disconnect, Id = disconnect.Id }));
                break;
            case SessionEffect.Schedule schedule:
#pragma warning disable CA5394 // Spreads load; nothing secret depends on it.
                _scheduled = Now + schedule.AtLeast + ((schedule.AtMost - schedule.AtLeast) * Random.Shared.NextDouble());
#pragma warning restore CA5394
                break;
            case SessionEffect.CancelSchedule:
                _scheduled = null;
                break;
            case SessionEffect.ReleaseMessages release:
                RestoreSubscriptions(release.NewSession);
                Flush();
                break;
            case SessionEffect.Close close:
                Close(close.Fault);
                break;
            case SessionEffect.ConnectSucceeded:
                _connecting?.TrySetResult();
                _connecting = null;
                break;
            case SessionEffect.Ended ended:
                _connecting?.TrySetException(new BayeuxException(ended.Fault));
                _connecting = null;
                if (_disconnecting.Count > 0)
                {
                    _ = CompleteWhenClosedAsync(Task.WhenAll(_closing), [.. _disconnecting]);
                    _disconnecting.Clear();
                }

                break;
            case SessionEffect.ReportState report:
                _dispatcher.Post(report.Change);
                break;
            case SessionEffect.ReportFault report:
                _dispatcher.Post(report.Fault);
                break;
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

    private void OnReceived(SessionWork.Received received)
    {
        foreach (BayeuxMessage message in received.Messages)
        {
            OnMessage(message);
        }

        if (received.Answered is { Carrier: { } carrier })
        {
            FailCarrier(carrier, TransportFault.NoReply());
        }
    }

    private void OnMessage(in BayeuxMessage message)
    {
        PendingMessage? answered = message.Successful is not null || ChannelName.IsMeta(message.Channel) ? _outbox.Find(message.Id) : null;
        if (answered is not null)
        {
            _outbox.SetAnswered(answered);
        }

        switch (message.Channel)
        {
            case MetaChannel.Handshake:
            case MetaChannel.Connect:
            case MetaChannel.Disconnect:
                if (message.Id is null)
                {
                    answered = message.Channel == MetaChannel.Disconnect ? null : _outbox.Find(_state.OutstandingId);
                    if (answered is not null)
                    {
                        _outbox.SetAnswered(answered);
                    }
                }

                Step(new SessionInput.MetaReceived(message));
                return;
            case MetaChannel.Subscribe or MetaChannel.Unsubscribe:
                if (answered is PendingSubscription { IsSubscribe: true } subscribe)
                {
                    OnSubscribeReply(subscribe.Message.Subscription!, message);
                }

                break;
            default:
                if (answered is PendingPublish publish)
                {
                    publish.Complete(message.Successful == true
                        ? PublishResult.Acknowledged
                        : PublishResult.Rejected(message.Error is null ? null : BayeuxError.Parse(message.Error)));
                }

                if (message.HasData && !ChannelName.IsMeta(message.Channel))
                {
                    _dispatcher.Post(new BayeuxEvent(message.Channel, message.Data));
                }

                break;
        }

        if (message.Advice is not null && answered?.Batch?.SessionNumber == _state.SessionNumber)
        {
            Step(new SessionInput.AdviceReceived(message.Advice));
        }
    }

    private void FailCarrier(object carrier, BayeuxFault fault)
    {
        bool reported = fault.Kind == BayeuxFaultKind.NotConnected;
        foreach ((PendingBatch batch, PendingMessage message) in _outbox.TakeFailed(batch => ReferenceEquals(batch.Carrier, carrier)))
        {
            // What ends the connect loop's own request, which comes first, is reported by the reducer.
            if (message is not PendingMeta && !reported)
            {
                _dispatcher.Post(fault);
            }

            reported = true;
            Fail(message, fault, batch.Written);
        }
    }

    private void Fail(PendingMessage message, BayeuxFault fault, bool written)
    {
        switch (message)
        {
            case PendingMeta:
                Step(new SessionInput.MetaFailed(message.Message.Id, fault));
                break;
            case PendingPublish publish:
                publish.Complete(written ? PublishResult.Unknown(fault) : PublishResult.NotSent(fault));
                break;
            case PendingSubscription { IsSubscribe: true }:
                string channel = message.Message.Subscription!;
                if (message.Batch is null || message.Batch.SessionNumber == _state.SessionNumber)
                {
                    // Subscribing twice does no harm, so the next successful connect may repeat it.
                    _confirmedByRequestedChannel.Remove(channel);
                }

                foreach (BayeuxSubscription subscription in _subscriptions.Of(channel))
                {
                    subscription.Resolve(fault);
                }

                break;
        }
    }

    private void OnSubscribe(BayeuxSubscription subscription)
    {
        if (!_subscriptions.Of(subscription.Channel).Contains(subscription))
        {
            return;
        }

        if (_confirmedByRequestedChannel.TryGetValue(subscription.Channel, out bool confirmed))
        {
            if (confirmed)
            {
                subscription.Resolve(null);
            }
        }
        else if (_state.CanSend)
        {
            EnqueueSubscribe(subscription.Channel);
        }
    }

    private void OnUnsubscribe(string channel)
    {
        if (!_subscriptions.IsDesired(channel) && _confirmedByRequestedChannel.Remove(channel) && _state.CanSend)
        {
            Enqueue(new PendingSubscription(new OutboundMessage { Channel = MetaChannel.Unsubscribe, Id = NextId(), Subscription = channel }));
        }
    }

    private void OnSubscribeReply(string channel, in BayeuxMessage reply)
    {
        if (!_confirmedByRequestedChannel.ContainsKey(channel))
        {
            return;
        }

        if (reply.Successful == true)
        {
            _confirmedByRequestedChannel[channel] = true;
            foreach (BayeuxSubscription subscription in _subscriptions.Of(channel))
            {
                subscription.Resolve(null);
            }

            return;
        }

        BayeuxFault fault = SessionFault.SubscriptionRejected(channel, reply.Error);
        _dispatcher.Post(fault);
        foreach (BayeuxSubscription subscription in _subscriptions.Of(channel))
        {
            // One that was allowed once stays wanted: the next session may allow it again.
            if (!subscription.IsLocal && !subscription.IsConfirmed)
            {
                _subscriptions.Remove(subscription);
                subscription.Resolve(fault);
            }
        }

        if (!_subscriptions.IsDesired(channel))
        {
            _confirmedByRequestedChannel.Remove(channel);
        }
    }

    private void RestoreSubscriptions(bool newSession)
    {
        PendingMessage[] waiting = _outbox.TakeWaiting();
        if (newSession)
        {
            _confirmedByRequestedChannel.Clear();
            waiting = [.. waiting.Where(static message => message is not PendingSubscription)];
        }

        // Subscriptions go first, so that answers to what is published find them.
        foreach (string channel in _subscriptions.Desired().Where(channel => !_confirmedByRequestedChannel.ContainsKey(channel)).ToArray())
        {
            EnqueueSubscribe(channel);
        }

        foreach (PendingMessage message in waiting)
        {
            _outbox.Enqueue(message);
        }
    }

    private void EnqueueSubscribe(string channel)
    {
        _confirmedByRequestedChannel[channel] = false;
        Enqueue(new PendingSubscription(new OutboundMessage { Channel = MetaChannel.Subscribe, Id = NextId(), Subscription = channel }));
    }

    private void Enqueue(PendingMessage message)
    {
        message.QueueDeadline = Now + _options.MaxNetworkDelay;
        _outbox.Enqueue(message);
    }

    private void Flush()
    {
        while (_state.CanSend && _outbox.WaitingCount > 0 && _outbox.RequestCount < TransportOf(_state.Transport).MaxRequests)
        {
            List<PendingMessage> messages = _outbox.TakeBatch(MaxBatchSize);
            if (messages.Count > 0)
            {
                Send(messages, messages is [PendingMeta] ? MetaChannel.Disconnect : null, TimeSpan.Zero);
            }
        }
    }

    private void SendMeta(string channel, string id, ConnectionTypes types, bool immediate, TimeSpan hold) =>
        Send([new PendingMeta(new OutboundMessage { Channel = channel, Id = id, ConnectionTypes = types, Immediate = immediate })], channel, hold);

    private void Send(List<PendingMessage> messages, string? metaChannel, TimeSpan hold)
    {
        var body = new ArrayBufferWriter<byte>(256);
        BayeuxWriter.Write(body, messages.Select(static message => message.Message), _state.ClientId);
        IBayeuxTransport transport = TransportOf(_state.Transport);
        var batch = new PendingBatch
        {
            Body = body.WrittenMemory,
            MetaChannel = metaChannel,
            Messages = messages,
            Transport = transport,
            SessionNumber = _state.SessionNumber,
            Deadline = Now + hold + _options.MaxNetworkDelay,
            Unanswered = messages.Count,
        };
        _outbox.Add(batch, isOfConnectLoop: metaChannel is MetaChannel.Handshake or MetaChannel.Connect);
        transport.Send(batch);
    }

    private IBayeuxTransport TransportOf(ConnectionTypes type) => type == ConnectionTypes.WebSocket
        ? _webSocket ??= new WebSocketTransport(_transportSettings)
        : _longPolling ??= new LongPollingTransport(_transportSettings);

    private void OnTick()
    {
        TimeSpan now = Now;
        foreach (PendingBatch batch in _outbox.TakeExpired(now))
        {
            batch.Transport.Expire(batch);
        }

        foreach (PendingMessage message in _outbox.TakeOverdue(now))
        {
            Fail(message, SessionFault.NotSentInTime, written: false);
        }

        if (_scheduled <= now)
        {
            _scheduled = null;
            Step(new SessionInput.DelayElapsed());
        }
    }

    /// <summary>One timer for everything that has a deadline. It may fire too early, never too late.</summary>
    private void SetTimer()
    {
        TimeSpan? due = _outbox.Due();
        due = due <= _scheduled ? due : _scheduled ?? due;
        if (due is { } next && !(_timerDue <= next))
        {
            _timerDue = next;
            TimeSpan delay = next - Now;
            _timer.Change(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Close(BayeuxFault fault)
    {
        CloseTransport(ref _webSocket, fault);
        CloseTransport(ref _longPolling, fault);
        _confirmedByRequestedChannel.Clear();
        foreach (PendingMessage message in _outbox.TakeWaiting())
        {
            Fail(message, fault, written: false);
        }

        foreach (BayeuxSubscription subscription in _subscriptions.All())
        {
            subscription.Resolve(fault);
        }
    }

    private void CloseTransport<TTransport>(ref TTransport? transport, BayeuxFault fault)
        where TTransport : class, IBayeuxTransport
    {
        if (transport is not { } closing)
        {
            return;
        }

        transport = null;
        _closing.RemoveAll(static task => task.IsCompleted);
        _closing.Add(closing.DisposeAsync().AsTask());
        foreach ((PendingBatch batch, PendingMessage message) in _outbox.TakeFailed(batch => ReferenceEquals(batch.Transport, closing)))
        {
            Fail(message, fault, batch.Written);
        }
    }
}

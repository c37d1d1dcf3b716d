using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>Sends what is queued when it may be sent, keeps what is under way until it is answered or has failed, and repeats what may be repeated.</summary>
/// <remarks>The session's loop alone uses it. Nothing in it decides on the session; it is told the state each time.</remarks>
internal sealed class MessageExchange(
    BayeuxClientOptions options,
    TransportPool transports,
    ServerAddress address,
    ExtensionChain extensions,
    SessionPolicy policy,
    Action<BayeuxFault> report)
{
    private readonly Outbox _outbox = new();
    private int _repeats;
    private TimeSpan? _pausedUntil;

    /// <summary>How many messages wait to be sent.</summary>
    public int WaitingCount => _outbox.WaitingCount;

    /// <summary>When something has to be done because of the time; <see langword="null"/> if nothing has.</summary>
    public TimeSpan? Due
    {
        get
        {
            TimeSpan? due = _outbox.Due();
            return _pausedUntil is null || due <= _pausedUntil ? due : _pausedUntil;
        }
    }

    /// <summary>Queues a message until it can be sent.</summary>
    public void Enqueue(PendingMessage message, TimeSpan now, TimeSpan? maxQueueTime = null)
    {
        message.QueueDeadline = SessionTime.After(now, maxQueueTime ?? options.MaxQueueTime);
        _outbox.Enqueue(message);
        Telemetry.Queued.Add(1);
    }

    /// <summary>Puts what <paramref name="first"/> queues before everything else, subscriptions that no longer count left out.</summary>
    public void EnqueueFirst(bool newSession, Action first)
    {
        PendingMessage[] waiting = _outbox.TakeWaiting();
        first();
        foreach (PendingMessage message in waiting)
        {
            if (newSession && message is PendingSubscription)
            {
                Telemetry.Queued.Add(-1);
            }
            else
            {
                _outbox.Enqueue(message);
            }
        }
    }

    /// <summary>The connection is good: nothing that was held back after a failure needs to be any more.</summary>
    public void Resume()
    {
        _repeats = 0;
        _pausedUntil = null;
    }

    /// <summary>Sends what is queued, as far as the state and the transport allow.</summary>
    public void Flush(SessionState state, TimeSpan now)
    {
        while (state.CanSend && _outbox.WaitingCount > 0 && !(_pausedUntil > now) && _outbox.RequestCount < transports.Of(state.Transport).MaxRequests)
        {
            int before = _outbox.WaitingCount;
            List<PendingMessage> messages = _outbox.TakeBatch(options.MaxBatchSize);
            Telemetry.Queued.Add(_outbox.WaitingCount - before);
            Send(state, messages, messages is [PendingMeta] ? MetaChannel.Disconnect : null, TimeSpan.Zero, now);
        }
    }

    /// <summary>Sends a message of the connect loop by itself.</summary>
    public void SendMeta(SessionState state, PendingMeta message, TimeSpan hold, TimeSpan now) => Send(state, [message], message.Message.Channel, hold, now);

    /// <summary>
    /// The message that a reply answers, which from now on is not under way any more; <see langword="null"/> if nobody waits for it. A reply on another
    /// channel than the request's answers nothing, whatever its id.
    /// </summary>
    public PendingMessage? Answer(string? id, string channel)
    {
        if (_outbox.Find(id) is not { } answered || answered.Message.Channel != channel)
        {
            return null;
        }

        _outbox.SetAnswered(answered);
        return answered;
    }

    /// <summary>Whether a message was written, and is answered by nothing but this batch if one is given.</summary>
    public bool MayBeAnsweredBy(string id, OutboundBatch? batch) =>
        _outbox.Find(id)?.Batch is { Written: true } sent && (batch is null || ReferenceEquals(batch, sent));

    /// <summary>What a request or socket carried gets no answer any more.</summary>
    public void FailCarrier(SessionState state, object carrier, BayeuxFault fault, TimeSpan now) =>
        Fail(state, batch => ReferenceEquals(batch.Carrier, carrier), fault, now);

    /// <summary>What a transport carried gets no answer any more, since it was closed.</summary>
    public void FailTransport(SessionState state, IBayeuxTransport transport, BayeuxFault fault, TimeSpan now) =>
        Fail(state, batch => ReferenceEquals(batch.Transport, transport), fault, now);

    /// <summary>Fails all that waits.</summary>
    public void FailWaiting(BayeuxFault fault)
    {
        foreach (PendingMessage message in _outbox.TakeWaiting())
        {
            Telemetry.Queued.Add(-1);
            message.OnFailed(fault, written: false);
        }
    }

    /// <summary>Gives up what has waited for too long, in the queue or for an answer.</summary>
    public void Expire(TimeSpan now)
    {
        foreach (PendingBatch batch in _outbox.TakeExpired(now))
        {
            if (ExtensionOf(batch, now) is { Ticks: > 0 } extension)
            {
                _outbox.Extend(batch, SessionTime.After(now, extension));
            }
            else
            {
                batch.Transport.Expire(batch);
            }
        }

        foreach (PendingMessage message in _outbox.TakeOverdue(now))
        {
            Telemetry.Queued.Add(-1);
            message.OnFailed(SessionFault.NotSentInTime, written: false);
        }

        if (_pausedUntil <= now)
        {
            _pausedUntil = null;
        }
    }

    private TimeSpan ExtensionOf(PendingBatch batch, TimeSpan now)
    {
        if (options.ExtendTimeout is not { } extend)
        {
            return TimeSpan.Zero;
        }

        try
        {
            return extend(new BayeuxTimeout([.. batch.Messages.Select(static message => message.Message.Channel).Distinct()], now - batch.SentAt));
        }
#pragma warning disable CA1031 // A callback may throw anything; the session must not suffer from it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            report(SessionFault.CallbackFailed(exception));
            return TimeSpan.Zero;
        }
    }

    private void Fail(SessionState state, Func<PendingBatch, bool> isFailed, BayeuxFault fault, TimeSpan now)
    {
        bool reported = fault.Kind == BayeuxFaultKind.NotConnected;
        List<PendingMessage>? repeated = null;
        foreach ((PendingBatch batch, PendingMessage message) in _outbox.TakeFailed(isFailed))
        {
            // What ends the connect loop's own request, which comes first, is reported by the reducer.
            if (message is not PendingMeta && !reported)
            {
                report(fault);
            }

            reported = true;
            if (state.Accepts && message.CanRepeat(batch.Written) && message.QueueDeadline > now)
            {
                message.Batch = null;
                (repeated ??= []).Add(message);
            }
            else
            {
                message.OnFailed(fault, batch.Written);
            }
        }

        if (repeated is not null)
        {
            Telemetry.Queued.Add(repeated.Count);
            _outbox.Requeue(repeated);

            // Unless the next connect succeeds before: then all is well.
            _repeats++;
            _pausedUntil = now + Backoff.After(_repeats, policy).AtMost;
        }
    }

    private void Send(SessionState state, List<PendingMessage> messages, string? metaChannel, TimeSpan hold, TimeSpan now)
    {
        RequestText text = RequestText.Begin();
        int sent = 0;
        for (int i = 0; i < messages.Count; i++)
        {
            PendingMessage message = messages[i];
            BayeuxOutgoingMessage? changes = extensions.Send(message.Message, out bool dropped);
            if (dropped)
            {
                message.OnFailed(SessionFault.DroppedByExtension(message.Message.Channel), written: false);
                continue;
            }

            messages[sent++] = message;
            BayeuxWriter.Write(text.Writer, message.Message, state.ClientId, changes);
        }

        byte[] body = text.End();
        if (sent == 0)
        {
            return;
        }

        messages.RemoveRange(sent, messages.Count - sent);
        IBayeuxTransport transport = transports.Of(state.Transport);
        var batch = new PendingBatch
        {
            Body = body,
            Url = address.Of(state.Transport, state.Host),
            MetaChannel = metaChannel,
            Messages = messages,
            Transport = transport,
            SessionNumber = state.SessionNumber,
            SentAt = now,
            Deadline = SessionTime.After(now + hold, options.MaxNetworkDelay),
            Unanswered = messages.Count,
        };
        _outbox.Add(batch, isOfConnectLoop: metaChannel is MetaChannel.Handshake or MetaChannel.Connect);
        Telemetry.Sent.Add(messages.Count);
        transport.Send(batch);
    }
}

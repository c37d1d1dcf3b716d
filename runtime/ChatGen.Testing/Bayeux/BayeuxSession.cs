using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>A Bayeux client as the server sees it, from its handshake until it disconnects or falls silent.</summary>
internal sealed class BayeuxSession
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _maxInterval;
    private readonly Action<BayeuxSession> _onGone;
    private readonly Queue<JsonObject> _queue = new();
    private readonly UnacknowledgedMessages? _unacknowledged;
    private readonly HashSet<string> _subscriptions = new(StringComparer.Ordinal);
    private readonly ITimer _expiry;
    private WebSocketConnection? _socket;
    private HeldConnect? _held;
    private ChatBackendAdvice? _advice;
    private bool _isConnected;
    private bool _isLeaving;
    private bool _isRemoved;

    /// <param name="id">The client's id.</param>
    /// <param name="origin">What its handshake came over.</param>
    /// <param name="acknowledges">Whether it acknowledges what it gets.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="maxInterval">After how long a silence it is forgotten.</param>
    /// <param name="onGone">Forgets it, since it has fallen silent or has been sent away.</param>
    public BayeuxSession(string id, BayeuxOrigin origin, bool acknowledges, TimeProvider timeProvider, TimeSpan maxInterval, Action<BayeuxSession> onGone)
    {
        Id = id;
        // A session of a WebSocket has no cookie, so it cannot go on over long-polling. Bayeux rule 55.
        BrowserId = origin.Socket is null ? origin.BrowserId : null;
        _socket = origin.Socket;
        _unacknowledged = acknowledges ? new UnacknowledgedMessages() : null;
        _timeProvider = timeProvider;
        _maxInterval = maxInterval;
        _onGone = onGone;
        _expiry = timeProvider.CreateTimer(static state => ((BayeuxSession)state!).Expire(), this, maxInterval, Timeout.InfiniteTimeSpan);
        _socket?.Attach(this);
    }

    public string Id { get; }

    public string? BrowserId { get; }

    /// <summary>Whether the server has sent the client away, and only waits to tell it so.</summary>
    public bool IsLeaving
    {
        get
        {
            lock (_lock)
            {
                return _isLeaving;
            }
        }
    }

    // Who acknowledges gets messages with replies to /meta/connect alone, over a WebSocket too.
    private bool IsPushed => _socket is not null && _unacknowledged is null;

    private bool HasMessages => _queue.Count > 0 || _unacknowledged?.IsEmpty == false;

    /// <summary>Sends a message at once over a WebSocket, else with the reply to a <c>/meta/connect</c>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="data">The payload.</param>
    /// <param name="id">The id of the message that this one answers; <see langword="null"/> if it answers none. Bayeux rule 44.</param>
    /// <returns><see langword="false"/> if the client is no longer known.</returns>
    public bool TryDeliver(string channel, JsonNode? data, JsonNode? id = null)
    {
        lock (_lock)
        {
            if (_isRemoved)
            {
                return false;
            }

            JsonObject message = new() { ["channel"] = channel, ["data"] = data };
            if (id is not null)
            {
                message["id"] = id;
            }

            Send(message);
            return true;
        }
    }

    /// <summary>Takes messages that are to come right after the reply to the handshake, as the first batch if they are acknowledged.</summary>
    /// <returns>The messages, and the number of their batch.</returns>
    public (IReadOnlyList<JsonObject> Messages, long? Batch) TakeForHandshake(IEnumerable<JsonObject> messages)
    {
        lock (_lock)
        {
            long batch = 0;
            IReadOnlyList<JsonObject> taken = _unacknowledged?.Send(messages, out batch) ?? [.. messages];
            return (taken, _unacknowledged is null ? null : batch);
        }
    }

    /// <summary>Begins a <c>/meta/connect</c>; one that is held already is given up. Bayeux rules 21 and 22.</summary>
    /// <param name="socket">What it came over; <see langword="null"/> for long-polling.</param>
    /// <param name="timeout">How long to hold it.</param>
    /// <param name="acknowledged">The last batch that the client has; <see langword="null"/> if it does not say.</param>
    /// <param name="isFirst">Whether it is the client's first.</param>
    /// <returns>The held connect; <see langword="null"/> to answer at once.</returns>
    public HeldConnect? Connect(WebSocketConnection? socket, TimeSpan timeout, long? acknowledged, out bool isFirst)
    {
        lock (_lock)
        {
            Release(HeldConnectOutcome.Superseded);
            isFirst = !_isConnected;
            _isConnected = true;
            _socket = socket;
            socket?.Attach(this);
            if (acknowledged is { } batch)
            {
                _unacknowledged?.Acknowledge(batch);
            }

            if (isFirst || timeout == TimeSpan.Zero || HasMessages || _advice is not null || _isLeaving || _isRemoved)
            {
                ScheduleExpiry();
                return null;
            }

            _held = new HeldConnect(_timeProvider, timeout, OnHeldTimeout);
            return _held;
        }
    }

    /// <summary>Completes the reply to a <c>/meta/connect</c> that is about to be sent.</summary>
    /// <returns>The messages that go before it.</returns>
    public IReadOnlyList<JsonObject> TakeForConnect(JsonObject reply)
    {
        bool isGone;
        JsonObject[] messages = [];
        lock (_lock)
        {
            bool isToHandshake = _advice is { Reconnect: ChatBackendReconnect.Handshake };
            if (isToHandshake)
            {
                reply["successful"] = false;
                reply["error"] = BayeuxReplies.SessionUnknown;
            }
            else
            {
                messages = TakeQueue();
                if (_unacknowledged is not null)
                {
                    messages = _unacknowledged.Send(messages, out long batch);
                    reply["ext"] = new JsonObject { ["ack"] = batch };
                }
            }

            if (_isLeaving)
            {
                reply["advice"] = BayeuxReplies.NoReconnect();
            }
            else if (_advice is not null)
            {
                reply["advice"] = _advice.ToJson();
                _advice = null;
            }

            isGone = (_isLeaving || isToHandshake) && !_isRemoved;
            if (isGone)
            {
                _isRemoved = true;
                _expiry.Dispose();
            }
        }

        if (isGone)
        {
            _onGone(this);
        }

        return messages;
    }

    public void Subscribe(string channel)
    {
        lock (_lock)
        {
            _subscriptions.Add(channel);
        }
    }

    public void Unsubscribe(string channel)
    {
        lock (_lock)
        {
            _subscriptions.Remove(channel);
        }
    }

    public bool IsSubscribedTo(string channel)
    {
        lock (_lock)
        {
            return _subscriptions.Any(subscription => BayeuxChannels.Covers(subscription, channel));
        }
    }

    /// <summary>The next reply to <c>/meta/connect</c> carries this advice; one that is held goes out at once.</summary>
    public void Advise(ChatBackendAdvice advice)
    {
        lock (_lock)
        {
            _advice = advice;
            Release(HeldConnectOutcome.Answered);
        }
    }

    /// <summary>Sends the client away: an unsolicited <c>/meta/disconnect</c>, with or before the next reply to <c>/meta/connect</c>. Bayeux rule 32.</summary>
    public void SendAway()
    {
        lock (_lock)
        {
            if (_isRemoved || _isLeaving)
            {
                return;
            }

            _isLeaving = true;
            Send(new JsonObject { ["channel"] = BayeuxChannels.Disconnect, ["successful"] = true });
            Release(HeldConnectOutcome.Answered);
        }
    }

    /// <summary>The client's socket is gone. What is delivered from now on waits for another one.</summary>
    public void Detach(WebSocketConnection socket)
    {
        lock (_lock)
        {
            // A socket may end after the client has opened another one. Bayeux rule 53.
            if (_socket == socket)
            {
                _socket = null;
                Release(HeldConnectOutcome.Dropped);
            }
        }
    }

    /// <summary>The request of a held connect is gone, without a reply.</summary>
    public void Abandon(HeldConnect held)
    {
        lock (_lock)
        {
            if (_held == held)
            {
                Release(HeldConnectOutcome.Dropped);
            }
        }
    }

    /// <summary>Breaks the network connection, or answers and closes it; the client stays known.</summary>
    public void DropConnection(bool answerFirst)
    {
        WebSocketConnection? socket;
        bool isHeld;
        lock (_lock)
        {
            socket = _socket;
            isHeld = _held is not null;
            Release(answerFirst ? HeldConnectOutcome.AnsweredAndClosed : HeldConnectOutcome.Dropped);
        }

        if (!answerFirst)
        {
            socket?.Abort();
        }
        else if (!isHeld)
        {
            socket?.Close();
        }
    }

    /// <summary>Forgets the client.</summary>
    /// <param name="outcome">What becomes of its held connect.</param>
    public void Remove(HeldConnectOutcome outcome)
    {
        lock (_lock)
        {
            _isRemoved = true;
            _queue.Clear();
            Release(outcome);
            _expiry.Dispose();
        }
    }

    private void Send(JsonObject message)
    {
        if (IsPushed)
        {
            _socket!.Send([message]);
        }
        else
        {
            _queue.Enqueue(message);
            Release(HeldConnectOutcome.Answered);
        }
    }

    private void OnHeldTimeout(HeldConnect held)
    {
        lock (_lock)
        {
            if (_held == held)
            {
                Release(HeldConnectOutcome.Answered);
            }
        }
    }

    private void Expire()
    {
        lock (_lock)
        {
            // A client with a held connect is not silent; its time starts anew when the connect is answered.
            if (_held is not null || _isRemoved)
            {
                return;
            }

            _isRemoved = true;
        }

        _onGone(this);
    }

    private void Release(HeldConnectOutcome outcome)
    {
        if (_held is { } held)
        {
            _held = null;
            held.Complete(outcome);
            ScheduleExpiry();
        }
    }

    private void ScheduleExpiry()
    {
        if (!_isRemoved)
        {
            _expiry.Change(_maxInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private JsonObject[] TakeQueue()
    {
        JsonObject[] messages = [.. _queue];
        _queue.Clear();
        return messages;
    }
}

using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>A Bayeux client as the server sees it, from its handshake until it disconnects or falls silent.</summary>
internal sealed class BayeuxSession
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _maxInterval;
    private readonly Action<BayeuxSession> _onExpired;
    private readonly Queue<JsonObject> _queue = new();
    private readonly HashSet<string> _subscriptions = new(StringComparer.Ordinal);
    private readonly ITimer _expiry;
    private WebSocketConnection? _socket;
    private HeldConnect? _held;
    private bool _isConnected;
    private bool _isRemoved;

    public BayeuxSession(string id, BayeuxOrigin origin, TimeProvider timeProvider, TimeSpan maxInterval, Action<BayeuxSession> onExpired)
    {
        Id = id;
        // A session of a WebSocket has no cookie, so it cannot go on over long-polling. Bayeux rule 55.
        BrowserId = origin.Socket is null ? origin.BrowserId : null;
        _socket = origin.Socket;
        _timeProvider = timeProvider;
        _maxInterval = maxInterval;
        _onExpired = onExpired;
        _expiry = timeProvider.CreateTimer(static state => ((BayeuxSession)state!).Expire(), this, maxInterval, Timeout.InfiniteTimeSpan);
        _socket?.Attach(this);
    }

    public string Id { get; }

    public string? BrowserId { get; }

    /// <summary>Sends a message at once over a WebSocket, else with the reply to a <c>/meta/connect</c>.</summary>
    /// <returns><see langword="false"/> if the client is no longer known.</returns>
    public bool TryDeliver(string channel, JsonNode? data)
    {
        lock (_lock)
        {
            if (_isRemoved)
            {
                return false;
            }

            JsonObject message = new() { ["channel"] = channel, ["data"] = data };
            if (_socket is not null)
            {
                _socket.Send([message]);
            }
            else
            {
                _queue.Enqueue(message);
                Release(HeldConnectOutcome.Answered);
            }

            return true;
        }
    }

    /// <summary>Begins a <c>/meta/connect</c>; one that is held already is given up. Bayeux rules 21 and 22.</summary>
    /// <param name="socket">What it came over; <see langword="null"/> for long-polling.</param>
    /// <param name="timeout">How long to hold it.</param>
    /// <param name="isFirst">Whether it is the client's first.</param>
    /// <returns>The held connect; <see langword="null"/> to answer at once.</returns>
    public HeldConnect? Connect(WebSocketConnection? socket, TimeSpan timeout, out bool isFirst)
    {
        lock (_lock)
        {
            Release(HeldConnectOutcome.Superseded);
            isFirst = !_isConnected;
            _isConnected = true;
            _socket = socket;
            socket?.Attach(this);
            if (socket is not null && _queue.Count > 0)
            {
                socket.Send(TakeQueue());
            }

            if (isFirst || timeout == TimeSpan.Zero || _queue.Count > 0 || _isRemoved)
            {
                ScheduleExpiry();
                return null;
            }

            _held = new HeldConnect(_timeProvider, timeout, OnHeldTimeout);
            return _held;
        }
    }

    /// <summary>Takes what waits for a reply to <c>/meta/connect</c> over long-polling.</summary>
    public IReadOnlyList<JsonObject> Drain()
    {
        lock (_lock)
        {
            return TakeQueue();
        }
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

    /// <summary>Breaks the network connection; the client stays known.</summary>
    public void DropConnection()
    {
        WebSocketConnection? socket;
        lock (_lock)
        {
            socket = _socket;
            Release(HeldConnectOutcome.Dropped);
        }

        socket?.Abort();
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

        _onExpired(this);
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

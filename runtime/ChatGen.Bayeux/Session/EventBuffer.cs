using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>What waits for the user's callbacks, in order and bounded.</summary>
/// <remarks>Thread-safe: the session's loop adds, the dispatch of callbacks takes, transports wait for room.</remarks>
internal sealed class EventBuffer(int maxEvents, long maxBytes, BayeuxOverflowPolicy overflow)
{
    // Many faults that nobody takes note of say no more than these.
    private const int MaxNotices = 1000;

    // What an event costs beside its payload.
    private const int Overhead = 100;

    private readonly Lock _lock = new();
    private readonly Queue<(long Number, BayeuxEvent Event, InboundFrame Frame)> _events = new();
    private readonly Queue<(long Number, object Notice)> _notices = new();
    private TaskCompletionSource? _room;
    private bool _reading;
    private bool _completed;
    private long _lastNumber;
    private long _bytes;
    private long _dropped;

    /// <summary>Whether nothing more should be received for now.</summary>
    public bool IsFull => Volatile.Read(ref _room) is not null;

    /// <summary>Called when there is something to take again, or the end has come; only after <see cref="TryTake"/> had nothing, or never was called. Must not block.</summary>
    public Action? Woken { get; set; }

    /// <summary>Whether <see cref="Complete"/> was called.</summary>
    public bool IsCompleted => Volatile.Read(ref _completed);

    public void Add(BayeuxEvent bayeuxEvent, InboundFrame frame)
    {
        frame.Hold();
        lock (_lock)
        {
            if (_completed)
            {
                frame.Release();
                return;
            }

            _events.Enqueue((++_lastNumber, bayeuxEvent, frame));
            _bytes += SizeOf(bayeuxEvent);
            while (overflow == BayeuxOverflowPolicy.DropOldest && _events.Count > 1 && IsOverfull)
            {
                TakeEvent().Frame.Release();
                _dropped++;
            }

            if (overflow == BayeuxOverflowPolicy.PauseReceiving && IsOverfull)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            Wake();
        }
    }

    /// <summary>Adds a change of state or a fault.</summary>
    public void Add(object notice)
    {
        lock (_lock)
        {
            if (_completed || (_notices.Count >= MaxNotices && notice is BayeuxFault))
            {
                return;
            }

            _notices.Enqueue((++_lastNumber, notice));
            Wake();
        }
    }

    /// <summary>Takes the oldest; <see langword="false"/> when there is nothing more to come.</summary>
    /// <param name="item">It; an event's frame has to be let go of.</param>
    public bool TryTake(out EventBufferItem item)
    {
        lock (_lock)
        {
            _reading = true;
            if (_dropped > 0)
            {
                item = new EventBufferItem(default, null, SessionFault.EventsDropped(_dropped));
                _dropped = 0;
                return true;
            }

            if (_events.TryPeek(out (long Number, BayeuxEvent, InboundFrame) first) && !(_notices.TryPeek(out (long Number, object) notice) && notice.Number < first.Number))
            {
                (_, BayeuxEvent bayeuxEvent, InboundFrame frame) = TakeEvent();
                if (_room is not null && _events.Count <= maxEvents / 2 && _bytes <= maxBytes / 2)
                {
                    _room.SetResult();
                    _room = null;
                }

                item = new EventBufferItem(bayeuxEvent, frame, null);
                return true;
            }

            if (_notices.TryDequeue(out (long, object Notice) next))
            {
                item = new EventBufferItem(default, null, next.Notice);
                return true;
            }

            _reading = false;
            item = default;
            return false;
        }
    }

    /// <summary>Waits until there is room.</summary>
    public Task RoomAsync() => Volatile.Read(ref _room)?.Task ?? Task.CompletedTask;

    /// <summary>Drops what is left and takes no more.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            while (_events.Count > 0)
            {
                TakeEvent().Frame.Release();
            }

            _notices.Clear();
            _room?.SetResult();
            _room = null;
            Wake();
        }
    }

    private bool IsOverfull => _events.Count > maxEvents || _bytes > maxBytes;

    private static int SizeOf(BayeuxEvent bayeuxEvent) => bayeuxEvent.Data.Length + Overhead;

    private (long Number, BayeuxEvent Event, InboundFrame Frame) TakeEvent()
    {
        (long Number, BayeuxEvent Event, InboundFrame Frame) taken = _events.Dequeue();
        _bytes -= SizeOf(taken.Event);
        return taken;
    }

    private void Wake()
    {
        if (!_reading)
        {
            _reading = true;
            Woken?.Invoke();
        }
    }
}

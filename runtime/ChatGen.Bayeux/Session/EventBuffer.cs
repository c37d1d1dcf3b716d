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
    private readonly PayloadArena _arena = new();
    private readonly Queue<(long Number, BayeuxEvent Event, PayloadArena.Chunk Chunk)> _events = new();
    private readonly Queue<(long Number, object Notice)> _notices = new();
    private TaskCompletionSource? _room;
    private bool _isTaking;
    private bool _completed;
    private long _lastNumber;
    private long _bytes;
    private long _dropped;

    /// <summary>Called when there is something to take again, or the end has come, but not while somebody is taking. Must not block.</summary>
    public Action? Woken { get; set; }

    /// <summary>Whether nothing more should be received for now.</summary>
    public bool IsFull => Volatile.Read(ref _room) is not null;

    /// <summary>Whether <see cref="Complete"/> was called.</summary>
    public bool IsCompleted => Volatile.Read(ref _completed);

    private bool IsOverfull => _events.Count > maxEvents || _bytes > maxBytes;

    /// <summary>Adds an event, whose payload is copied.</summary>
    public void Add(string channel, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> ext)
    {
        lock (_lock)
        {
            if (_completed)
            {
                return;
            }

            (ReadOnlyMemory<byte> ownData, ReadOnlyMemory<byte> ownExt) = _arena.Copy(data, ext, out PayloadArena.Chunk chunk);
            _events.Enqueue((++_lastNumber, new BayeuxEvent(channel, ownData) { Ext = ownExt }, chunk));
            _bytes += SizeOf(data.Length + ext.Length);
            while (overflow == BayeuxOverflowPolicy.DropOldest && _events.Count > 1 && IsOverfull)
            {
                _arena.Release(TakeEvent().Chunk);
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

    /// <summary>Takes the oldest; <see langword="false"/> if there is nothing at present.</summary>
    /// <param name="taken">What was taken before, whose memory is let go of.</param>
    /// <param name="item">The oldest.</param>
    public bool TryTake(EventBufferItem taken, out EventBufferItem item)
    {
        lock (_lock)
        {
            if (taken.Chunk is not null)
            {
                _arena.Release(taken.Chunk);
            }

            _isTaking = true;
            if (_dropped > 0)
            {
                item = new EventBufferItem(default, null, SessionFault.EventsDropped(_dropped));
                _dropped = 0;
                return true;
            }

            if (_events.TryPeek(out (long Number, BayeuxEvent, PayloadArena.Chunk) first) && !(_notices.TryPeek(out (long Number, object) notice) && notice.Number < first.Number))
            {
                (_, BayeuxEvent bayeuxEvent, PayloadArena.Chunk chunk) = TakeEvent();
                if (_room is not null && _events.Count <= maxEvents / 2 && _bytes <= maxBytes / 2)
                {
                    _room.SetResult();
                    _room = null;
                }

                item = new EventBufferItem(bayeuxEvent, chunk, null);
                return true;
            }

            if (_notices.TryDequeue(out (long, object Notice) next))
            {
                item = new EventBufferItem(default, null, next.Notice);
                return true;
            }

            _isTaking = false;
            _arena.Trim();
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
                _arena.Release(TakeEvent().Chunk);
            }

            _notices.Clear();
            _room?.SetResult();
            _room = null;
            Wake();
        }
    }

    private static int SizeOf(int payload) => payload + Overhead;

    private (long Number, BayeuxEvent Event, PayloadArena.Chunk Chunk) TakeEvent()
    {
        (long Number, BayeuxEvent Event, PayloadArena.Chunk Chunk) taken = _events.Dequeue();
        _bytes -= SizeOf(taken.Event.Data.Length + taken.Event.Ext.Length);
        return taken;
    }

    private void Wake()
    {
        if (!_isTaking)
        {
            _isTaking = true;
            Woken?.Invoke();
        }
    }
}

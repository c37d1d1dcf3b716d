using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>Tells the host what happens, one thing at a time and in order. While the connection is interrupted, events wait behind what was missed.</summary>
/// <remarks>Thread-safe. The host is called on whatever thread has something to tell, never while a lock is held.</remarks>
/// <param name="host">Is told.</param>
/// <param name="hold">Makes room for events that wait.</param>
internal sealed class CometDDelivery(IChatTransportHost host, Func<CometDHeldEvents> hold)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action<IChatTransportHost>> _waiting = [];
    private CometDHeldEvents? _held;
    private bool _telling;
    private bool _closed;

    /// <summary>Delivers an event, or keeps a copy if it has to wait.</summary>
    public void Deliver(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (_held is not null)
            {
                _held.Add(data);
                return;
            }

            if (_telling)
            {
                byte[] copy = data.ToArray();
                _waiting.Enqueue(host => host.OnEvent(copy));
                return;
            }

            _telling = true;
        }

        try
        {
            host.OnEvent(data);
        }
        finally
        {
            TellWaiting();
        }
    }

    /// <summary>Tells something after what was told before.</summary>
    public void Tell(Action<IChatTransportHost> tell)
    {
        Enqueue(tell);
        Flush();
    }

    /// <summary>Puts something into the order; <see cref="Flush"/> tells it.</summary>
    public void Enqueue(Action<IChatTransportHost> tell)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _waiting.Enqueue(tell);
            }
        }
    }

    /// <summary>Holds events from now on.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _held ??= hold();
            }
        }
    }

    /// <summary>How many events of the history were held and let go of, so that it has to be asked for them again.</summary>
    public int Missing
    {
        get
        {
            lock (_gate)
            {
                return _held?.Missing ?? 0;
            }
        }
    }

    /// <summary>The history has brought so many of those that were missing.</summary>
    public void OnFound(int count)
    {
        lock (_gate)
        {
            _held?.OnFound(count);
        }
    }

    /// <summary>Those that are missing will not come.</summary>
    public void GiveUpMissing()
    {
        lock (_gate)
        {
            GiveUpMissingLocked();
        }

        Flush();
    }

    /// <summary>Puts what was held into the order, and holds nothing any more, unless something is missing before it; <see cref="Flush"/> tells it.</summary>
    public bool TryRelease()
    {
        lock (_gate)
        {
            if (_held?.Missing > 0)
            {
                return false;
            }

            ReleaseLocked();
            return true;
        }
    }

    /// <summary>Puts what was held into the order, whatever is missing, and holds nothing any more; <see cref="Flush"/> tells it.</summary>
    public void Release()
    {
        lock (_gate)
        {
            GiveUpMissingLocked();
            ReleaseLocked();
        }
    }

    /// <summary>Tells what is in the order, unless somebody does so already.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_telling)
            {
                return;
            }

            _telling = true;
        }

        TellWaiting();
    }

    /// <summary>Tells nothing any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting.Clear();
            _held = null;
        }
    }

    private void GiveUpMissingLocked()
    {
        if (_held is { Missing: > 0 and int missing } held)
        {
            held.OnFound(missing);
            EnqueueLoss(missing);
        }
    }

    private void ReleaseLocked()
    {
        while (_held is not null && _held.TryTake(out byte[] data))
        {
            _waiting.Enqueue(host => host.OnEvent(data));
        }

        if (_held is { Lost: > 0 and int lost })
        {
            EnqueueLoss(lost);
        }
        else if (_held is { Passed: > 0 and int passed })
        {
            _waiting.Enqueue(host => Log.EventsDropped(host.Logger, passed));
        }

        _held = null;
    }

    private void EnqueueLoss(int events) => _waiting.Enqueue(host =>
    {
        Log.EventsLost(host.Logger, events);
        host.OnError(host.Protocol.LibraryError(
            $"Events were lost: {events} more arrived while the connection was interrupted than may be held, and they could not be asked for again."));
    });

    private void TellWaiting()
    {
        while (true)
        {
            Action<IChatTransportHost>? tell;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out tell))
                {
                    _telling = false;
                    return;
                }
            }

            try
            {
                tell(host);
            }
            catch
            {
                // The host throws nothing, but who listens to its measurements may; the rest is told with what comes next.
                lock (_gate)
                {
                    _telling = false;
                }

                throw;
            }
        }
    }
}

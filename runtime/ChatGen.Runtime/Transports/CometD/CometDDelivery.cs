namespace ChatGen;

/// <summary>Tells the host what happens, one thing at a time and in order. While the connection is interrupted, events wait behind what was missed.</summary>
/// <remarks>Thread-safe. The host is called on whatever thread has something to tell, never while a lock is held.</remarks>
internal sealed class CometDDelivery(IChatTransportHost host)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action<IChatTransportHost>> _waiting = [];
    private List<byte[]>? _held;
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
                _held.Add(data.ToArray());
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
            _held ??= [];
        }
    }

    /// <summary>Puts what was held into the order, and holds nothing any more; <see cref="Flush"/> tells it.</summary>
    public void Release()
    {
        lock (_gate)
        {
            foreach (byte[] data in _held ?? [])
            {
                _waiting.Enqueue(host => host.OnEvent(data));
            }

            _held = null;
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

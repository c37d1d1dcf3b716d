namespace ChatGen;

/// <summary>What arrives while the connection is interrupted: it comes after what was missed meanwhile.</summary>
/// <remarks>Thread-safe. The host is not called while the lock is held.</remarks>
internal sealed class CometDHeldEvents(IChatTransportHost host)
{
    private readonly Lock _gate = new();

    // Null while nothing has to wait.
    private List<byte[]>? _held;

    /// <summary>Holds from now on.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _held ??= [];
        }
    }

    /// <summary>Keeps a copy of the event if it has to wait.</summary>
    public bool TryHold(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            _held?.Add(data.ToArray());
            return _held is not null;
        }
    }

    /// <summary>Delivers what was held, and holds nothing any more.</summary>
    public void Deliver()
    {
        while (true)
        {
            List<byte[]>? held;
            lock (_gate)
            {
                held = _held;
                _held = held is null or { Count: 0 } ? null : [];
            }

            if (held is null or { Count: 0 })
            {
                return;
            }

            foreach (byte[] data in held)
            {
                host.OnEvent(data);
            }
        }
    }
}

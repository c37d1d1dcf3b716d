namespace ChatGen;

/// <summary>Counts who is inside, and lets nobody in any more once it is closed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Admission
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    /// <summary>Whether nobody is let in any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    /// <summary>How many are inside.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _inside;
            }
        }
    }

    public bool TryEnter(int limit = int.MaxValue)
    {
        lock (_gate)
        {
            if (_closed || _inside >= limit)
            {
                return false;
            }

            _inside++;
            return true;
        }
    }

    public void Leave()
    {
        bool isLast;
        lock (_gate)
        {
            isLast = --_inside == 0 && _closed;
        }

        if (isLast)
        {
            _empty.TrySetResult();
        }
    }

    /// <summary>Lets nobody in any more.</summary>
    /// <returns>Completes when nobody is inside.</returns>
    public Task CloseAsync()
    {
        bool isEmpty;
        lock (_gate)
        {
            _closed = true;
            isEmpty = _inside == 0;
        }

        if (isEmpty)
        {
            _empty.TrySetResult();
        }

        return _empty.Task;
    }
}

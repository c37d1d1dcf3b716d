namespace ChatGen;

/// <summary>
/// Events that wait until what was missed before them has been delivered, bounded. When there are too many, those of the history are let go of, since
/// it can be asked for them again; only what is in no history is lost.
/// </summary>
/// <remarks>The lock of <see cref="CometDDelivery"/> guards it.</remarks>
/// <param name="maxEvents">How many may wait.</param>
/// <param name="maxBytes">How many bytes they may have together.</param>
/// <param name="history">Tells which events are in the history; <see langword="null"/> if that cannot be asked for, so that the newest events count most.</param>
internal sealed class CometDHeldEvents(int maxEvents, long maxBytes, ChatEventCatalog? history)
{
    private readonly Queue<byte[]> _events = [];
    private long _bytes;

    /// <summary>How many events of the history were let go of, and have not been asked for again since.</summary>
    public int Missing { get; private set; }

    /// <summary>How many were let go of that would be in the history, if it could be asked for.</summary>
    public int Lost { get; private set; }

    /// <summary>How many were let go of that are in no history, such as that somebody was typing.</summary>
    public int Passed { get; private set; }

    /// <summary>Keeps a copy of an event.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        _events.Enqueue(data.ToArray());
        _bytes += data.Length;
        if (!Exceeds(maxEvents, maxBytes))
        {
            return;
        }

        if (history is null)
        {
            for (; Exceeds(maxEvents, maxBytes); Lost++)
            {
                Take();
            }

            return;
        }

        for (int left = _events.Count; left > 0; left--)
        {
            byte[] oldest = Take();
            if (history.IsInHistory(oldest))
            {
                Missing++;
            }
            else
            {
                _events.Enqueue(oldest);
                _bytes += oldest.Length;
            }
        }

        // So much that it is not looked through again for every event that comes.
        for (; Exceeds(maxEvents / 2, maxBytes / 2); Passed++)
        {
            Take();
        }
    }

    /// <summary>So many of those that are missing were asked for again and have come.</summary>
    public void OnFound(int count) => Missing -= count;

    /// <summary>Takes the oldest event; <see langword="false"/> if there is none.</summary>
    public bool TryTake(out byte[] data)
    {
        bool any = _events.Count > 0;
        data = any ? Take() : [];
        return any;
    }

    private bool Exceeds(int events, long bytes) => _events.Count > events || _bytes > bytes;

    private byte[] Take()
    {
        byte[] oldest = _events.Dequeue();
        _bytes -= oldest.Length;
        return oldest;
    }
}

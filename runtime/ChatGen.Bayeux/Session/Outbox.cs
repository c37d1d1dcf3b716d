namespace ChatGen.Bayeux.Session;

/// <summary>What waits to be sent, and what was sent and is not answered yet. The session's loop alone uses it, so there are no locks.</summary>
internal sealed class Outbox
{
    private readonly Queue<PendingMessage> _queue = new();
    private readonly Dictionary<string, PendingMessage> _unanswered = new(StringComparer.Ordinal);
    private readonly LinkedList<PendingBatch> _loopBatches = new();
    private readonly LinkedList<PendingBatch> _messageBatches = new();
    private TimeSpan? _queueDue;
    private int _extended;

    /// <summary>How many messages wait.</summary>
    public int WaitingCount => _queue.Count;

    /// <summary>How many requests other than those of the connect loop are under way.</summary>
    public int RequestCount => _messageBatches.Count + _extended;

    public void Enqueue(PendingMessage message)
    {
        _queue.Enqueue(message);
        _queueDue = _queueDue <= message.QueueDeadline ? _queueDue : message.QueueDeadline;
    }

    /// <summary>Puts messages back to where they came from, before all others.</summary>
    public void Requeue(IEnumerable<PendingMessage> messages)
    {
        PendingMessage[] waiting = TakeWaiting();
        foreach (PendingMessage message in messages.Concat(waiting))
        {
            Enqueue(message);
        }
    }

    /// <summary>Gives a batch whose time was over more of it.</summary>
    public void Extend(PendingBatch batch, TimeSpan deadline)
    {
        batch.Deadline = deadline;
        batch.Expired = false;

        // The others are in order of their deadlines, so it stands among those that are looked at one by one.
        if (batch.Node?.List == _messageBatches)
        {
            _messageBatches.Remove(batch.Node!);
            batch.Node = _loopBatches.AddLast(batch);
            batch.IsExtended = true;
            _extended++;
        }
    }

    /// <summary>Takes all that waits.</summary>
    public PendingMessage[] TakeWaiting()
    {
        PendingMessage[] waiting = [.. _queue];
        _queue.Clear();
        _queueDue = null;
        return waiting;
    }

    /// <summary>Takes what has waited too long.</summary>
    public PendingMessage[] TakeOverdue(TimeSpan now)
    {
        if (!(_queueDue <= now))
        {
            return [];
        }

        PendingMessage[] waiting = TakeWaiting();
        foreach (PendingMessage message in waiting.Where(message => message.QueueDeadline > now))
        {
            Enqueue(message);
        }

        return [.. waiting.Where(message => message.QueueDeadline <= now)];
    }

    /// <summary>Takes what goes out together; at least one message, if one waits that is still wanted.</summary>
    public List<PendingMessage> TakeBatch(int maxSize)
    {
        var messages = new List<PendingMessage>();
        int size = 0;
        while (_queue.TryPeek(out PendingMessage? next) && (messages.Count == 0 || size + next.Message.EstimatedSize <= maxSize))
        {
            _queue.Dequeue();
            if (!next.IsAbandoned)
            {
                messages.Add(next);
                size += next.Message.EstimatedSize;
            }
        }

        if (_queue.Count == 0)
        {
            _queueDue = null;
        }

        return messages;
    }

    /// <summary>Notes what is being sent.</summary>
    public void Add(PendingBatch batch, bool isOfConnectLoop)
    {
        foreach (PendingMessage message in batch.Messages)
        {
            message.Batch = batch;
            _unanswered.Add(message.Message.Id, message);
        }

        batch.Node = (isOfConnectLoop ? _loopBatches : _messageBatches).AddLast(batch);
    }

    /// <summary>The message with this id that is not answered yet.</summary>
    public PendingMessage? Find(string? id) => id is null ? null : _unanswered.GetValueOrDefault(id);

    /// <summary>Notes an answer.</summary>
    public void SetAnswered(PendingMessage message)
    {
        _unanswered.Remove(message.Message.Id);
        if (message.Batch is { } batch && --batch.Unanswered == 0)
        {
            Remove(batch);
        }
    }

    /// <summary>Takes the batches that will not be answered any more, each with its messages that were not.</summary>
    public List<(PendingBatch Batch, PendingMessage Message)> TakeFailed(Func<PendingBatch, bool> isFailed)
    {
        PendingBatch[] failed = [.. _loopBatches.Concat(_messageBatches).Where(isFailed)];
        var messages = new List<(PendingBatch, PendingMessage)>();
        foreach (PendingBatch batch in failed)
        {
            Remove(batch);
            foreach (PendingMessage message in batch.Messages.Where(message => _unanswered.Remove(message.Message.Id)))
            {
                messages.Add((batch, message));
            }
        }

        return messages;
    }

    /// <summary>Takes note of the batches whose time is over; each is returned once.</summary>
    public PendingBatch[] TakeExpired(TimeSpan now)
    {
        PendingBatch[] expired = [.. _loopBatches.Concat(_messageBatches.TakeWhile(batch => batch.Deadline <= now)).Where(batch => batch.Deadline <= now && !batch.Expired)];
        foreach (PendingBatch batch in expired)
        {
            batch.Expired = true;
        }

        return expired;
    }

    /// <summary>When something waits or is unanswered for too long; <see langword="null"/> if there is nothing.</summary>
    public TimeSpan? Due()
    {
        // This is asked after everything that arrives, so it makes no iterators.
        TimeSpan? due = _queueDue;
        foreach (PendingBatch batch in _loopBatches)
        {
            due = batch.Expired || due <= batch.Deadline ? due : batch.Deadline;
        }

        foreach (PendingBatch batch in _messageBatches)
        {
            if (!batch.Expired)
            {
                // All of these have the same time to be answered, so the first that has not expired is the next to do so.
                return due <= batch.Deadline ? due : batch.Deadline;
            }
        }

        return due;
    }

    private void Remove(PendingBatch batch)
    {
        if (batch.Node?.List is { } list)
        {
            list.Remove(batch.Node);
            _extended -= batch.IsExtended ? 1 : 0;
        }
    }
}

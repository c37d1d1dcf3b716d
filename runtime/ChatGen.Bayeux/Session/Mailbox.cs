namespace ChatGen.Bayeux.Session;

/// <summary>Work for an actor, which is done one piece after the other by whoever finds the actor idle.</summary>
/// <remarks>Thread-safe. Between pieces of work nothing waits, so an idle actor costs no thread and no task.</remarks>
/// <param name="owner">Does the work.</param>
internal sealed class Mailbox(IMailboxOwner owner) : IThreadPoolWorkItem
{
    private const int MaxWorkPerTurn = 64;

    // The context of a thread that nobody has given anything to. What an actor starts is not part of what the user's thread is about.
    private static ExecutionContext? s_ownContext;
    private readonly Lock _lock = new();
    private readonly Queue<SessionWork> _work = new();
    private bool _isWorking;
    private bool _isClosed;

    /// <summary>Leaves work to a thread of the pool; <see langword="false"/> if no more is taken.</summary>
    public bool Post(SessionWork work)
    {
        if (!TryAdd(work, out bool isIdle))
        {
            return false;
        }

        if (isIdle)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    /// <summary>Does the work on this thread if the actor is idle, and a little of what else there is.</summary>
    public bool PostAndWork(SessionWork work)
    {
        if (!TryAdd(work, out bool isIdle))
        {
            return false;
        }

        if (isIdle)
        {
            if (Volatile.Read(ref s_ownContext) is { } context)
            {
                ExecutionContext.Run(context, static mailbox => ((Mailbox)mailbox!).Work(), this);
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        return true;
    }

    /// <summary>Takes one last piece of work, and after it only the timer's, by which what is being closed ends in time.</summary>
    public void Close(SessionWork last)
    {
        Post(last);
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (s_ownContext is null)
        {
            Volatile.Write(ref s_ownContext, ExecutionContext.Capture());
        }

        Work();
    }

    private bool TryAdd(SessionWork work, out bool isIdle)
    {
        lock (_lock)
        {
            isIdle = !_isWorking;
            if (_isClosed && work is not SessionWork.Tick)
            {
                return false;
            }

            _isWorking = true;
            _work.Enqueue(work);
            return true;
        }
    }

    private void Work()
    {
        for (int done = 0; ; done++)
        {
            if (done == MaxWorkPerTurn)
            {
                // Others' work is not this thread's for ever.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            SessionWork? work;
            lock (_lock)
            {
                _work.TryDequeue(out work);
            }

            if (work is not null)
            {
                owner.Do(work);
                continue;
            }

            owner.Rest();
            lock (_lock)
            {
                // Whoever has posted something meanwhile has found the actor at work.
                if (_work.Count == 0)
                {
                    _isWorking = false;
                    return;
                }
            }
        }
    }
}

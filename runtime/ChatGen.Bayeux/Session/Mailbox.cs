using System.Collections.Concurrent;

namespace ChatGen.Bayeux.Session;

/// <summary>Work for an actor, which is done one piece after the other by whoever finds the actor idle.</summary>
/// <remarks>Thread-safe. Between pieces of work nothing waits, so an idle actor costs no thread and no task.</remarks>
/// <param name="act">Does one piece; must not throw.</param>
/// <param name="rest">Called when there is nothing more to do for the moment; must not throw.</param>
internal sealed class Mailbox(Action<SessionWork> act, Action rest) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<SessionWork> _work = new();
    private int _isWorking;
    private volatile bool _isClosed;

    /// <summary>Leaves work to a thread of the pool; <see langword="false"/> if no more is taken.</summary>
    public bool Post(SessionWork work)
    {
        if (!TryAdd(work))
        {
            return false;
        }

        if (Interlocked.Exchange(ref _isWorking, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    /// <summary>Does the work on this thread if the actor is idle, and what else there is. Not for threads of the user's.</summary>
    public bool PostAndWork(SessionWork work)
    {
        if (!TryAdd(work))
        {
            return false;
        }

        if (Interlocked.Exchange(ref _isWorking, 1) == 0)
        {
            Work();
        }

        return true;
    }

    /// <summary>Takes one last piece of work.</summary>
    public void Close(SessionWork last)
    {
        Post(last);
        _isClosed = true;
    }

    void IThreadPoolWorkItem.Execute() => Work();

    private bool TryAdd(SessionWork work)
    {
        if (_isClosed)
        {
            return false;
        }

        _work.Enqueue(work);
        return true;
    }

    private void Work()
    {
        do
        {
            while (_work.TryDequeue(out SessionWork? work))
            {
                act(work);
            }

            rest();
            Volatile.Write(ref _isWorking, 0);

            // Something may have come between the last look and this; whoever posted it then found the actor at work.
        }
        while (!_work.IsEmpty && Interlocked.Exchange(ref _isWorking, 1) == 0);
    }
}

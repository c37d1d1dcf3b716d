using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ChatGen;

/// <summary>The memorised events of a session, in order. Readers keep their own place in it, so that each gets everything at its own pace.</summary>
/// <remarks>Thread-safe. Nobody is called while the lock is held; who appends calls <see cref="Wake"/> afterwards, outside locks of its own.</remarks>
internal sealed class ChatEventLog
{
    private readonly Lock _gate = new();
    private readonly List<ChatEvent> _events = [];
    private ImmutableArray<ChatEventSubscription> _subscriptions = [];
    private TaskCompletionSource? _more;
    private bool _completed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    public void Append(ChatEvent chatEvent)
    {
        lock (_gate)
        {
            _events.Add(chatEvent);
        }
    }

    /// <summary>Nothing is appended any more.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
        }
    }

    /// <summary>Lets readers see what was appended.</summary>
    public void Wake()
    {
        TaskCompletionSource? more;
        ImmutableArray<ChatEventSubscription> subscriptions;
        lock (_gate)
        {
            more = _more;
            _more = null;
            subscriptions = _subscriptions;
        }

        more?.TrySetResult();
        foreach (ChatEventSubscription subscription in subscriptions)
        {
            subscription.Wake();
        }
    }

    public bool TryRead(int position, [NotNullWhen(true)] out ChatEvent? chatEvent)
    {
        lock (_gate)
        {
            chatEvent = position < _events.Count ? _events[position] : null;
            return chatEvent is not null;
        }
    }

    /// <summary>Waits until there is an event at a position; <see langword="false"/> if there will never be one.</summary>
    public async Task<bool> WaitAsync(int position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (position < _events.Count)
                {
                    return true;
                }

                if (_completed)
                {
                    return false;
                }

                _more ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Add(ChatEventSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = _subscriptions.Add(subscription);
        }

        subscription.Wake();
    }

    public void Remove(ChatEventSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = _subscriptions.Remove(subscription);
        }
    }
}

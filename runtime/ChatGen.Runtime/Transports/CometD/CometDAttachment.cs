namespace ChatGen;

/// <summary>Which chat session the connection carries, and whether the backend knows that by now.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CometDAttachment(CometDMapping mapping)
{
    private readonly Lock _gate = new();
    private string? _sessionId;
    private ChatCommand? _restore;
    private CometDBayeuxSession? _attachedTo;
    private bool _closed;

    // Incomplete while requests would reach a backend that does not know yet which session this connection belongs to.
    private TaskCompletionSource _attached = CreateAttached(isCompleted: true);

    /// <summary>Identifies the chat session; <see langword="null"/> before there is one.</summary>
    public string? SessionId
    {
        get
        {
            lock (_gate)
            {
                return _sessionId;
            }
        }
    }

    /// <summary>Attaches another connection to the session; <see langword="null"/> if the mapping has no operation for it.</summary>
    public ChatCommand? Restore
    {
        get
        {
            lock (_gate)
            {
                return _restore;
            }
        }
    }

    /// <summary>Remembers a session that was started or restored.</summary>
    /// <param name="sessionId">Identifies it.</param>
    /// <param name="restore">The operation that it was restored by; <see langword="null"/> if it was started.</param>
    /// <param name="bayeuxSession">What it is attached to.</param>
    public void Begin(string sessionId, ChatCommand? restore, CometDBayeuxSession bayeuxSession)
    {
        lock (_gate)
        {
            _sessionId = sessionId;
            _restore = restore ?? RestoreAfterStart();
            _attachedTo = bayeuxSession;
        }
    }

    /// <summary>Whether the chat session is attached to this Bayeux session.</summary>
    public bool IsTo(CometDBayeuxSession bayeuxSession)
    {
        lock (_gate)
        {
            return _attachedTo == bayeuxSession;
        }
    }

    /// <summary>The chat session is attached to another Bayeux session.</summary>
    public void MoveTo(CometDBayeuxSession bayeuxSession)
    {
        lock (_gate)
        {
            _attachedTo = bayeuxSession;
        }
    }

    /// <summary>Makes requests wait.</summary>
    public void Suspend()
    {
        lock (_gate)
        {
            if (_attached.Task.IsCompleted)
            {
                _attached = CreateAttached(isCompleted: _closed);
            }
        }
    }

    /// <summary>Lets requests go.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _attached.TrySetResult();
        }
    }

    /// <summary>Lets requests go for ever.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _attached.TrySetResult();
        }
    }

    /// <summary>Waits until requests may go.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public Task WaitAsync(TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Task attached;
        lock (_gate)
        {
            attached = _attached.Task;
        }

        return attached.WaitAsync(timeout, timeProvider, cancellationToken);
    }

    private static TaskCompletionSource CreateAttached(bool isCompleted)
    {
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isCompleted)
        {
            attached.TrySetResult();
        }

        return attached;
    }

    private ChatCommand? RestoreAfterStart() => mapping.RestoreOperation is { } name && mapping.Operations.ContainsKey(name)
        ? new ChatCommandDefinition<ChatNone, ChatNone>(name, null, null).With(null)
        : null;
}

namespace ChatGen;

/// <summary>Keeps a session's state in memory, without expiry: for tests, and for programs in which one session follows another within one process.</summary>
/// <remarks>Thread-safe. Give the same instance to start and restore.</remarks>
public sealed class MemoryChatStateStorage : IChatStateStorage
{
    private volatile ChatSessionState? _state;

    /// <inheritdoc/>
    public ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_state);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        _state = state;
        return ValueTask.CompletedTask;
    }
}

using System.Collections.Concurrent;

namespace ChatGen.Specification.Tests.Doubles;

/// <summary>A storage of the user's own that remembers what was written.</summary>
internal sealed class RecordingStorage : IChatStateStorage
{
    private readonly ConcurrentQueue<ChatSessionState?> _writes = new();
    private readonly TaskCompletionSource _cleared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was written, in order; <see langword="null"/> where all state had to be cleared.</summary>
    public IReadOnlyList<ChatSessionState?> Writes => [.. _writes];

    public int Reads { get; private set; }

    /// <summary>Done once <see langword="null"/> has been written.</summary>
    public Task Cleared => _cleared.Task.InTime();

    public ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        return ValueTask.FromResult(_writes.LastOrDefault());
    }

    public ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        _writes.Enqueue(state);
        if (state is null)
        {
            _cleared.TrySetResult();
        }

        return ValueTask.CompletedTask;
    }
}

namespace ChatGen.Tests;

/// <summary>A storage of the user's own that remembers what was written.</summary>
public class RecordingStorage : IChatStateStorage
{
    private int _writing;

    public ChatSessionState? Stored { get; set; }

    /// <summary>What was written, in order.</summary>
    public Recorder<ChatSessionState?> Writes { get; } = new();

    /// <summary>Called within a write, before it is recorded.</summary>
    public Func<ChatSessionState?, Task> OnWrite { get; set; } = _ => Task.CompletedTask;

    public Func<Task>? OnRead { get; set; }

    public int Reads { get; private set; }

    /// <summary>Whether a write began before another had ended.</summary>
    public bool Overlapped { get; private set; }

    public async ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        if (OnRead is not null)
        {
            await OnRead();
        }

        return Stored;
    }

    public async ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        Overlapped |= Interlocked.Increment(ref _writing) > 1;
        try
        {
            await OnWrite(state);
            Stored = state;
            Writes.Add(state);
        }
        finally
        {
            Interlocked.Decrement(ref _writing);
        }
    }
}

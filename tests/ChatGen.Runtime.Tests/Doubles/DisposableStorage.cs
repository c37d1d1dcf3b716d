namespace ChatGen.Tests;

/// <summary>A storage that is disposed when its session is let go of.</summary>
public sealed class DisposableStorage : RecordingStorage, IAsyncDisposable
{
    /// <summary>What was stored whenever it was disposed.</summary>
    public List<ChatSessionState?> Disposals { get; } = [];

    public Exception? FailureOfDispose { get; set; }

    public ValueTask DisposeAsync()
    {
        Disposals.Add(Stored);
        return FailureOfDispose is null ? ValueTask.CompletedTask : ValueTask.FromException(FailureOfDispose);
    }
}

namespace ChatGen;

/// <summary>A request that waits for its answer.</summary>
internal sealed class CometDCall(ChatCommand command)
{
    private readonly TaskCompletionSource<object?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChatCommand Command { get; } = command;

    public Task<object?> Answer => _answer.Task;

    public void Complete(object? result) => _answer.TrySetResult(result);

    public void Fail(Exception exception)
    {
        _answer.TrySetException(exception);

        // Whoever waited may have stopped; then it is nobody's unobserved exception.
        _ = _answer.Task.Exception;
    }
}

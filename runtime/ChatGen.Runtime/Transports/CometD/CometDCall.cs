namespace ChatGen;

/// <summary>A request that waits for its answer.</summary>
internal sealed class CometDCall(ChatCommand command)
{
    private readonly TaskCompletionSource<CometDAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChatCommand Command { get; } = command;

    public Task<CometDAnswer> Answer => _answer.Task;

    public void Complete(CometDAnswer answer) => _answer.TrySetResult(answer);

    public void Fail(Exception exception)
    {
        _answer.TrySetException(exception);

        // Whoever waited may have stopped; then it is nobody's unobserved exception.
        _ = _answer.Task.Exception;
    }
}

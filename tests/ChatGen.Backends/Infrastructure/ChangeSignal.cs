namespace ChatGen.Backends.Infrastructure;

/// <summary>Tells waiters that something has changed, so that they look again.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = Create();

    public void Raise() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    public async Task WaitUntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look, or a change in between were missed.
            Task next = Volatile.Read(ref _next).Task;
            if (isSo())
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

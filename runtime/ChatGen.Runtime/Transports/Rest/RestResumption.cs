namespace ChatGen;

/// <summary>Brings a session back that the backend has put elsewhere or whose admission has run out. One attempt at a time; commands wait for it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RestResumption(Func<CancellationToken, Task<ChatException?>> resume, IChatTransportHost host, CancellationToken stop)
{
    private readonly Lock _gate = new();
    private Task<ChatException?> _attempt = Task.FromResult<ChatException?>(null);

    /// <summary>Waits for an attempt that is under way.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await Attempt().WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Begins an attempt unless one is under way.</summary>
    /// <returns>What went wrong; <see langword="null"/> if nothing did.</returns>
    public Task<ChatException?> Start()
    {
        lock (_gate)
        {
            if (_attempt.IsCompleted)
            {
                _attempt = Task.Run(RunAsync, CancellationToken.None);
            }

            return _attempt;
        }
    }

    private Task<ChatException?> Attempt()
    {
        lock (_gate)
        {
            return _attempt;
        }
    }

    private async Task<ChatException?> RunAsync()
    {
        try
        {
            ChatException? error = await resume(stop).ConfigureAwait(false);
            if (error is { Recovery: ChatRecovery.Ended })
            {
                host.OnError(error);
            }

            return error;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return host.Protocol.LibraryError("The REST transport is closed.");
        }
    }
}

namespace ChatGen.Testing.Connections;

/// <summary>Lets bytes pass on all connections, or none on any.</summary>
internal sealed class Passage
{
    private readonly Lock _lock = new();
    private readonly HashSet<Block> _blocks = [];
    private TaskCompletionSource? _reopening;

    public bool IsOpen => Volatile.Read(ref _reopening) is null;

    /// <summary>Lets nothing pass until this and all other blocks are lifted.</summary>
    public IDisposable Close()
    {
        Block block = new(this);
        lock (_lock)
        {
            _blocks.Add(block);
            _reopening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return block;
    }

    /// <summary>Waits until bytes may pass, or until it does not matter any more.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _reopening) is { } reopening)
        {
            await reopening.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Open()
    {
        Block[] blocks;
        lock (_lock)
        {
            blocks = [.. _blocks];
        }

        foreach (Block block in blocks)
        {
            block.Dispose();
        }
    }

    private void Lift(Block block)
    {
        TaskCompletionSource? reopening = null;
        lock (_lock)
        {
            if (_blocks.Remove(block) && _blocks.Count == 0)
            {
                reopening = _reopening;
                _reopening = null;
            }
        }

        reopening?.SetResult();
    }

    private sealed class Block(Passage passage) : IDisposable
    {
        public void Dispose() => passage.Lift(this);
    }
}

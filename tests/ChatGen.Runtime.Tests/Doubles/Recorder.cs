namespace ChatGen.Tests;

/// <summary>Collects what happens and lets a test wait for it.</summary>
public sealed class Recorder<T>
{
    private static readonly TimeSpan s_failure = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _items];
            }
        }
    }

    public void Add(T item)
    {
        TaskCompletionSource more;
        lock (_gate)
        {
            _items.Add(item);
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    /// <summary>Waits until so many items are there and returns all.</summary>
    public Task<IReadOnlyList<T>> CountAsync(int count) => UntilAsync(items => items.Count >= count);

    /// <summary>Waits until the last item is as it should be and returns all.</summary>
    public Task<IReadOnlyList<T>> LastAsync(Func<T, bool> isIt) => UntilAsync(items => items.Count > 0 && isIt(items[^1]));

    public async Task<IReadOnlyList<T>> UntilAsync(Func<IReadOnlyList<T>, bool> isIt)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (isIt(_items))
                {
                    return [.. _items];
                }

                more = _more.Task;
            }

            await more.WaitAsync(s_failure, TestContext.Current.CancellationToken);
        }
    }
}

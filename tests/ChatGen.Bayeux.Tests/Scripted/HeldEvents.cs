using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>Events for the one client, and the long poll that waits for them.</summary>
internal sealed class HeldEvents
{
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _events = [];
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _held;
    private int _maxHeld;

    /// <summary>The most polls that were held at the same time.</summary>
    public int MaxHeld => _maxHeld;

    public void Add(IEnumerable<JsonObject> messages)
    {
        lock (_lock)
        {
            _events.AddRange(messages);
            _wake.TrySetResult();
        }
    }

    /// <summary>Holds a meta connect until there are events, and answers it with them.</summary>
    public async Task<List<JsonObject>> HoldAsync(ServerMessage message, CancellationToken gone)
    {
        using IDisposable entered = Enter();
        while (true)
        {
            Task wake;
            lock (_lock)
            {
                if (_events.Count > 0)
                {
                    List<JsonObject> result = [.. _events, message.Ok()];
                    _events.Clear();
                    _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return result;
                }

                wake = _wake.Task;
            }

            await wake.WaitAsync(gone);
        }
    }

    /// <summary>Counts a poll as held until it is disposed of.</summary>
    public IDisposable Enter()
    {
        int held = Interlocked.Increment(ref _held);
        int max;
        while (held > (max = _maxHeld) && Interlocked.CompareExchange(ref _maxHeld, held, max) != max)
        {
        }

        return new Poll(this);
    }

    private sealed class Poll(HeldEvents owner) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref owner._held);
    }
}

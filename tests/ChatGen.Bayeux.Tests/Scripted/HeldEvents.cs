using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>Events for the one client, and the long poll that waits for them.</summary>
internal sealed class HeldEvents
{
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _events = [];
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _polls = new();
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

    /// <summary>Gives up the poll that a client has left behind, before it could take events that the client's next one is to get.</summary>
    public void Supersede(ServerMessage message)
    {
        if (message.ClientId is { } client && _polls.TryRemove(client, out CancellationTokenSource? poll))
        {
            poll.Cancel();
        }
    }

    /// <summary>Holds a meta connect until there are events, and answers it with them.</summary>
    public async Task<List<JsonObject>> HoldAsync(ServerMessage message, CancellationToken gone)
    {
        using IDisposable entered = Enter();
        using var superseded = CancellationTokenSource.CreateLinkedTokenSource(gone);
        _polls[message.ClientId!] = superseded;
        try
        {
            while (true)
            {
                Task wake;
                lock (_lock)
                {
                    superseded.Token.ThrowIfCancellationRequested();
                    if (_events.Count > 0)
                    {
                        return [.. Take(), message.Ok()];
                    }

                    wake = _wake.Task;
                }

                await wake.WaitAsync(superseded.Token);
            }
        }
        finally
        {
            _polls.TryRemove(KeyValuePair.Create(message.ClientId!, superseded));
        }
    }

    /// <summary>The events that wait, if any.</summary>
    public JsonObject[] Take()
    {
        lock (_lock)
        {
            JsonObject[] result = [.. _events];
            _events.Clear();
            _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return result;
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

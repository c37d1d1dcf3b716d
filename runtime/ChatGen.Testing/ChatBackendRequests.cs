namespace ChatGen.Testing;

/// <summary>What a <see cref="ChatBackend"/> was asked, how often, and over what: shows, for example, that a client told to do without WebSockets does.</summary>
/// <remarks>Thread-safe. The numbers only rise.</remarks>
public sealed class ChatBackendRequests
{
    private const int MaxRecorded = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<ChatBackendRequest> _recorded = new();
    private readonly List<(Func<ChatBackendRequest, bool> Condition, TaskCompletionSource<ChatBackendRequest> Completion)> _waiters = [];
    private int _webSocketUpgrades;
    private int _refusedWebSocketUpgrades;
    private int _longPollingRequests;
    private int _restRequests;
    private int _handshakes;

    internal ChatBackendRequests()
    {
    }

    /// <summary>WebSocket connections that were accepted.</summary>
    public int WebSocketUpgrades => Volatile.Read(ref _webSocketUpgrades);

    /// <summary>WebSocket connections that were refused with an HTTP status: since <see cref="ChatBackendOptions.AllowWebSockets"/> is <see langword="false"/>, or on purpose.</summary>
    public int RefusedWebSocketUpgrades => Volatile.Read(ref _refusedWebSocketUpgrades);

    /// <summary>HTTP requests to the CometD backend, without those that were dropped on purpose.</summary>
    public int LongPollingRequests => Volatile.Read(ref _longPollingRequests);

    /// <summary>HTTP requests to the REST interface, without those that were dropped on purpose.</summary>
    public int RestRequests => Volatile.Read(ref _restRequests);

    /// <summary>Successful Bayeux handshakes over either transport.</summary>
    public int Handshakes => Volatile.Read(ref _handshakes);

    /// <summary>The last 10,000 requests, oldest first, also those that faults befell. Each read gives a snapshot.</summary>
    public IReadOnlyList<ChatBackendRequest> Recorded
    {
        get
        {
            lock (_lock)
            {
                return [.. _recorded];
            }
        }
    }

    /// <summary>Waits for the next request that a test expects, for example <c>request => request.IsHandshake</c>.</summary>
    /// <param name="condition">Looks at each request that comes from now on, on the backend's threads.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ChatBackendRequest> WaitForNextAsync(Func<ChatBackendRequest, bool> condition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        TaskCompletionSource<ChatBackendRequest> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiters.Add((condition, completion));
        }

        try
        {
            return await completion.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.RemoveAll(waiter => waiter.Completion == completion);
            }
        }
    }

    internal void Record(ChatBackendRequest request)
    {
        (Func<ChatBackendRequest, bool> Condition, TaskCompletionSource<ChatBackendRequest> Completion)[] waiters;
        lock (_lock)
        {
            if (_recorded.Count == MaxRecorded)
            {
                _recorded.Dequeue();
            }

            _recorded.Enqueue(request);
            waiters = [.. _waiters];
        }

        foreach ((Func<ChatBackendRequest, bool> condition, TaskCompletionSource<ChatBackendRequest> completion) in waiters)
        {
            try
            {
                if (condition(request))
                {
                    completion.TrySetResult(request);
                }
            }
#pragma warning disable CA1031 // The condition is the test's: what it throws belongs to the one who waits, not to the client whose request it is.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                completion.TrySetException(exception);
            }
        }
    }

    internal void CountWebSocketUpgrade() => Interlocked.Increment(ref _webSocketUpgrades);

    internal void CountRefusedWebSocketUpgrade() => Interlocked.Increment(ref _refusedWebSocketUpgrades);

    internal void CountLongPollingRequest() => Interlocked.Increment(ref _longPollingRequests);

    internal void CountRestRequest() => Interlocked.Increment(ref _restRequests);

    internal void CountHandshake() => Interlocked.Increment(ref _handshakes);
}

using ChatGen.Ownership;

namespace ChatGen.Farm.Simulation;

/// <summary>The store as one node reaches it.</summary>
internal sealed class StoreLink(MemoryStore store, Timeline timeline, NodeClock clock, Network network, Random random) : IOwnershipStore
{
    /// <summary>How often each operation has been asked for.</summary>
    public Dictionary<string, long> Operations { get; } = new(StringComparer.Ordinal);

    public Task<string> RegisterAsync(string owner, TimeSpan lease) => Ask("register", () => store.Register(owner, lease));

    public Task<RenewalAnswer> RenewAsync(string epoch, string owner, TimeSpan lease) => Ask("renew", () => store.Renew(epoch, owner, lease));

    public Task UnregisterAsync(string owner, TimeSpan lease) => Ask("unregister", () => store.Unregister(owner));

    public Task<ClaimAnswer> ClaimAsync(string epoch, string owner, string key, TimeSpan lease, TimeSpan entryLifetime) => Ask("claim", () => store.Claim(epoch, owner, key, entryLifetime));

    public Task<IReadOnlyList<bool>?> RebindAsync(string epoch, string previous, string owner, IReadOnlyList<OwnedSession> entries, bool evenIfForgotten, TimeSpan lease, TimeSpan entryLifetime) =>
        Ask("rebind", () => store.Rebind(epoch, previous, owner, entries, evenIfForgotten, entryLifetime));

    public Task ReleaseAsync(string owner, OwnedSession session) => Ask("release", () => store.Release(owner, session));

    public Task<IAsyncDisposable> ListenAsync(string node, Action hint) => Ask<IAsyncDisposable>("listen", () =>
    {
        store.Listen(node, () =>
        {
            if (!network.IsPartitioned)
            {
                timeline.In(Delay(), () => clock.Do(hint));
            }
        });
        return new Hints(store, node);
    });

    private Task<T> Ask<T>(string operation, Func<T> work)
    {
        Operations[operation] = Operations.GetValueOrDefault(operation) + 1;
        var answer = new TaskCompletionSource<T>();
        if (network.IsPartitioned || random.NextDouble() < network.LostRequests)
        {
            if (random.Next(2) == 0)
            {
                timeline.In(Delay(), () => clock.Do(() => answer.TrySetException(new OwnershipStoreException())));
            }

            return answer.Task;
        }

        // A request that has been sent arrives, even if its sender is stopped or killed meanwhile.
        timeline.In(Delay(), () =>
        {
            T result = work();
            if (!network.IsPartitioned && random.NextDouble() >= network.LostAnswers)
            {
                timeline.In(Delay(), () => clock.Do(() => answer.TrySetResult(result)));
            }
        });
        return answer.Task;
    }

    private TimeSpan Delay() => random.NextDouble() < network.Late
        ? network.LongestLateness * random.NextDouble()
        : network.ShortestDelay + ((network.LongestDelay - network.ShortestDelay) * random.NextDouble());

    private sealed class Hints(MemoryStore store, string node) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            store.Unlisten(node);
            return ValueTask.CompletedTask;
        }
    }
}

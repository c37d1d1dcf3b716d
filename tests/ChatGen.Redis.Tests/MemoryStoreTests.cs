using ChatGen.Farm.Simulation;
using ChatGen.Ownership;

namespace ChatGen.Redis.Tests;

public sealed class MemoryStoreTests : OwnershipStoreRules
{
    private readonly Timeline _timeline = new();
    private readonly MemoryStore _store;

    public MemoryStoreTests()
    {
        _store = new MemoryStore(() => TimeSpan.FromDays(1) + _timeline.Elapsed, Lease);
        Store = new ImmediateLink(_store);
    }

    private protected override IOwnershipStore Store { get; }

    private protected override Task PassAsync(TimeSpan time)
    {
        _timeline.Run(time);
        return Task.CompletedTask;
    }

    private protected override Task RestartAsync()
    {
        _store.Restart(null);
        return Task.CompletedTask;
    }

    /// <summary>The store without a network before it.</summary>
    private sealed class ImmediateLink(MemoryStore store) : IOwnershipStore
    {
        public Task<string> RegisterAsync(string owner, TimeSpan lease) => Task.FromResult(store.Register(owner, lease));

        public Task<RenewalAnswer> RenewAsync(string epoch, string owner, TimeSpan lease) => Task.FromResult(store.Renew(epoch, owner, lease));

        public Task UnregisterAsync(string owner, TimeSpan lease) => Task.FromResult(store.Unregister(owner));

        public Task<ClaimAnswer> ClaimAsync(string epoch, string owner, string key, TimeSpan lease, TimeSpan entryLifetime) => Task.FromResult(store.Claim(epoch, owner, key, entryLifetime));

        public Task<IReadOnlyList<bool>?> RebindAsync(string epoch, string previous, string owner, IReadOnlyList<OwnedSession> entries, bool evenIfForgotten, TimeSpan lease, TimeSpan entryLifetime) =>
            Task.FromResult(store.Rebind(epoch, previous, owner, entries, evenIfForgotten, entryLifetime));

        public Task ReleaseAsync(string owner, OwnedSession session) => Task.FromResult(store.Release(owner, session));

        public Task<IAsyncDisposable> ListenAsync(string node, Action hint)
        {
            store.Listen(node, hint);
            return Task.FromResult<IAsyncDisposable>(new Hints(store, node));
        }

        private sealed class Hints(MemoryStore store, string node) : IAsyncDisposable
        {
            public ValueTask DisposeAsync()
            {
                store.Unlisten(node);
                return ValueTask.CompletedTask;
            }
        }
    }
}

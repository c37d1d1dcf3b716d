using System.Security.Cryptography;
using ChatGen.Ownership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ChatGen;

/// <summary>Ownership that the nodes of a farm agree on over Redis. <c>AddChatRedisOwnership</c> adds it.</summary>
/// <remarks>
/// Thread-safe. No two nodes hold one session at once, as long as the clocks of nodes and Redis run at about the same rate, Redis' clock is not set forward by more than a tenth of a lease, and Redis evicts nothing
/// (<c>maxmemory-policy noeviction</c>). A restart of Redis, with or without its data, and a replica that takes its place do not break this: Redis grants nothing for the time of a lease then, while those who hold sessions claim them again.
/// </remarks>
internal sealed class RedisChatOwnership : IChatOwnership, IHostedService, IAsyncDisposable
{
    private readonly NodeOwnership _node;

    /// <exception cref="InvalidOperationException">An option is out of its bounds.</exception>
    public RedisChatOwnership(IConnectionMultiplexer connection, ChatRedisOwnershipOptions options, TimeProvider timeProvider, ILogger<RedisChatOwnership> logger)
    {
        options.ThrowIfInvalid();
        string node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _node = new NodeOwnership(new RedisOwnershipStore(connection, options.KeyPrefix), OwnershipTiming.From(options), timeProvider, logger, new Random(), node, static source => source.CancelAsync());
    }

    /// <summary>Whether the node can hold sessions now.</summary>
    public bool HasLease => _node.HasLease;

    /// <summary>How many sessions the node holds.</summary>
    public int Held => _node.Held;

    /// <inheritdoc/>
    public ValueTask<IChatClaim?> ClaimAsync(string key, CancellationToken cancellationToken) => _node.ClaimAsync(key, cancellationToken);

    /// <summary>Begins the lease before the first visitor comes.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _node.Start();
        return Task.CompletedTask;
    }

    /// <summary>Does nothing: what is held is let go of by the gateway, and the lease at disposal.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _node.DisposeAsync();
}

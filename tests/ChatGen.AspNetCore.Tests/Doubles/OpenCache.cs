using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace ChatGen.AspNetCore.Tests;

/// <summary>A cache that tests look into, and in which nothing expires.</summary>
internal sealed class OpenCache : IDistributedCache
{
    private int _writes;

    public ConcurrentDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    public DistributedCacheEntryOptions? LastOptions { get; private set; }

    /// <summary>Whether it is down: everything throws.</summary>
    public bool IsDown { get; set; }

    public int Writes => Volatile.Read(ref _writes);

    public byte[]? Get(string key) => IsDown ? throw Down() : Entries.GetValueOrDefault(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        if (IsDown)
        {
            throw Down();
        }

        Entries[key] = value;
        LastOptions = options;
        Interlocked.Increment(ref _writes);
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Set(key, value, options);
        return Task.CompletedTask;
    }

    public void Remove(string key) => _ = IsDown ? throw Down() : Entries.TryRemove(key, out _);

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    private static IOException Down() => new("The cache is down.");
}

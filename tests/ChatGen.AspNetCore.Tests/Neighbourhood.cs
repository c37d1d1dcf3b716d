using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace ChatGen.AspNetCore.Tests;

/// <summary>What the servers of a farm share.</summary>
internal sealed class Neighbourhood(TimeProvider? timeProvider = null)
{
    public IDataProtectionProvider Protection { get; } = new EphemeralDataProtectionProvider();

    public IDistributedCache Cache { get; } = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));

    public InProcessChatOwnership Ownership { get; } = new(TimeSpan.FromSeconds(10), timeProvider);
}

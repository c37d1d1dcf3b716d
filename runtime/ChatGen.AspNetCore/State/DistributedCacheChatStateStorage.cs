using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Caching.Distributed;

namespace ChatGen;

/// <summary>
/// Keeps a session's state in a distributed cache, where every node of a farm finds it: under a hash of the visitor's key, protected by Data Protection, and gone when the maximum offline duration has
/// passed, which is checked by what the entry itself holds too. The client writes again and again while the session lives.
/// </summary>
/// <remarks>
/// Thread-safe. One instance serves one session of one visitor. Whoever can read the cache learns neither the visitor's key nor the session; whoever can write it can only take states away.
/// <example>
/// <code>
/// var storage = new DistributedCacheChatStateStorage(cache, protection, visitorKey, TimeSpan.FromMinutes(10));
/// ChatSession session = await chat.StartSessionAsync(new StartSessionOptions { ServerUrl = url, StateStorage = storage });
/// </code>
/// </example>
/// </remarks>
public sealed class DistributedCacheChatStateStorage : IExpiringChatStateStorage
{
    private readonly IDistributedCache _cache;
    private readonly ProtectedChatState _protected;
    private readonly TimeSpan _maxOfflineDuration;
    private readonly string _key;

    /// <summary>Makes a storage. Nothing is read or written yet.</summary>
    /// <param name="cache">Where to.</param>
    /// <param name="protection">Protects the entry; on a farm, all nodes need the same keys.</param>
    /// <param name="visitorKey">What the visitor alone has, such as a random cookie; not empty. The cache gets a hash of it.</param>
    /// <param name="maxOfflineDuration">How long the state is kept after it was last written; zero: nothing is kept. Specification: option <c>maxOfflineDuration</c>.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum offline duration is negative.</exception>
    public DistributedCacheChatStateStorage(
        IDistributedCache cache, IDataProtectionProvider protection, string visitorKey, TimeSpan maxOfflineDuration, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(protection);
        ArgumentException.ThrowIfNullOrEmpty(visitorKey);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxOfflineDuration, TimeSpan.Zero);
        string hash = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes("chatgen-state:" + visitorKey)));
        _cache = cache;
        _key = "chatgen:state:" + hash;
        _maxOfflineDuration = maxOfflineDuration;
        _protected = new ProtectedChatState(protection, "cache", hash, maxOfflineDuration, timeProvider ?? TimeProvider.System);
    }

    /// <summary>A quarter of the time until the state expires, at least 100 ms and at most a day; <see cref="Timeout.InfiniteTimeSpan"/> if nothing is kept at all.</summary>
    public TimeSpan RenewalInterval => IExpiringChatStateStorage.RenewalIntervalOf(_maxOfflineDuration);

    /// <summary>Reads what was written last.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state; <see langword="null"/> if there is none, if it has expired, or if the entry was made by somebody else.</returns>
    public async ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken) =>
        await _cache.GetAsync(_key, cancellationToken).ConfigureAwait(false) is { } entry ? _protected.Unprotect(entry) : null;

    /// <summary>Stores a state in place of what was stored before; its life begins anew.</summary>
    /// <param name="state">The state; <see langword="null"/> removes the entry.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        if (state is null || _maxOfflineDuration == TimeSpan.Zero)
        {
            await _cache.RemoveAsync(_key, cancellationToken).ConfigureAwait(false);
            return;
        }

        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = _maxOfflineDuration };
        await _cache.SetAsync(_key, _protected.Protect(state), options, cancellationToken).ConfigureAwait(false);
    }
}

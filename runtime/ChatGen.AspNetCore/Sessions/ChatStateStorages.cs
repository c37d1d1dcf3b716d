using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;

namespace ChatGen;

/// <summary>Makes the storage of a visitor's state, where the options say.</summary>
internal sealed class ChatStateStorages(IDataProtectionProvider protection, IDistributedCache? cache, ChatGatewayOptions options, TimeProvider timeProvider)
{
    /// <summary>The storage of a visitor.</summary>
    /// <param name="visitor">The visitor, whose request is attached if the state is kept in a cookie.</param>
    /// <param name="maxOfflineDuration">What the options of the session say.</param>
    public (IChatStateStorage Storage, CookieChatStateStorage? Cookie) Create(Visitor visitor, TimeSpan? maxOfflineDuration)
    {
        TimeSpan duration = options.MaxOfflineDuration ?? maxOfflineDuration ?? TimeSpan.FromSeconds(5);
        if (options.UseDistributedCache)
        {
            return (new DistributedCacheChatStateStorage(cache!, protection, visitor.Key, duration, timeProvider), null);
        }

        var cookieOptions = new CookieChatStateOptions { Name = options.CookieName + ".State", Path = visitor.CookiePath, MaxOfflineDuration = duration, Purpose = visitor.Key };
        var cookie = new CookieChatStateStorage(protection, cookieOptions, timeProvider);
        cookie.Attach(visitor.Context);
        return (cookie, cookie);
    }
}

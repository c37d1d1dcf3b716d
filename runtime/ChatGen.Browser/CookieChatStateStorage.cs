using System.Globalization;
using System.Runtime.Versioning;

namespace ChatGen;

/// <summary>
/// Keeps a session's state in a cookie. The cookie exists only while no page holds the session: the JavaScript module has the newest state, and writes it when the page goes
/// away or the session is let go of. Specification: the built-in storage and option <c>maxOfflineDuration</c>.
/// </summary>
/// <remarks>Serves one session.</remarks>
[SupportedOSPlatform("browser")]
internal sealed class CookieChatStateStorage : IChatStateStorage, IDisposable
{
    // RFC 6265, section 6.1: name and value together; browsers take no more.
    private const int MaxCookieLength = 4096;

    private static int s_owners;

    private readonly string _cookie;
    private readonly double _maxAge;
    private readonly int _owner = Interlocked.Increment(ref s_owners);

    /// <param name="cookie">Name of the tab's cookie.</param>
    /// <param name="maxOfflineDuration">How long it lives; zero: nothing is kept.</param>
    public CookieChatStateStorage(string cookie, TimeSpan maxOfflineDuration)
    {
        _cookie = cookie;
        _maxAge = Math.Ceiling(maxOfflineDuration.TotalSeconds);
    }

    /// <summary>Takes what the page before has left, for this session alone.</summary>
    public ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(ChatModule.Take(_cookie, _owner, _maxAge) is { } value ? ChatSessionState.FromJson(Uri.UnescapeDataString(value)) : null);

    /// <summary>Gives the state to the module, which replaces what was kept before.</summary>
    /// <exception cref="InvalidOperationException">The state is too long for a cookie. What was kept before is gone, since it is outdated.</exception>
    public ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        if (state is null || _maxAge == 0)
        {
            ChatModule.Clear(_cookie, _owner);
            return ValueTask.CompletedTask;
        }

        string value = Uri.EscapeDataString(state.ToJson());
        if (_cookie.Length + 1 + value.Length > MaxCookieLength)
        {
            ChatModule.Clear(_cookie, _owner);
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The session's state has {value.Length} bytes and does not fit into a cookie of {MaxCookieLength}, its name included. Give 'StateStorage' a storage with more room."));
        }

        ChatModule.Keep(_cookie, _owner, value, _maxAge);
        return ValueTask.CompletedTask;
    }

    /// <summary>Leaves what is kept to whoever comes next, be it in this page.</summary>
    public void Dispose() => ChatModule.Release(_cookie, _owner);
}

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatGen;

/// <summary>
/// Keeps a session's state in a cookie of the visitor's browser: protected by Data Protection, <c>HttpOnly</c>, <c>SameSite=Lax</c>, <c>Secure</c> on https, and gone when the maximum offline duration
/// has passed, which is checked by what the cookie itself holds too. Specification: the built-in storage and option <c>maxOfflineDuration</c>.
/// </summary>
/// <remarks>
/// <para>
/// A cookie can be written only with a response whose headers have not been sent. So what is written is kept here until the next response of a request that was attached, and goes with it. A state that changes while
/// only a stream of events is open therefore reaches the browser with the request after that, and if the process ends before, the browser has the state of the last response, which still names the session.
/// </para>
/// <para>Each response renews the life of the cookie while the session lives. Thread-safe. One instance serves one session of one visitor.</para>
/// <example>
/// <code>
/// var storage = new CookieChatStateStorage(protection, new CookieChatStateOptions { MaxOfflineDuration = TimeSpan.FromMinutes(10) });
/// storage.Attach(context); // for each request of the visitor, before its response begins
/// ChatSession? session = await chat.RestoreSessionAsync(new RestoreSessionOptions { StateStorage = storage });
/// </code>
/// </example>
/// </remarks>
public sealed class CookieChatStateStorage : IChatStateStorage
{
    // Browsers take 4,096 bytes for name, value and attributes.
    private const int MaxLength = 3_900;

    private readonly Lock _gate = new();
    private readonly CookieChatStateOptions _options;
    private readonly ProtectedChatState _protected;
    private string? _received;
    private ChatSessionState? _state;
    private bool _isKnown;

    /// <summary>Makes a storage. Nothing is read or written yet.</summary>
    /// <param name="protection">Protects the cookie; on a farm, all nodes need the same keys.</param>
    /// <param name="options">The cookie; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum offline duration is negative.</exception>
    public CookieChatStateStorage(IDataProtectionProvider protection, CookieChatStateOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(protection);
        _options = options ?? new CookieChatStateOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxOfflineDuration, TimeSpan.Zero, nameof(options));
        _protected = new ProtectedChatState(protection, "cookie", _options.Purpose, _options.MaxOfflineDuration, timeProvider ?? TimeProvider.System);
    }

    /// <summary>Takes the cookie of a request, and sends the newest state with its response.</summary>
    /// <param name="context">A request of the visitor whose response has not begun; of one that has, only the cookie is taken.</param>
    public void Attach(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        lock (_gate)
        {
            _received = context.Request.Cookies[_options.Name];
        }

        // Once for a request, however often it is attached.
        if (!context.Response.HasStarted && context.Items.TryAdd(this, null))
        {
            context.Response.OnStarting(Send, context);
        }
    }

    /// <summary>Reads the state that was written last; before anything was written, that of the cookie.</summary>
    /// <param name="cancellationToken">Not needed: nothing is waited for.</param>
    /// <returns>The state; <see langword="null"/> if there is none, if it has expired, or if the cookie was made by somebody else.</returns>
    public ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_isKnown ? _state : _received is { Length: > 0 and <= MaxLength } text ? Decode(text) : null);
        }
    }

    /// <summary>Keeps a state for the next response.</summary>
    /// <param name="state">The state; <see langword="null"/> deletes the cookie.</param>
    /// <param name="cancellationToken">Not needed: nothing is waited for.</param>
    /// <exception cref="InvalidOperationException">The state does not fit a cookie. What was written before stays.</exception>
    public ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        if (state is not null && _options.MaxOfflineDuration > TimeSpan.Zero && Encode(state).Length is > MaxLength and int length)
        {
            throw new InvalidOperationException($"The session's state takes {length} characters, and a cookie has room for {MaxLength}; keep it in a DistributedCacheChatStateStorage.");
        }

        lock (_gate)
        {
            _isKnown = true;
            _state = _options.MaxOfflineDuration > TimeSpan.Zero ? state : null;
        }

        return ValueTask.CompletedTask;
    }

    private Task Send(object argument)
    {
        var context = (HttpContext)argument;
        ChatSessionState? state;
        lock (_gate)
        {
            if (!_isKnown)
            {
                return Task.CompletedTask;
            }

            state = _state;
        }

        var cookie = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = _options.Path,
            IsEssential = true,
        };
        if (state is not null)
        {
            // Browsers count whole seconds; a state that has expired is refused by what it holds.
            cookie.MaxAge = TimeSpan.FromSeconds(Math.Ceiling(_options.MaxOfflineDuration.TotalSeconds));
            context.Response.Cookies.Append(_options.Name, Encode(state), cookie);
        }
        else if (context.Request.Cookies.ContainsKey(_options.Name))
        {
            context.Response.Cookies.Delete(_options.Name, cookie);
        }

        return Task.CompletedTask;
    }

    private string Encode(ChatSessionState state) => WebEncoders.Base64UrlEncode(_protected.Protect(state));

    private ChatSessionState? Decode(string text)
    {
        try
        {
            return _protected.Unprotect(WebEncoders.Base64UrlDecode(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

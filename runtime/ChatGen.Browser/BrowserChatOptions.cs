namespace ChatGen;

/// <summary>How a chat is kept in a browser while its page is away. Everything has a default.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BrowserChatOptions
{
    /// <summary>
    /// What the names of cookies and entries of <c>sessionStorage</c> begin with: letters, digits, <c>-</c> and <c>_</c>. A page with several clients needs one for each.
    /// Default: <c>chatgen</c>.
    /// </summary>
    public string CookieName { get; init; } = "chatgen";

    /// <summary>
    /// Path of the site below which the session can be restored, beginning with <c>/</c>; the cookie is sent to no server outside it. Default: <c>/</c>, the whole site.
    /// </summary>
    public string CookiePath { get; init; } = "/";

    /// <summary>
    /// Whether the conversation is kept in <c>sessionStorage</c>, where scripts of the same origin and the user of the tab can read it until the tab is closed, so that a
    /// restored session asks the backend only for what came after. Default: <see langword="true"/>.
    /// </summary>
    public bool KeepHistory { get; init; } = true;

    /// <summary>Address of the JavaScript module if it is served from elsewhere, absolute or relative to the page's base. Default: <c>_content/ChatGen.Browser/chatgen.js</c>.</summary>
    public Uri? ModuleUrl { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(CookieName);
        ArgumentNullException.ThrowIfNull(CookiePath);
        if (CookieName.Length is 0 or > 64 || !CookieName.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException("A cookie's name has 1 to 64 letters, digits, '-' and '_'.", nameof(CookieName));
        }

        if (!CookiePath.StartsWith('/') || CookiePath.Any(static c => c is ';' or <= ' ' or >= '\x7f'))
        {
            throw new ArgumentException("A cookie's path begins with '/' and has neither spaces nor ';'.", nameof(CookiePath));
        }
    }
}

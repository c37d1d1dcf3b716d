using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace ChatGen;

/// <summary>Lets a chat client run in a browser (WebAssembly), with or without Blazor: its sessions survive reloads and navigation within the site.</summary>
public static class BrowserChat
{
    /// <summary>
    /// Makes settings whose built-in state storage is a cookie, written when the page goes away, and whose history is kept in <c>sessionStorage</c>. Call it once
    /// when the application starts.
    /// <example>
    /// <code>
    /// ChatClientSettings settings = await BrowserChat.ConfigureAsync();
    /// builder.Services.AddSingleton(new ChatClient(settings));
    /// </code>
    /// </example>
    /// </summary>
    /// <param name="settings">What else is set; what it says of storages stays.</param>
    /// <param name="options">Names and places; the defaults if absent.</param>
    /// <param name="cancellationToken">Stops waiting for the JavaScript module.</param>
    /// <returns>The settings for <c>new ChatClient(…)</c>.</returns>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="PlatformNotSupportedException">This is no browser.</exception>
    /// <exception cref="InvalidOperationException">The JavaScript module of this package cannot be loaded: it is not served where it is looked for.</exception>
    public static Task<ChatClientSettings> ConfigureAsync(ChatClientSettings? settings = null, BrowserChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        settings ??= new ChatClientSettings();
        options ??= new BrowserChatOptions();
        options.Validate();
        return OperatingSystem.IsBrowser()
            ? ConfigureCoreAsync(settings, options, cancellationToken)
            : throw new PlatformNotSupportedException("BrowserChat is for WebAssembly in a browser; elsewhere the client's own settings are enough.");
    }

    [SupportedOSPlatform("browser")]
    private static async Task<ChatClientSettings> ConfigureCoreAsync(ChatClientSettings settings, BrowserChatOptions options, CancellationToken cancellationToken)
    {
        var url = new Uri(BaseAddress(), options.ModuleUrl ?? new Uri("_content/ChatGen.Browser/chatgen.js", UriKind.Relative));
        try
        {
            await JSHost.ImportAsync(ChatModule.Name, url.ToString(), cancellationToken).ConfigureAwait(false);
        }
        catch (JSException exception)
        {
            throw new InvalidOperationException($"The JavaScript module of ChatGen.Browser could not be loaded from {url}: {exception.Message}", exception);
        }

        string cookie = ChatModule.Open(options.CookieName, options.CookiePath);
        return settings with
        {
            CreateStateStorage = settings.CreateStateStorage ?? (maxOfflineDuration => new CookieChatStateStorage(cookie, maxOfflineDuration)),
            CreateHistoryStorage = settings.CreateHistoryStorage ?? (options.KeepHistory ? () => new SessionStorageChatHistory(options.CookieName) : null),
        };
    }

    [SupportedOSPlatform("browser")]
    private static Uri BaseAddress()
    {
        using JSObject document = JSHost.GlobalThis.GetPropertyAsJSObject("document")
            ?? throw new PlatformNotSupportedException("A chat is kept by the page that it runs in, and a worker has no page.");
        return new Uri(document.GetPropertyAsString("baseURI")!);
    }
}

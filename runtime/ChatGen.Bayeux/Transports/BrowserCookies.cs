namespace ChatGen.Bayeux.Transports;

/// <summary>Cookies in WebAssembly: the browser keeps them, and nobody else may see or set them.</summary>
internal static class BrowserCookies
{
    // What Microsoft.AspNetCore.Components.WebAssembly sets by SetBrowserRequestCredentials.
    private static readonly HttpRequestOptionsKey<IDictionary<string, object>> s_fetchOptions = new("WebAssemblyFetchOptions");

    /// <summary>Lets the browser send and take cookies although the server is of another origin than the page. Has no effect elsewhere.</summary>
    public static void Allow(HttpRequestMessage request) =>
        request.Options.Set(s_fetchOptions, new Dictionary<string, object> { ["credentials"] = "include" });
}

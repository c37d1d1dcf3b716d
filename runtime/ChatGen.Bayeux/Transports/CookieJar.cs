using System.Net;

namespace ChatGen.Bayeux.Transports;

/// <summary>The cookies of one client, over all its transports. Sharing them between clients makes the server take these for one (Bayeux rules 28 and 49).</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CookieJar
{
    // Many servers set none over WebSocket.
    private CookieContainer? _cookies;

    /// <summary>Value of the <c>Cookie</c> header for an <c>http</c> or <c>https</c> address; empty if there is none.</summary>
    public string HeaderFor(Uri url) => Volatile.Read(ref _cookies)?.GetCookieHeader(url) ?? "";

    /// <summary>Takes the values of <c>Set-Cookie</c> headers.</summary>
    public void Store(Uri url, IEnumerable<string> setCookies)
    {
        foreach (string setCookie in setCookies)
        {
            try
            {
                Made().SetCookies(url, setCookie);
            }
            catch (CookieException)
            {
                // RFC 6265, section 5.2: what cannot be read is ignored; the other cookies still count.
            }
        }
    }

    /// <summary>All cookies, for a snapshot.</summary>
    public IReadOnlyList<StoredCookie> Export() => [.. (Volatile.Read(ref _cookies)?.GetAllCookies() ?? []).Where(static cookie => !cookie.Expired).Select(StoredCookie.Of)];

    /// <summary>Takes the cookies of a snapshot.</summary>
    public void Import(IEnumerable<StoredCookie> cookies)
    {
        foreach (StoredCookie cookie in cookies)
        {
            try
            {
                Made().Add(cookie.ToCookie());
            }
            catch (Exception exception) when (exception is CookieException or ArgumentException)
            {
                // As for cookies from a server.
            }
        }
    }

    private CookieContainer Made() => LazyInitializer.EnsureInitialized(ref _cookies, static () => new CookieContainer());
}

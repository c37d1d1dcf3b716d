using Microsoft.AspNetCore.Http;

namespace ChatGen;

/// <summary>Who sends a request, as far as the cookie tells.</summary>
/// <param name="Key">A hash of the secret in the cookie: names the visitor to other parts, and admits to nothing.</param>
/// <param name="Context">The request.</param>
/// <param name="CookiePath">Below which path the visitor's cookies are sent.</param>
internal sealed record Visitor(string Key, HttpContext Context, string CookiePath);

using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatGen;

/// <summary>The cookie by which a visitor is known: 256 random bits, which only this application can have made.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class VisitorCookie(IDataProtectionProvider protection, string schemaId, string name)
{
    private const int KeyLength = 32;
    private const int MaxLength = 1_024;

    private readonly IDataProtector _protector = protection.CreateProtector("ChatGen.AspNetCore.Visitor", schemaId);
    private readonly byte[] _scope = [.. "chatgen-visitor:"u8, .. System.Text.Encoding.UTF8.GetBytes(schemaId), 0];

    /// <summary>The visitor's key, hashed; null if there is no cookie, or none that this application has made.</summary>
    public string? Read(HttpContext context)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 and <= MaxLength } text)
        {
            return null;
        }

        try
        {
            byte[] key = _protector.Unprotect(WebEncoders.Base64UrlDecode(text));
            return key.Length == KeyLength ? Hash(key) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Gives a visitor a new key.</summary>
    /// <returns>The key, hashed.</returns>
    public string Issue(HttpContext context, string path)
    {
        byte[] key = RandomNumberGenerator.GetBytes(KeyLength);
        context.Response.Cookies.Append(name, WebEncoders.Base64UrlEncode(_protector.Protect(key)), Options(context, path));
        return Hash(key);
    }

    /// <summary>Takes the visitor's key away.</summary>
    public void Delete(HttpContext context, string path) => context.Response.Cookies.Delete(name, Options(context, path));

    private static CookieOptions Options(HttpContext context, string path) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = path,
        IsEssential = true,
    };

    private string Hash(byte[] key) => WebEncoders.Base64UrlEncode(SHA256.HashData([.. _scope, .. key]));
}

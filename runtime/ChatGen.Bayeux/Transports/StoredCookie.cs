using System.Net;
using System.Text.Json;

namespace ChatGen.Bayeux.Transports;

/// <summary>A cookie as a snapshot keeps it (RFC 6265, section 5.3).</summary>
internal sealed record StoredCookie(string Name, string Value, string Domain, string Path, bool Secure, long? Expires)
{
    public static StoredCookie Of(Cookie cookie) => new(
        cookie.Name,
        cookie.Value,
        cookie.Domain,
        cookie.Path,
        cookie.Secure,
        cookie.Expires == DateTime.MinValue ? null : new DateTimeOffset(cookie.Expires.ToUniversalTime()).ToUnixTimeSeconds());

    public static StoredCookie Read(JsonElement json) => new(
        json.GetProperty("name").GetString() ?? "",
        json.GetProperty("value").GetString() ?? "",
        json.GetProperty("domain").GetString() ?? "",
        json.GetProperty("path").GetString() ?? "",
        json.GetProperty("secure").GetBoolean(),
        json.TryGetProperty("expires", out JsonElement expires) ? expires.GetInt64() : null);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, Name);
        writer.WriteString("value"u8, Value);
        writer.WriteString("domain"u8, Domain);
        writer.WriteString("path"u8, Path);
        writer.WriteBoolean("secure"u8, Secure);
        if (Expires is { } expires)
        {
            writer.WriteNumber("expires"u8, expires);
        }

        writer.WriteEndObject();
    }

    /// <exception cref="CookieException">It is none.</exception>
    public Cookie ToCookie() => new(Name, Value, Path, Domain)
    {
        Secure = Secure,
        Expires = Expires is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253402300799)).UtcDateTime : DateTime.MinValue,
    };

    /// <summary>Says nothing of the value, which is a secret.</summary>
    public override string ToString() => Name;
}

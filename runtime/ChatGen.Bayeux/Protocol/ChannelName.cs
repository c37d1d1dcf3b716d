using System.Buffers;

namespace ChatGen.Bayeux.Protocol;

/// <summary>Channel names: <c>/segment(/segment)*</c>, the last segment of a pattern may be <c>*</c> or <c>**</c> (Bayeux rules 4-6).</summary>
internal static class ChannelName
{
    private static readonly SearchValues<char> SegmentCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_!~()$@ #*+.{}");

    /// <summary>Whether the name may be published to: well formed, not meta, without a wildcard.</summary>
    public static bool IsPublishable(string name) => IsWellFormed(name) && !IsMeta(name) && !IsPattern(name);

    /// <summary>Whether the name may be subscribed to: well formed, not meta, a wildcard at most as its last segment.</summary>
    public static bool IsSubscribable(string name) => IsWellFormed(name) && !IsMeta(name);

    /// <summary>The name without a slash at its end: servers take both for the same channel.</summary>
    public static string Normalize(string name) => name.Length > 1 && name[^1] == '/' ? name[..^1] : name;

    public static bool IsMeta(string name) => name.StartsWith("/meta/", StringComparison.Ordinal);

    public static bool IsPattern(string name) => name.EndsWith("/*", StringComparison.Ordinal) || name.EndsWith("/**", StringComparison.Ordinal);

    /// <summary>The patterns that match a channel, nearest first: <c>/a/*</c>, <c>/a/**</c>, <c>/**</c> for <c>/a/b</c> (Bayeux rule 40).</summary>
    public static IEnumerable<string> PatternsOf(string channel)
    {
        int slash = channel.LastIndexOf('/');
        yield return string.Concat(channel.AsSpan(0, slash), "/*");
        while (slash >= 0)
        {
            yield return string.Concat(channel.AsSpan(0, slash), "/**");
            slash = slash == 0 ? -1 : channel.LastIndexOf('/', slash - 1);
        }
    }

    private static bool IsWellFormed(string name)
    {
        if (name.Length < 2 || name[0] != '/')
        {
            return false;
        }

        ReadOnlySpan<char> rest = name.AsSpan(1);
        while (true)
        {
            int slash = rest.IndexOf('/');
            ReadOnlySpan<char> segment = slash < 0 ? rest : rest[..slash];
            if (segment.IsEmpty || segment.ContainsAnyExcept(SegmentCharacters) || (slash >= 0 && (segment is "*" or "**")))
            {
                return false;
            }

            if (slash < 0)
            {
                return true;
            }

            rest = rest[(slash + 1)..];
        }
    }
}

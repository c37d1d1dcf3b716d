using System.Globalization;
using System.Text;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// A URI reference in its five parts (RFC 3986, section 3). System.Uri is not used: it rewrites what it reads, and differently for each scheme and framework.
/// </summary>
internal sealed class UriReference
{
    private readonly string? _scheme;
    private readonly string? _authority;
    private readonly string _path;
    private readonly string? _query;
    private readonly string? _fragment;

    private UriReference(string? scheme, string? authority, string path, string? query, string? fragment)
    {
        _scheme = scheme;
        _authority = authority;
        _path = path;
        _query = query;
        _fragment = fragment;
    }

    /// <summary>The fragment, decoded; empty if there is none.</summary>
    public string Fragment => Decode(_fragment ?? "");

    /// <summary>The reference without its fragment.</summary>
    public string WithoutFragment =>
        (_scheme is null ? "" : _scheme + ":") + (_authority is null ? "" : "//" + _authority) + _path + (_query is null ? "" : "?" + _query);

    /// <summary>Resolves a reference against a base (RFC 3986, section 5.2.2).</summary>
    public static UriReference Resolve(string baseUri, string reference)
    {
        UriReference target = Parse(reference);
        if (target._scheme is not null)
        {
            return new UriReference(target._scheme, target._authority, RemoveDotSegments(target._path), target._query, target._fragment);
        }

        UriReference start = Parse(baseUri);
        if (target._authority is not null)
        {
            return new UriReference(start._scheme, target._authority, RemoveDotSegments(target._path), target._query, target._fragment);
        }

        if (target._path.Length == 0)
        {
            return new UriReference(start._scheme, start._authority, start._path, target._query ?? start._query, target._fragment);
        }

        string path = target._path[0] == '/' ? target._path : Merge(start, target._path);
        return new UriReference(start._scheme, start._authority, RemoveDotSegments(path), target._query, target._fragment);
    }

    /// <summary>Decodes percent-encoded UTF-8; what is not encoded properly is kept as it is.</summary>
    public static string Decode(string text)
    {
        if (text.IndexOf('%') < 0)
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code))
            {
                bytes.Add(code);
                i += 2;
            }
            else
            {
                int length = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static UriReference Parse(string text)
    {
        string? fragment = CutBehind(ref text, '#');
        string? query = CutBehind(ref text, '?');
        string? scheme = null;
        int colon = text.IndexOf(':');
        if (colon > 0 && IsScheme(text.Substring(0, colon)))
        {
            scheme = text.Substring(0, colon);
            text = text.Substring(colon + 1);
        }

        string? authority = null;
        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            int slash = text.IndexOf('/', 2);
            authority = slash < 0 ? text.Substring(2) : text.Substring(2, slash - 2);
            text = slash < 0 ? "" : text.Substring(slash);
        }

        return new UriReference(scheme, authority, text, query, fragment);
    }

    private static string? CutBehind(ref string text, char separator)
    {
        int index = text.IndexOf(separator);
        if (index < 0)
        {
            return null;
        }

        string rest = text.Substring(index + 1);
        text = text.Substring(0, index);
        return rest;
    }

    private static bool IsScheme(string text) =>
        IsLetter(text[0]) && text.All(character => IsLetter(character) || character is (>= '0' and <= '9') or '+' or '-' or '.');

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static string Merge(UriReference start, string path)
    {
        if (start._authority is not null && start._path.Length == 0)
        {
            return "/" + path;
        }

        return start._path.Substring(0, start._path.LastIndexOf('/') + 1) + path;
    }

    private static string RemoveDotSegments(string path)
    {
        if (path.IndexOf('.') < 0)
        {
            return path;
        }

        string[] segments = path.Split('/');
        var kept = new List<string>();
        for (int i = 0; i < segments.Length; i++)
        {
            bool isLast = i == segments.Length - 1;
            switch (segments[i])
            {
                case ".":
                    if (isLast)
                    {
                        kept.Add("");
                    }

                    break;
                case "..":
                    if (kept.Count > (path[0] == '/' ? 1 : 0))
                    {
                        kept.RemoveAt(kept.Count - 1);
                    }

                    if (isLast)
                    {
                        kept.Add("");
                    }

                    break;
                default:
                    kept.Add(segments[i]);
                    break;
            }
        }

        return string.Join("/", kept);
    }
}

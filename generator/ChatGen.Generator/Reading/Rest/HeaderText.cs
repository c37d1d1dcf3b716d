namespace ChatGen.Generator.Reading.Rest;

/// <summary>What may stand in the head of an HTTP message.</summary>
internal static class HeaderText
{
    private static readonly HashSet<string> s_own = new(["Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text is the name of a header (RFC 9110, section 5.1).</summary>
    public static bool IsName(string text) => text.Length > 0 && text.All(character => character is > ' ' and < '\x7f' && "()<>@,;:\\\"/[]?={}".IndexOf(character) < 0);

    /// <summary>Whether a header is made by HTTP itself, or of the body.</summary>
    public static bool IsOwn(string name) => s_own.Contains(name);

    /// <summary>Whether a text can be a part of a header's value.</summary>
    public static bool IsValue(string text) => text.All(character => character is >= ' ' and < '\x7f');
}

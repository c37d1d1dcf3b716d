namespace ChatGen.Generator.JsonSchemas;

/// <summary>The methods that assert formats, and what they assert in the words of the runtime's <c>ChatRules</c>.</summary>
internal static class FormatSource
{
    private const string Methods = "global::ChatGen.ChatFormats.";

    private static readonly Dictionary<string, (string Method, Func<string, bool> Check, string Words)> s_formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = (nameof(ChatFormats.IsDateTime), ChatFormats.IsDateTime, "a date and time such as 2026-01-31T12:00:00Z"),
        ["date"] = (nameof(ChatFormats.IsDate), ChatFormats.IsDate, "a date such as 2026-01-31"),
        ["time"] = (nameof(ChatFormats.IsTime), ChatFormats.IsTime, "a time of day with an offset such as 12:00:00Z"),
        ["email"] = (nameof(ChatFormats.IsEmail), ChatFormats.IsEmail, "an e-mail address"),
        ["hostname"] = (nameof(ChatFormats.IsHostname), ChatFormats.IsHostname, "a host name"),
        ["ipv4"] = (nameof(ChatFormats.IsIpv4), ChatFormats.IsIpv4, "an IPv4 address"),
        ["ipv6"] = (nameof(ChatFormats.IsIpv6), ChatFormats.IsIpv6, "an IPv6 address"),
        ["uri"] = (nameof(ChatFormats.IsUri), ChatFormats.IsUri, "an absolute URI"),
        ["uri-reference"] = (nameof(ChatFormats.IsUriReference), ChatFormats.IsUriReference, "a URI reference"),
        ["iri"] = (nameof(ChatFormats.IsIri), ChatFormats.IsIri, "an absolute IRI"),
        ["iri-reference"] = (nameof(ChatFormats.IsIriReference), ChatFormats.IsIriReference, "an IRI reference"),
        ["uri-template"] = (nameof(ChatFormats.IsUriTemplate), ChatFormats.IsUriTemplate, "a URI template"),
        ["json-pointer"] = (nameof(ChatFormats.IsJsonPointer), ChatFormats.IsJsonPointer, "a JSON pointer"),
        ["relative-json-pointer"] = (nameof(ChatFormats.IsRelativeJsonPointer), ChatFormats.IsRelativeJsonPointer, "a relative JSON pointer"),
        ["regex"] = (nameof(ChatFormats.IsRegex), ChatFormats.IsRegex, "a regular expression of ECMA-262"),
    };

    private static readonly Dictionary<string, (string Method, Func<string, bool> Check, string Words)> s_formatsOf202012 = new(StringComparer.Ordinal)
    {
        ["duration"] = (nameof(ChatFormats.IsDuration), ChatFormats.IsDuration, "an ISO 8601 duration such as PT1H30M"),
        ["uuid"] = (nameof(ChatFormats.IsUuid), ChatFormats.IsUuid, "a UUID"),
    };

    private static readonly Dictionary<string, (string Method, Func<string, bool> Check, string Words)> s_byMethod =
        s_formats.Values.Concat(s_formatsOf202012.Values).ToDictionary(format => Methods + format.Method, StringComparer.Ordinal);

    /// <summary>The method that asserts a format; null for a format that the dialect does not define, which is an annotation. False for one that cannot be asserted.</summary>
    public static bool TryFind(string format, JsonSchemaDialect dialect, out string? method)
    {
        if (s_formats.TryGetValue(format, out var found) || (dialect == JsonSchemaDialect.Draft202012 && s_formatsOf202012.TryGetValue(format, out found)))
        {
            method = Methods + found.Method;
            return true;
        }

        method = null;
        return format is not ("idn-email" or "idn-hostname");
    }

    /// <summary>What a method asserts.</summary>
    public static string WordsOf(string method) => s_byMethod[method].Words;

    /// <summary>What a method says of a text, at compile time.</summary>
    /// <exception cref="UndecidedFormatException">It cannot be told.</exception>
    public static bool Check(string method, string text) => s_byMethod[method].Check(text);
}

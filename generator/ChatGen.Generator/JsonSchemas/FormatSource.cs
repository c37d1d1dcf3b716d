namespace ChatGen.Generator.JsonSchemas;

/// <summary>The methods that assert formats, and what they assert in the words of the runtime's <c>ChatRules</c>.</summary>
internal static class FormatSource
{
    private const string Methods = "global::ChatGen.ChatFormats.";

    private static readonly Dictionary<string, (string Method, string Words)> s_formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = ("IsDateTime", "a date and time such as 2026-01-31T12:00:00Z"),
        ["date"] = ("IsDate", "a date such as 2026-01-31"),
        ["time"] = ("IsTime", "a time of day with an offset such as 12:00:00Z"),
        ["email"] = ("IsEmail", "an e-mail address"),
        ["hostname"] = ("IsHostname", "a host name"),
        ["ipv4"] = ("IsIpv4", "an IPv4 address"),
        ["ipv6"] = ("IsIpv6", "an IPv6 address"),
        ["uri"] = ("IsUri", "an absolute URI"),
        ["uri-reference"] = ("IsUriReference", "a URI reference"),
        ["iri"] = ("IsIri", "an absolute IRI"),
        ["iri-reference"] = ("IsIriReference", "an IRI reference"),
        ["uri-template"] = ("IsUriTemplate", "a URI template"),
        ["json-pointer"] = ("IsJsonPointer", "a JSON pointer"),
        ["relative-json-pointer"] = ("IsRelativeJsonPointer", "a relative JSON pointer"),
        ["regex"] = ("IsRegex", "a regular expression of ECMA-262"),
    };

    private static readonly Dictionary<string, (string Method, string Words)> s_formatsOf202012 = new(StringComparer.Ordinal)
    {
        ["duration"] = ("IsDuration", "an ISO 8601 duration such as PT1H30M"),
        ["uuid"] = ("IsUuid", "a UUID"),
    };

    private static readonly Dictionary<string, string> s_words =
        s_formats.Values.Concat(s_formatsOf202012.Values).ToDictionary(format => Methods + format.Method, format => format.Words, StringComparer.Ordinal);

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
    public static string WordsOf(string method) => s_words[method];
}

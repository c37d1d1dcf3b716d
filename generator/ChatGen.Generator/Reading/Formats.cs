namespace ChatGen.Generator.Reading;

/// <summary>The formats of JSON Schema that are checked, and what a value of each is in words.</summary>
internal static class Formats
{
    // Checked by ChatFormats, by the members of ChatFormat.
    private static readonly Dictionary<string, string> s_texts = new(StringComparer.Ordinal)
    {
        ["date"] = "a date",
        ["time"] = "a time of day with an offset",
        ["duration"] = "an ISO 8601 duration",
        ["email"] = "an e-mail address",
        ["hostname"] = "a host name",
        ["ipv4"] = "an IPv4 address",
        ["ipv6"] = "an IPv6 address",
        ["uri-reference"] = "a URI reference",
        ["iri"] = "an IRI",
        ["iri-reference"] = "an IRI reference",
        ["json-pointer"] = "a JSON pointer",
        ["relative-json-pointer"] = "a relative JSON pointer",
        ["uri-template"] = "a URI template",
        ["regex"] = "a regular expression",
    };

    /// <summary>Whether values of this format are checked, either by a C# type of their own or as text.</summary>
    public static bool IsChecked(string format) => format is "uri" or "date-time" or "uuid" || s_texts.ContainsKey(format);

    /// <summary>Whether the C# type stays a string, so that the format is a rule.</summary>
    public static bool IsOfText(string? format) => format is not null && s_texts.ContainsKey(format);

    /// <summary>What a value is, in words.</summary>
    public static string Describe(string format) => s_texts[format];

    /// <summary>The member of <c>ChatFormat</c>.</summary>
    public static string Member(string format) => Names.ToPascal(format);
}

namespace ChatGen.Generator.JsonSchemas;

/// <summary>The methods that assert formats.</summary>
internal static class FormatSource
{
    private static readonly HashSet<string> s_draft7 = new(
        [
            "date-time", "date", "time", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference",
            "uri-template", "json-pointer", "relative-json-pointer", "regex",
        ],
        StringComparer.Ordinal);

    /// <summary>The method that asserts a format; null for a format that the dialect does not define, which is an annotation. False for one that cannot be asserted.</summary>
    public static bool TryFind(string format, JsonSchemaDialect dialect, out string? method)
    {
        method = null;
        return !(s_draft7.Contains(format) || (dialect == JsonSchemaDialect.Draft202012 && format is "duration" or "uuid"));
    }
}

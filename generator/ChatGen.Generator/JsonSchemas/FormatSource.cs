namespace ChatGen.Generator.JsonSchemas;

/// <summary>The methods that assert formats.</summary>
internal static class FormatSource
{
    private static readonly Dictionary<string, string> s_methods = new(StringComparer.Ordinal)
    {
        ["date-time"] = "IsDateTime",
        ["date"] = "IsDate",
        ["time"] = "IsTime",
        ["email"] = "IsEmail",
        ["hostname"] = "IsHostname",
        ["ipv4"] = "IsIpv4",
        ["ipv6"] = "IsIpv6",
        ["uri"] = "IsUri",
        ["uri-reference"] = "IsUriReference",
        ["iri"] = "IsIri",
        ["iri-reference"] = "IsIriReference",
        ["uri-template"] = "IsUriTemplate",
        ["json-pointer"] = "IsJsonPointer",
        ["relative-json-pointer"] = "IsRelativeJsonPointer",
        ["regex"] = "IsRegex",
    };

    private static readonly Dictionary<string, string> s_methodsOf202012 = new(StringComparer.Ordinal)
    {
        ["duration"] = "IsDuration",
        ["uuid"] = "IsUuid",
    };

    /// <summary>The method that asserts a format; null for a format that the dialect does not define, which is an annotation. False for one that cannot be asserted.</summary>
    public static bool TryFind(string format, JsonSchemaDialect dialect, out string? method)
    {
        if (s_methods.TryGetValue(format, out string? found) || (dialect == JsonSchemaDialect.Draft202012 && s_methodsOf202012.TryGetValue(format, out found)))
        {
            method = "global::ChatGen.ChatFormats." + found;
            return true;
        }

        method = null;
        return format is not ("idn-email" or "idn-hostname");
    }
}

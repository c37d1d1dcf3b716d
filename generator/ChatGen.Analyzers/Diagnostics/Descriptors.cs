using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Diagnostics;

/// <summary>Every diagnostic of the analyzers: CHAT2xxx, how what is generated is used.</summary>
internal static class Descriptors
{
    private const string Usage = "ChatGen.Usage";

    public static readonly DiagnosticDescriptor MissingMember = Create("CHAT2001", "A member is missing", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor UnfitMembers = Create("CHAT2002", "The members do not go together", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor OutOfBounds = Create("CHAT2003", "The value is out of bounds", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor WrongForm = Create("CHAT2004", "The text has not the form", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotAllowed = Create("CHAT2005", "The value is not allowed", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Null = Create("CHAT2006", "The value must not be null", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NoEffect = Create("CHAT2010", "The member has no effect", DiagnosticSeverity.Warning,
        "'{0}' has no effect together with '{1}'");

    public static readonly DiagnosticDescriptor OtherAtRestore = Create("CHAT2011", "The session was started with another value", DiagnosticSeverity.Info,
        "'{0}' is given where a session is started; give '{1}' the same value, or the session is not restored as it was", "CompilationEnd");

    public static readonly DiagnosticDescriptor UnknownKey = Create("CHAT2012", "The key names no member", DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor UnknownOptions = Create("CHAT2013", "The section names no options", DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor BrokenConfiguration = Create("CHAT2014", "The configuration file is not JSON", DiagnosticSeverity.Warning,
        "'{0}' is not JSON: {1}");

    public static readonly DiagnosticDescriptor MissingCodes = Create("CHAT2020", "The switch leaves out error codes", DiagnosticSeverity.Info,
        "The switch has no arm for {0}");

    public static readonly DiagnosticDescriptor UnknownCode = Create("CHAT2021", "The error code is not known", DiagnosticSeverity.Warning,
        "'{0}' is no error code of the schema, and in no range of it{1}");

    /// <summary>The diagnostic of a broken keyword, whose message is that of <c>Validate()</c>.</summary>
    public static DiagnosticDescriptor OfKeyword(string keyword) => keyword switch
    {
        "required" or "dependentRequired" or "dependencies" => MissingMember,
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf"
            or "minLength" or "maxLength" or "minItems" or "maxItems" or "minContains" or "maxContains" or "contains" => OutOfBounds,
        "pattern" or "format" => WrongForm,
        "const" or "enum" or "type" or "uniqueItems" or "propertyNames" or "additionalProperties" or "unevaluatedProperties" or "items" or "additionalItems"
            or "prefixItems" or "unevaluatedItems" or "properties" or "patternProperties" => NotAllowed,
        _ => UnfitMembers,
    };

    private static DiagnosticDescriptor Create(string id, string title, DiagnosticSeverity severity, string message = "{0}", params string[] tags) =>
        new(id, title, message, Usage, severity, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md", customTags: tags);
}

using ChatGen.Generator.Documents;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads where a request goes: <c>path</c>, <c>url</c> or <c>publish</c>.</summary>
internal static class RequestAddress
{
    private static readonly string[] s_members = ["path", "url", "publish"];

    /// <summary>The member that says it; <see langword="null"/>, after a diagnostic, if none does or several do.</summary>
    public static string? Find(SectionReader section)
    {
        string[] given = [.. s_members.Where(name => section.Get(name) is not null)];
        if (given.Length == 1)
        {
            return given[0];
        }

        if (given.Length == 0)
        {
            section.Report(section.Node, $"'{section.Name}' must have 'path', 'url' or 'publish'");
        }
        else
        {
            section.Report(section.Node.Find(given[1])!.NameNode, $"'{section.Name}' has '{given[0]}' already; only one of 'path', 'url' and 'publish' can say where it goes");
        }

        return null;
    }

    /// <summary>Checks a path behind the address of the server.</summary>
    public static TemplateSyntax? ReadPath(RestContext context, JsonNode node, string name, TemplateReader templates)
    {
        if (node is not JsonStringNode { Value.Length: > 0 } text)
        {
            context.Report(node, $"'{name}' must be a string that is not empty");
            return null;
        }

        TemplateSyntax? template = templates.ReadText(text);
        if (template is null)
        {
            return null;
        }

        string problem = !text.Value.StartsWith("/", StringComparison.Ordinal) ? "it must begin with '/'"
            : text.Value.StartsWith("//", StringComparison.Ordinal) ? "it would name another server"
            : template.Parts.Any(part => !IsPath(part.Text)) ? "besides placeholders it must have neither a query nor a fragment, nor what is escaped in an address"
            : text.Value.Split('/').Any(segment => segment is "." or "..") ? "it must not have the segments '.' and '..'"
            : "";
        if (problem.Length == 0)
        {
            return template;
        }

        context.Report(node, $"'{text.Value}' is no path: {problem}");
        return null;
    }

    /// <summary>Checks an address that may be another server's.</summary>
    public static TemplateSyntax? ReadUrl(RestContext context, JsonNode node, string name, TemplateReader templates, bool hasAllowedHosts, params string[] schemes)
    {
        if (node is not JsonStringNode { Value.Length: > 0 } text)
        {
            context.Report(node, $"'{name}' must be a string that is not empty");
            return null;
        }

        TemplateSyntax? template = templates.ReadText(text);
        if (template is null)
        {
            return null;
        }

        if (template.Parts[0].Placeholder is null && !schemes.Any(scheme => text.Value.StartsWith(scheme + "://", StringComparison.Ordinal)))
        {
            context.Report(node, $"'{name}' must begin with a placeholder or with {string.Join(" or ", schemes.Select(scheme => $"'{scheme}://'"))}");
            return null;
        }

        if (template.Parts.Any(part => part.Text.Any(character => character is <= ' ' or > '~' or '"' or '\\' or '<' or '>')))
        {
            context.Report(node, $"'{name}' has characters that are escaped in an address");
            return null;
        }

        if (!hasAllowedHosts)
        {
            context.Report(node, $"'{name}' may lead to another server; say in 'allowedHosts' to which it may, or '[]' for the server's own host alone");
        }

        return template;
    }

    private static bool IsPath(string text) => text.All(character => character is > ' ' and <= '~' and not ('?' or '#' or '"' or '\\' or '<' or '>' or '{' or '}' or '^' or '`'));
}

using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads the headers of a request.</summary>
internal static class HeaderReader
{
    /// <summary>The headers by name: their values, or <see langword="null"/> for one that is taken away.</summary>
    public static List<(string Name, TemplateSyntax? Value)> Read(RestContext context, SectionReader? section, TemplateReader templates, IReadOnlyCollection<string>? removable)
    {
        var headers = new List<(string, TemplateSyntax?)>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonMember member in section?.Node.Members.Where(member => member.Name != "$comment") ?? [])
        {
            if (!HeaderText.IsName(member.Name))
            {
                context.Report(member.NameNode, $"'{member.Name}' is no name of an HTTP header");
            }
            else if (HeaderText.IsOwn(member.Name))
            {
                context.Report(member.NameNode, $"The header '{member.Name}' is not the mapping's to set: HTTP and the encoding of the body do");
            }
            else if (!names.Add(member.Name))
            {
                context.Report(member.NameNode, $"The header '{member.Name}' is given twice; names of headers are the same in either case");
            }
            else if (member.Value is JsonNullNode && removable is not null)
            {
                // A base may have had the header that is taken away; only what is misspelt is a mistake.
                if (!removable.Contains(member.Name, StringComparer.OrdinalIgnoreCase) && Suggestion.Near(member.Name, removable, "") is { Length: > 0 } suggestion)
                {
                    context.Report(member.Value, $"There is no common header '{member.Name}' to take away; {suggestion}");
                }

                headers.Add((member.Name, null));
            }
            else if (member.Value is not JsonStringNode text)
            {
                context.Report(member.Value, $"'{section!.Name}.{member.Name}' must be a string{(removable is null ? "" : ", or null to take a common header away")}");
            }
            else if (templates.ReadText(text) is { } template)
            {
                if (template.Parts.All(part => HeaderText.IsValue(part.Text)))
                {
                    headers.Add((member.Name, template));
                }
                else
                {
                    context.Report(text, $"The header '{member.Name}' can only have printable characters of ASCII");
                }
            }
        }

        return headers;
    }
}

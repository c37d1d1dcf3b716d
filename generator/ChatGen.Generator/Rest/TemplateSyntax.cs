using System.Text;

namespace ChatGen.Rest;

/// <summary>
/// The syntax of the templates of the REST mapping: text with placeholders <c>{source|filter|filter}</c>, <c>{{</c> and <c>}}</c> for braces. The generator
/// checks templates by it and the runtime reads them by it, so this file and its neighbours depend on nothing.
/// </summary>
internal sealed class TemplateSyntax
{
    private TemplateSyntax(IReadOnlyList<TemplatePart> parts) => Parts = parts;

    /// <summary>Words that begin a source and therefore are no names of state.</summary>
    public static IReadOnlyList<string> ReservedNames { get; } = ["options", "header", "status", "events", "nextIndex", "new"];

    /// <summary>The filters that every mapping has; others are the names of its tables.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["string", "integer", "number", "boolean", "parse", "json", "milliseconds", "seconds", "base64"];

    /// <summary>Text and placeholders in turn; no part is empty text.</summary>
    public IReadOnlyList<TemplatePart> Parts { get; }

    /// <summary>The placeholder that the whole template is, so that it stands for the value as it is; <see langword="null"/> if it is made of text.</summary>
    public TemplatePlaceholder? Single => Parts.Count == 1 ? Parts[0].Placeholder : null;

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="fault">The first thing that is wrong with it.</param>
    /// <returns>The template; <see langword="null"/> if something is wrong.</returns>
    public static TemplateSyntax? Parse(string text, out TemplateFault fault)
    {
        fault = default;
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        int position = 0;
        while (position < text.Length)
        {
            char character = text[position];
            if (character is not ('{' or '}'))
            {
                literal.Append(character);
                position++;
            }
            else if (position + 1 < text.Length && text[position + 1] == character)
            {
                literal.Append(character);
                position += 2;
            }
            else if (character == '}')
            {
                fault = new TemplateFault(TemplateFaultKind.LoneBrace, position, 1);
                return null;
            }
            else
            {
                int end = text.IndexOf('}', position);
                if (end < 0)
                {
                    fault = new TemplateFault(TemplateFaultKind.Unclosed, position, text.Length - position);
                    return null;
                }

                if (ReadPlaceholder(text, position, end, out fault) is not { } placeholder)
                {
                    return null;
                }

                AddText(parts, literal);
                parts.Add(new TemplatePart("", placeholder));
                position = end + 1;
            }
        }

        AddText(parts, literal);
        return new TemplateSyntax(parts);
    }

    /// <summary>Whether a name can be that of state: a letter or an underscore, then letters, digits, underscores and hyphens, all of ASCII; and no reserved word.</summary>
    public static bool IsStateName(string name)
    {
        if (name.Length == 0 || !(IsLetter(name[0]) || name[0] == '_') || ReservedNames.Contains(name))
        {
            return false;
        }

        foreach (char character in name)
        {
            if (!(IsLetter(character) || character is (>= '0' and <= '9') or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static void AddText(List<TemplatePart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new TemplatePart(literal.ToString(), null));
            literal.Clear();
        }
    }

    private static TemplatePlaceholder? ReadPlaceholder(string text, int start, int end, out TemplateFault fault)
    {
        string[] pieces = text.Substring(start + 1, end - start - 1).Split('|');
        string source = pieces[0];
        if (source.Length == 0)
        {
            fault = new TemplateFault(TemplateFaultKind.NoSource, start, end - start + 1);
            return null;
        }

        int filterStart = start + 1 + source.Length;
        for (int i = 1; i < pieces.Length; i++)
        {
            if (pieces[i].Length == 0)
            {
                fault = new TemplateFault(TemplateFaultKind.NoFilter, filterStart, 1);
                return null;
            }

            filterStart += pieces[i].Length + 1;
        }

        if (ReadSource(source, out TemplateFaultKind problem) is not var (kind, path))
        {
            fault = new TemplateFault(problem, start + 1, source.Length);
            return null;
        }

        fault = default;
        var filters = new string[pieces.Length - 1];
        Array.Copy(pieces, 1, filters, 0, filters.Length);
        return new TemplatePlaceholder(kind, source, path, filters, start, end - start + 1);
    }

    private static (TemplateSourceKind Kind, IReadOnlyList<string> Path)? ReadSource(string source, out TemplateFaultKind problem)
    {
        problem = TemplateFaultKind.None;
        switch (source)
        {
            case "/":
                return (TemplateSourceKind.Pointer, []);
            case "options":
                return (TemplateSourceKind.Options, []);
            case "status":
                return (TemplateSourceKind.Status, []);
            case "events":
                return (TemplateSourceKind.Events, []);
            case "nextIndex":
                return (TemplateSourceKind.NextIndex, []);
            case "new.uuid":
                return (TemplateSourceKind.NewUuid, []);
        }

        if (source[0] == '/')
        {
            if (ReadPointer(source) is { } tokens)
            {
                return (TemplateSourceKind.Pointer, tokens);
            }

            problem = TemplateFaultKind.InvalidPointer;
            return null;
        }

        if (source.StartsWith("options.", StringComparison.Ordinal))
        {
            string[] members = source.Substring("options.".Length).Split('.');
            if (Array.TrueForAll(members, member => member.Length > 0))
            {
                return (TemplateSourceKind.Options, members);
            }
        }
        else if (source.StartsWith("header.", StringComparison.Ordinal) && source.Length > "header.".Length)
        {
            return (TemplateSourceKind.Header, [source.Substring("header.".Length)]);
        }
        else if (IsStateName(source))
        {
            return (TemplateSourceKind.State, [source]);
        }

        problem = TemplateFaultKind.UnknownSource;
        return null;
    }

    /// <summary>The tokens of a JSON Pointer (RFC 6901); <see langword="null"/> if it has a <c>~</c> that escapes nothing.</summary>
    private static string[]? ReadPointer(string pointer)
    {
        for (int i = 0; i < pointer.Length; i++)
        {
            if (pointer[i] == '~' && (i + 1 == pointer.Length || pointer[i + 1] is not ('0' or '1')))
            {
                return null;
            }
        }

        string[] tokens = pointer.Substring(1).Split('/');
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = tokens[i].Replace("~1", "/").Replace("~0", "~");
        }

        return tokens;
    }
}

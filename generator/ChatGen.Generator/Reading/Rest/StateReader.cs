using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads the session's state, <c>values</c>, <c>counters</c> and <c>take</c>, and the tables: first their names, by which everything else is checked.</summary>
internal static class StateReader
{
    /// <summary>Collects the names.</summary>
    public static void ReadNames(RestContext context, SectionReader section)
    {
        foreach (JsonMember member in Members(section.OptionalSection("counters")))
        {
            if (IsName(context, member))
            {
                context.CounterNames.Add(member.Name);
                context.StateNames.Add(member.Name);
                if (!(member.Value is JsonNumberNode number && NumberText.TryParseInt32(number.Text, out _)))
                {
                    context.Report(member.Value, $"'{section.Name}.counters.{member.Name}' must be a 32-bit integer, the first value");
                }
            }
        }

        AddNames(context, section.OptionalSection("values"), mayBeCounters: false);
        AddNames(context, section.OptionalSection("take"), mayBeCounters: true);
        foreach (SectionReader request in Requests(section))
        {
            AddNames(context, request.OptionalSection("take"), mayBeCounters: true);
        }

        ReadTables(context, section.OptionalSection("tables"));
    }

    /// <summary>Checks what <c>values</c> are made of.</summary>
    public static void ReadValues(RestContext context, SectionReader? section)
    {
        var templates = new TemplateReader(context, TemplateSources.Values, "'values'");
        foreach (JsonMember member in Members(section))
        {
            ReadScalar(context, templates, member, section!.Name);
        }

        var start = new RequestUse("", context.Start, null, false);
        foreach (TemplateUse use in templates.Uses.Where(use => use.Placeholder.Kind == TemplateSourceKind.Options))
        {
            if (OptionsPath.Of(context, start, use.Placeholder.Path).Problem is { } problem)
            {
                context.Report(use, $"'{use.Placeholder.Source}' leads to nothing: {problem}");
            }
        }
    }

    /// <summary>Checks what is taken from an answer.</summary>
    public static void ReadTake(RestContext context, SectionReader? section, TypeModel? answer)
    {
        var templates = new TemplateReader(context, TemplateSources.Take, "'take'", answer);
        foreach (JsonMember member in Members(section))
        {
            ReadScalar(context, templates, member, section!.Name);
        }
    }

    private static void ReadScalar(RestContext context, TemplateReader templates, JsonMember member, string name)
    {
        if (member.Value is JsonStringNode text)
        {
            templates.ReadText(text);
        }
        else
        {
            context.Report(member.Value, $"'{name}.{member.Name}' must be a template: a string");
        }
    }

    /// <param name="context">Takes the names.</param>
    /// <param name="section">Has them.</param>
    /// <param name="mayBeCounters">Whether a counter can be set there: a backend may let it begin anew.</param>
    private static void AddNames(RestContext context, SectionReader? section, bool mayBeCounters)
    {
        foreach (JsonMember member in Members(section))
        {
            if (!IsName(context, member))
            {
                continue;
            }

            if (!mayBeCounters && context.CounterNames.Contains(member.Name))
            {
                context.Report(member.NameNode, $"'{member.Name}' is a counter already; give one of them another name");
            }

            context.StateNames.Add(member.Name);
        }
    }

    private static bool IsName(RestContext context, JsonMember member)
    {
        if (TemplateSyntax.IsStateName(member.Name))
        {
            return true;
        }

        context.Report(member.NameNode, TemplateSyntax.ReservedNames.Contains(member.Name)
            ? $"'{member.Name}' cannot be the name of state: it is a word of the language"
            : $"'{member.Name}' cannot be the name of state: it must begin with a letter or '_', and have letters, digits, '_' and '-' of ASCII alone");
        return false;
    }

    private static void ReadTables(RestContext context, SectionReader? section)
    {
        foreach ((JsonMember member, SectionReader table) in section?.Sections() ?? [])
        {
            if (TemplateSyntax.Filters.Contains(member.Name))
            {
                context.Report(member.NameNode, $"'{member.Name}' cannot be the name of a table: it is a filter");
            }
            else if (member.Name.Length == 0 || member.Name.IndexOfAny(['|', '}', '{']) >= 0)
            {
                context.Report(member.NameNode, $"'{member.Name}' cannot be the name of a table: a template could not name it");
            }
            else
            {
                context.Tables[member.Name] = table.Node;
            }

            foreach (JsonMember entry in Members(table).Where(entry => entry.Value is JsonObjectNode or JsonArrayNode))
            {
                context.Report(entry.Value, $"'{table.Name}.{entry.Name}' must be a string, a number, a Boolean or null");
            }
        }
    }

    private static IEnumerable<SectionReader> Requests(SectionReader section) => section.OptionalSection("requests")?.Node.Members
        .Where(member => member.Value is JsonObjectNode)
        .Select(member => new SectionReader((JsonObjectNode)member.Value, $"{section.Name}.requests.{member.Name}", section.Diagnostics)) ?? [];

    private static IEnumerable<JsonMember> Members(SectionReader? section) => section?.Node.Members.Where(member => member.Name != "$comment") ?? [];
}

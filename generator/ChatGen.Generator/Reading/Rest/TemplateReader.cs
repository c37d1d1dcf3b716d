using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Checks the templates of one kind of place, and collects their placeholders.</summary>
/// <param name="context">What can be named.</param>
/// <param name="allowed">The sources that have a value there.</param>
/// <param name="place">The place, as the end of a sentence.</param>
/// <param name="answer">What pointers lead into; <see langword="null"/> if its shape is not known.</param>
internal sealed class TemplateReader(RestContext context, TemplateSources allowed, string place, TypeModel? answer = null)
{
    private static readonly string[] s_words = ["options", "status", "events", "nextIndex", "new.uuid"];

    /// <summary>The placeholders that were read.</summary>
    public List<TemplateUse> Uses { get; } = [];

    /// <summary>Reads JSON whose strings are templates.</summary>
    public void Read(JsonNode node)
    {
        switch (node)
        {
            case JsonStringNode text:
                ReadText(text);
                break;
            case JsonObjectNode value:
                foreach (JsonMember member in value.Members)
                {
                    Read(member.Value);
                }

                break;
            case JsonArrayNode array:
                foreach (JsonNode item in array.Items)
                {
                    Read(item);
                }

                break;
        }
    }

    /// <summary>Reads a string as a template; <see langword="null"/>, after a diagnostic, if it is none.</summary>
    public TemplateSyntax? ReadText(JsonStringNode node)
    {
        if (TemplateSyntax.Parse(node.Value, out TemplateFault fault) is not { } template)
        {
            context.Report(Descriptors.InvalidMapping, node, fault.Start, fault.Length, Message(node.Value, fault));
            return null;
        }

        foreach (TemplatePart part in template.Parts)
        {
            if (part.Placeholder is { } placeholder)
            {
                var use = new TemplateUse(node, placeholder);
                Uses.Add(use);
                Check(use);
            }
        }

        return template;
    }

    private void Check(TemplateUse use)
    {
        TemplatePlaceholder placeholder = use.Placeholder;
        if (!allowed.HasFlag((TemplateSources)(1 << (int)placeholder.Kind)))
        {
            context.Report(use, $"'{{{placeholder.Source}}}' has no value in {place}; {SourcesOf(allowed)}");
        }
        else if (placeholder.Kind == TemplateSourceKind.State && !context.StateNames.Contains(placeholder.Path[0]))
        {
            context.Report(use, context.StateNames.Count == 0
                ? $"There is no state '{placeholder.Source}': the mapping has neither 'values', 'counters' nor a 'take'"
                : $"There is no state '{placeholder.Source}'; {Suggestion.For(placeholder.Source, context.StateNames)}");
        }
        else if (placeholder.Kind == TemplateSourceKind.Header && !HeaderText.IsName(placeholder.Path[0]))
        {
            context.Report(use, $"'{placeholder.Path[0]}' is no name of an HTTP header");
        }
        else if (placeholder.Kind == TemplateSourceKind.Pointer && answer is not null)
        {
            AnswerPointers.Check(context, use, answer);
        }

        foreach (string filter in placeholder.Filters)
        {
            if (!TemplateSyntax.Filters.Contains(filter) && !context.Tables.ContainsKey(filter))
            {
                context.Report(use, $"There is no filter or table '{filter}'; {Suggestion.For(filter, TemplateSyntax.Filters.Concat(context.Tables.Keys))}");
            }
        }
    }

    /// <summary>The sources that can be used instead.</summary>
    private static string SourcesOf(TemplateSources sources)
    {
        (TemplateSources Source, string Text)[] all =
        [
            (TemplateSources.State, "the names of state"), (TemplateSources.Options, "'options'"), (TemplateSources.Pointer, "pointers such as '/a/b'"),
            (TemplateSources.Header, "'header.Name'"), (TemplateSources.Status, "'status'"), (TemplateSources.Events, "'events'"),
            (TemplateSources.NextIndex, "'nextIndex'"), (TemplateSources.NewUuid, "'new.uuid'"),
        ];
        return "there are " + string.Join(", ", all.Where(one => sources.HasFlag(one.Source)).Select(one => one.Text));
    }

    private static string Message(string text, TemplateFault fault)
    {
        string part = text.Substring(fault.Start, fault.Length);
        return fault.Kind switch
        {
            TemplateFaultKind.Unclosed => "The placeholder is not closed by '}'; write '{{' for a brace",
            TemplateFaultKind.LoneBrace => "The '}' closes no placeholder; write '}}' for a brace",
            TemplateFaultKind.NoSource => "The placeholder names no source",
            TemplateFaultKind.NoFilter => "The '|' is followed by no filter",
            TemplateFaultKind.InvalidPointer => $"'{part}' is no JSON Pointer: '~' is written '~0', and '/' in a name '~1'",
            _ => $"'{part}' is no source; {Suggestion.Near(part, s_words, "it must be the name of state, a pointer such as '/a/b', 'options', 'options.name', 'header.Name', 'status', 'events', 'nextIndex' or 'new.uuid'")}",
        };
    }
}

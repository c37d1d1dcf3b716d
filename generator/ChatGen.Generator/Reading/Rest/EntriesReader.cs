using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads <c>entries</c>: where the entries are in an answer or frame.</summary>
internal static class EntriesReader
{
    /// <summary>Checks it.</summary>
    /// <param name="context">What can be named.</param>
    /// <param name="section">Whose member it is.</param>
    /// <param name="node">The member.</param>
    /// <param name="answer">The type of the answer, if it is known.</param>
    /// <returns>The type of an entry, if it is known.</returns>
    public static TypeModel? Read(RestContext context, SectionReader section, JsonNode node, TypeModel? answer)
    {
        if (node is not JsonStringNode text)
        {
            section.Report(node, $"'{section.Name}.entries' must be a template: a string");
            return null;
        }

        if (new TemplateReader(context, TemplateSources.Pointer, "'entries'", answer).ReadText(text) is not { } template)
        {
            return null;
        }

        if (template.Single is not { Filters: var filters } only)
        {
            section.Report(node, $"'{section.Name}.entries' must be one placeholder, such as '{{/messages}}'");
            return null;
        }

        TypeModel? entries = filters.Count > 0 ? null : AnswerPointers.Follow(context, answer, only.Path);
        return entries is ListType list ? list.Item : entries;
    }
}

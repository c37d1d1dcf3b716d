using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Whether constant error codes of the mapping are among those of the schema.</summary>
internal static class ErrorCodeCheck
{
    public static void Check(RestContext context, JsonNode node)
    {
        ErrorsModel errors = context.Errors;
        bool hasNumbers = errors.Ranges.Count > 0 || errors.Codes.Any(code => !code.IsText);
        bool hasTexts = errors.Codes.Any(code => code.IsText);
        switch (node)
        {
            case JsonStringNode text when TemplateSyntax.Parse(text.Value, out _) is { } template && template.Parts.All(part => part.Placeholder is null):
                string value = string.Concat(template.Parts.Select(part => part.Text));
                if (hasNumbers && !hasTexts)
                {
                    context.Report(node, $"The error codes of the schema are numbers, not strings such as '{value}'");
                }
                else if (!errors.Codes.Any(code => code.IsText && code.Code == value))
                {
                    context.Diagnostics.Add(Descriptors.UnknownMappedCode, node, value, Suggestion.Near(value, errors.Codes.Where(code => code.IsText).Select(code => code.Code), "add it to 'x-chat-codes'"));
                }

                break;
            case JsonNumberNode number:
                if (hasTexts && !hasNumbers)
                {
                    context.Report(node, $"The error codes of the schema are strings, not numbers such as {number.Text}");
                }
                else if (!NumberText.TryParseInt32(number.Text, out int code))
                {
                    context.Report(node, $"{number.Text} cannot be an error code: it is no 32-bit integer");
                }
                else if (!errors.Codes.Any(known => !known.IsText && known.Code == NumberText.Write(code)) && !errors.Ranges.Any(range => code >= range.From && code <= range.To))
                {
                    context.Diagnostics.Add(Descriptors.UnknownMappedCode, node, number.Text, "add it to 'x-chat-codes' or 'x-chat-ranges'");
                }

                break;
        }
    }

    /// <summary>The values of a table that is looked up last.</summary>
    public static void CheckTable(RestContext context, TemplateSyntax template)
    {
        if (template.Single is { Filters: { Count: > 0 } filters } && context.Tables.TryGetValue(filters[filters.Count - 1], out JsonObjectNode? table))
        {
            foreach (JsonMember member in table.Members.Where(member => member.Name != "$comment"))
            {
                // The values of a table are no templates.
                Check(context, member.Value is JsonStringNode text ? new JsonStringNode(text.Source, text.Span, text.Value.Replace("{", "{{").Replace("}", "}}")) : member.Value);
            }
        }
    }
}

using ChatGen.Generator.Documents;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Checks conditions: templates to the values that they must have.</summary>
internal static class ConditionReader
{
    public static void Read(RestContext context, JsonNode node, string name, TemplateReader templates)
    {
        if (node is not JsonObjectNode condition)
        {
            context.Report(node, $"'{name}' must be an object of templates and their values");
            return;
        }

        foreach (JsonMember member in condition.Members.Where(member => member.Name != "$comment"))
        {
            TemplateSyntax? template = templates.ReadText(member.NameNode);
            if (template is not null && !template.Parts.Any(part => part.Placeholder is not null))
            {
                context.Report(member.NameNode, $"'{member.Name}' has no placeholder, so that it is always the same; write '{{{member.Name}}}'");
            }

            JsonNode[] values = member.Value is JsonArrayNode array ? [.. array.Items] : [member.Value];
            if (values.Length == 0)
            {
                context.Report(member.Value, $"'{name}' can never hold: there is no value in the array");
            }

            foreach (JsonStringNode value in values.OfType<JsonStringNode>())
            {
                templates.ReadText(value);
            }

            foreach (JsonNode value in values.Where(value => value is JsonObjectNode or JsonArrayNode))
            {
                context.Report(value, $"'{name}' compares with strings, numbers, Booleans and null, or arrays of these");
            }
        }
    }
}

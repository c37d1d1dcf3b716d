using ChatGen.Generator.Documents;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads <c>errors</c>: where an answer says what went wrong.</summary>
internal static class ErrorRuleReader
{
    public static void Read(RestContext context, JsonNode? node, string name)
    {
        switch (node)
        {
            case null:
                return;
            case JsonArrayNode array:
                for (int i = 0; i < array.Items.Count; i++)
                {
                    string item = $"{name}[{NumberText.Write(i)}]";
                    if (array.Items[i] is JsonObjectNode rule)
                    {
                        ReadRule(context, new SectionReader(rule, item, context.Diagnostics));
                    }
                    else
                    {
                        context.Report(array.Items[i], $"'{item}' must be an object");
                    }
                }

                break;
            default:
                context.Report(node, $"'{name}' must be an array of rules");
                break;
        }
    }

    private static void ReadRule(RestContext context, SectionReader rule)
    {
        var templates = new TemplateReader(context, TemplateSources.Error, "'errors'");
        if (rule.Get("status") is { } status)
        {
            if (status is not JsonArrayNode { Items.Count: > 0 } statuses)
            {
                rule.Report(status, $"'{rule.Name}.status' must be an array of statuses");
            }
            else
            {
                foreach (JsonNode item in statuses.Items.Where(item => !HttpStatuses.IsStatus(item) && !HttpStatuses.IsClass(item)))
                {
                    rule.Report(item, $"'{rule.Name}.status' must have HTTP statuses, from 100 to 599, or classes of them, \"1xx\" to \"5xx\"");
                }
            }
        }

        if (rule.Get("when") is { } when)
        {
            ConditionReader.Read(context, when, $"{rule.Name}.when", templates);
        }

        switch (rule.Get("code"))
        {
            case null:
                rule.String("code");
                break;
            case JsonStringNode text:
                if (templates.ReadText(text) is { } template)
                {
                    ErrorCodeCheck.Check(context, text);
                    ErrorCodeCheck.CheckTable(context, template);
                }

                break;
            case JsonNumberNode number:
                ErrorCodeCheck.Check(context, number);
                break;
            case { } other:
                rule.Report(other, $"'{rule.Name}.code' must be a string or a number");
                break;
        }

        if (rule.Get("description") is { } description)
        {
            if (description is JsonStringNode text)
            {
                templates.ReadText(text);
            }
            else
            {
                rule.Report(description, $"'{rule.Name}.description' must be a string");
            }
        }

        rule.ReportUnknown();
    }
}

using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads <c>events.map</c> and <c>events.answers</c>: what becomes which event.</summary>
internal static class EventRuleReader
{
    /// <param name="context">What can be named.</param>
    /// <param name="node">The rules.</param>
    /// <param name="name">Where they stand.</param>
    /// <param name="value">The type of what they are applied to, if it is known.</param>
    public static void Read(RestContext context, JsonNode? node, string name, TypeModel? value)
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
                        ReadRule(context, new SectionReader(rule, item, context.Diagnostics), value);
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

    private static void ReadRule(RestContext context, SectionReader rule, TypeModel? value)
    {
        var templates = new TemplateReader(context, TemplateSources.Event, "what makes an event", value);
        if (rule.Get("when") is { } when)
        {
            ConditionReader.Read(context, when, $"{rule.Name}.when", templates);
        }

        EventModel? type = ReadEvent(context, rule, out bool isPassedOver);
        ReadTemplate(rule, "index", templates);
        ReadTemplate(rule, "timestamp", templates);
        if (rule.Get("members") is { } members)
        {
            templates.Read(members);
            if (type is not null && (members is JsonObjectNode || !(members is JsonStringNode text && TemplateSyntax.Parse(text.Value, out _)?.Single is not null)))
            {
                new ShapeCheck(context, $"the event '{type.Name}'").Check(members, new RecordType(type.Record));
            }
        }
        else if (type is not null && context.Record(type.Record)?.Properties.FirstOrDefault(property => property.IsRequired) is { } missing)
        {
            rule.Report(rule.Node["event"]!, $"The event '{type.Name}' needs '{missing.JsonName}'; give it by 'members'");
        }

        if (isPassedOver)
        {
            foreach (string member in (string[])["index", "timestamp", "members"])
            {
                if (rule.Node.Find(member) is { } useless)
                {
                    rule.Report(useless.NameNode, $"'{rule.Name}' passes over what fits it, so that '{member}' has no effect");
                }
            }
        }

        rule.ReportUnknown();
    }

    private static EventModel? ReadEvent(RestContext context, SectionReader rule, out bool isPassedOver)
    {
        isPassedOver = rule.Get("event") is JsonNullNode;
        switch (rule.Get("event"))
        {
            case JsonNullNode:
                return null;
            case JsonStringNode name:
                if (context.Events.Types.FirstOrDefault(type => type.Name == name.Value) is { } found)
                {
                    return found;
                }

                rule.Report(name, $"There is no event '{name.Value}'; {Suggestion.For(name.Value, context.Events.Types.Select(type => type.Name))}");
                return null;
            case null:
                rule.String("event");
                return null;
            case { } other:
                rule.Report(other, $"'{rule.Name}.event' must be the name of an event, or null to pass over what fits the rule");
                return null;
        }
    }

    private static void ReadTemplate(SectionReader rule, string member, TemplateReader templates)
    {
        switch (rule.Get(member))
        {
            case null:
                break;
            case JsonStringNode text:
                templates.ReadText(text);
                break;
            case { } other:
                rule.Report(other, $"'{rule.Name}.{member}' must be a template: a string");
                break;
        }
    }
}

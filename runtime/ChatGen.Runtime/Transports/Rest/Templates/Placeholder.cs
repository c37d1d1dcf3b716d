using ChatGen.Rest;

namespace ChatGen;

/// <summary>A source and what is done to its value.</summary>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Filters">What is done to it, in order.</param>
internal sealed record Placeholder(TemplatePlaceholder Source, Func<TemplateValue, TemplateValue>[] Filters)
{
    public TemplateValue Evaluate(ITemplateScope scope)
    {
        TemplateValue value = scope.Find(Source);
        foreach (Func<TemplateValue, TemplateValue> filter in Filters)
        {
            if (value.IsAbsent)
            {
                return default;
            }

            value = filter(value);
        }

        return value;
    }
}

using ChatGen.Rest;

namespace ChatGen;

/// <summary>Knows the values of placeholders.</summary>
internal interface ITemplateScope
{
    /// <summary>The value of a placeholder; absent if there is none.</summary>
    TemplateValue Find(TemplatePlaceholder source);
}

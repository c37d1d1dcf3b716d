namespace ChatGen.Rest;

/// <summary>A part of a template: text as it is, or a placeholder.</summary>
internal readonly record struct TemplatePart(string Text, TemplatePlaceholder? Placeholder);

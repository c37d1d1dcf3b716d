using ChatGen.Generator.Documents;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>A placeholder in a string of the schema.</summary>
internal sealed record TemplateUse(JsonStringNode Node, TemplatePlaceholder Placeholder);

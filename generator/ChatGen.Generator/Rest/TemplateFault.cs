namespace ChatGen.Rest;

/// <summary>What is wrong with a template, and where in its text.</summary>
internal readonly record struct TemplateFault(TemplateFaultKind Kind, int Start, int Length);

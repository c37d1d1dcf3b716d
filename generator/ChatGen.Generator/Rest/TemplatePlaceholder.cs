namespace ChatGen.Rest;

/// <summary>A placeholder: <c>{source|filter|filter}</c>.</summary>
internal sealed class TemplatePlaceholder(TemplateSourceKind kind, string source, IReadOnlyList<string> path, IReadOnlyList<string> filters, int start, int length)
{
    public TemplateSourceKind Kind { get; } = kind;

    /// <summary>The source as it is written, such as <c>options.a.b</c>.</summary>
    public string Source { get; } = source;

    /// <summary>
    /// The names that lead to the value: members behind <c>options</c>, the unescaped tokens of a pointer, the name of the state or of the header. Empty where it is the whole.
    /// </summary>
    public IReadOnlyList<string> Path { get; } = path;

    /// <summary>Names of the filters, in the order of their application.</summary>
    public IReadOnlyList<string> Filters { get; } = filters;

    /// <summary>Where it begins in the template, its brace included.</summary>
    public int Start { get; } = start;

    /// <summary>How long it is, its braces included.</summary>
    public int Length { get; } = length;
}

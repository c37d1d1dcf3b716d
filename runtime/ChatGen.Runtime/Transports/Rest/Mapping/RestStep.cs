namespace ChatGen;

/// <summary>One request on the way of an operation.</summary>
/// <param name="Request">What is sent.</param>
/// <param name="Condition">When it is sent.</param>
/// <param name="Options">The options that it is sent with; <see langword="null"/> for the operation's own.</param>
internal sealed record RestStep(RestRequestMapping Request, TemplateCondition Condition, JsonTemplate? Options);

namespace ChatGen;

/// <summary>Which event of the schema an entry of the backend is.</summary>
/// <param name="Condition">When the rule fits.</param>
/// <param name="Event">The event's name in the schema; <see langword="null"/> if such entries are passed over.</param>
/// <param name="Index">The event's place in the history, which may be absent.</param>
/// <param name="Timestamp">When it happened, which may be absent.</param>
/// <param name="Members">The event's own members.</param>
internal sealed record RestEventRule(TemplateCondition Condition, string? Event, TextTemplate? Index, TextTemplate? Timestamp, JsonTemplate? Members);

namespace ChatGen;

/// <summary>What is an error, and where its code and description are.</summary>
/// <param name="Statuses">The HTTP statuses that it is for, as ranges; empty for any.</param>
/// <param name="Condition">What must hold besides.</param>
/// <param name="Code">The code; the rule does not fit where it is absent.</param>
/// <param name="Description">The description, which may be absent.</param>
internal sealed record RestErrorRule((int From, int To)[] Statuses, TemplateCondition Condition, JsonTemplate Code, TextTemplate? Description)
{
    /// <param name="status">The answer's HTTP status; <see langword="null"/> for what comes over a socket.</param>
    /// <param name="isSuccess">Whether the answer would be no error by its status.</param>
    /// <param name="scope">Knows the answer.</param>
    public bool Fits(int? status, bool isSuccess, ITemplateScope scope)
    {
        // A rule that names neither a status nor a condition is for the statuses that say so themselves.
        bool byStatus = Statuses.Length == 0
            ? !isSuccess || !Condition.IsEmpty
            : status is { } number && Array.Exists(Statuses, range => number >= range.From && number <= range.To);
        return byStatus && Condition.Holds(scope);
    }
}

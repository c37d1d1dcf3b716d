namespace ChatGen;

/// <summary>Options break rules of the schema. Nothing was sent.</summary>
public sealed class ChatValidationException : ChatException
{
    /// <summary>Makes an exception from what failed.</summary>
    /// <param name="failures">At least one failure.</param>
    public ChatValidationException(IReadOnlyList<ChatValidationFailure> failures)
        : base(default, string.Join(Environment.NewLine, (failures ?? throw new ArgumentNullException(nameof(failures))).Select(failure => failure.Message)))
    {
        Failures = failures;
    }

    /// <summary>Every rule that is broken, in the order of the schema.</summary>
    public IReadOnlyList<ChatValidationFailure> Failures { get; }
}

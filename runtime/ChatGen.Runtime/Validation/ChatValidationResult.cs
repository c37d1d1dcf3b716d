namespace ChatGen;

/// <summary>What came of checking a value against its schema. <see langword="default"/> is success.</summary>
public readonly struct ChatValidationResult
{
    private readonly List<ChatValidationFailure>? _failures;

    /// <summary>Makes a result.</summary>
    /// <param name="failures">What failed; <see langword="null"/> or empty for success.</param>
    public ChatValidationResult(List<ChatValidationFailure>? failures) => _failures = failures;

    /// <summary>Whether the value breaks no rule.</summary>
    public bool IsValid => _failures is null or { Count: 0 };

    /// <summary>Every rule that is broken, in the order of the schema.</summary>
    public IReadOnlyList<ChatValidationFailure> Failures => _failures ?? (IReadOnlyList<ChatValidationFailure>)[];

    /// <summary>Throws if the value breaks a rule.</summary>
    /// <exception cref="ChatValidationException">The value breaks at least one rule.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw new ChatValidationException(Failures);
        }
    }
}

namespace ChatGen;

/// <summary>What came of a request.</summary>
/// <param name="Answer">The answer; <see langword="null"/> if there was none.</param>
/// <param name="Scope">The values of placeholders about the answer.</param>
/// <param name="Error">What went wrong; <see langword="null"/> if nothing did.</param>
/// <param name="RetryAfter">How long the backend wants to be left alone.</param>
internal sealed record RestOutcome(RestAnswer? Answer, RestAnswerScope? Scope, ChatException? Error, TimeSpan? RetryAfter)
{
    public static RestOutcome Failed(ChatException error, TimeSpan? retryAfter = null) => new(null, null, error, retryAfter);
}

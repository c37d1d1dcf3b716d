namespace ChatGen;

/// <summary>How a feed's run has ended.</summary>
/// <param name="Error">What went wrong; <see langword="null"/> if nothing did.</param>
/// <param name="RetryAfter">How long the backend wants to be left alone.</param>
internal readonly record struct RestFeedResult(ChatException? Error, TimeSpan? RetryAfter);

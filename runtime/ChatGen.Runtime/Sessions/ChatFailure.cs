namespace ChatGen;

/// <summary>Why a promise failed. Specification: the event that <c>fail</c> is called with.</summary>
/// <param name="Error">What went wrong; <see langword="null"/> if nothing did, but there was no session to restore.</param>
public readonly record struct ChatFailure(ChatException? Error);

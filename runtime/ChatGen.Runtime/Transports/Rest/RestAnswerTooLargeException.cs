namespace ChatGen;

/// <summary>An answer is larger than any that a chat needs.</summary>
internal sealed class RestAnswerTooLargeException : Exception;

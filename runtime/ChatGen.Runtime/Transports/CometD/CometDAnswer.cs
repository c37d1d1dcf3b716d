namespace ChatGen;

/// <summary>What the backend answered to a request.</summary>
/// <param name="Result">The generated result record; <see langword="null"/> for an operation that has none.</param>
/// <param name="Refusal">The error that the backend answered with instead. What the connection suffers is thrown, and never stands here.</param>
internal readonly record struct CometDAnswer(object? Result, ChatException? Refusal)
{
    /// <summary>The result.</summary>
    /// <exception cref="ChatException">The backend answered with an error.</exception>
    public object? ToResult() => Refusal is null ? Result : throw Refusal;
}

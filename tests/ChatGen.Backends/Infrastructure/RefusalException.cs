namespace ChatGen.Backends.Infrastructure;

/// <summary>Says that a request is refused, and how. Each backend words it as the real one does.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The backend's own code.</param>
/// <param name="message">What is wrong.</param>
internal sealed class RefusalException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Whether a correct client would not have sent the request.</summary>
    public bool IsComplaint { get; init; } = true;

    /// <summary>Which parameter is wrong, where that is told.</summary>
    public string? Field { get; init; }
}

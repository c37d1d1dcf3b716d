namespace ChatGen.Bayeux;

/// <summary>Something that went wrong between client and server.</summary>
/// <remarks>Immutable and thread-safe. The message carries neither client ids nor cookies nor payloads.</remarks>
public sealed class BayeuxFault
{
    internal BayeuxFault(BayeuxFaultKind kind, string message)
    {
        Kind = kind;
        Message = message;
    }

    /// <summary>What kind of thing went wrong.</summary>
    public BayeuxFaultKind Kind { get; }

    /// <summary>What went wrong, in English.</summary>
    public string Message { get; }

    /// <summary>The HTTP status that the server answered with, if it was that.</summary>
    public int? HttpStatus { get; internal init; }

    /// <summary>The status that the server closed a WebSocket with, if it did.</summary>
    public int? CloseStatus { get; internal init; }

    /// <summary>How long the server asks to wait before the next request, if it does (RFC 9110, section 10.2.3).</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The error of the server's reply, if it replied.</summary>
    public BayeuxError? Error { get; internal init; }

    /// <summary>The cause, if an exception was.</summary>
    public Exception? Exception { get; internal init; }

    /// <summary>Whether a WebSocket could not be opened, for whatever reason.</summary>
    internal bool IsOfUpgrade { get; init; }

    /// <summary><see cref="Kind"/> and <see cref="Message"/>.</summary>
    public override string ToString() => $"{Kind}: {Message}";
}

namespace ChatGen;

/// <summary>Whether the last attempt of a client to connect has failed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LastAttempt(ChatProtocol protocol, TimeProvider timeProvider)
{
    private volatile ChatConnectionFailure? _failure;

    /// <summary>How it has failed; <see langword="null"/> if it has not.</summary>
    public ChatConnectionFailure? Failure => _failure;

    public void Succeed() => _failure = null;

    /// <summary>A start or a restore has failed.</summary>
    /// <remarks>An error that the backend has made shows that it was reached. Of what was cancelled nothing is known.</remarks>
    public void Fail(Exception exception)
    {
        if (exception is ChatException { Code: var code })
        {
            bool isOwn = code == protocol.Errors.Connection || code == protocol.Errors.Library;
            _failure = isOwn ? new ChatConnectionFailure(code, timeProvider.GetUtcNow()) : null;
        }
    }
}

namespace ChatGen;

/// <summary>A chat operation failed. The one exception type of this library, apart from cancellation.</summary>
/// <remarks>Neither the message nor any member carries a session id or another secret.</remarks>
public class ChatException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="code">What went wrong, as a code of the schema.</param>
    /// <param name="message">What went wrong and what can be done, in English.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ChatException(ChatErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>What went wrong, as a code of the schema. Compare it with the members of the generated <c>ErrorCode</c>.</summary>
    public ChatErrorCode Code { get; }

    /// <summary>What can be done about it.</summary>
    public ChatRecovery Recovery => Code.Recovery;
}

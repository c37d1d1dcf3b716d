namespace ChatGen.Testing.Chat;

/// <summary>An operation that failed. Schema: <c>x-chat-codes</c>.</summary>
internal sealed class ChatFault : Exception
{
    public const int UnknownCommand = 1;
    public const int MissingParameter = 2;
    public const int InvalidParameter = 3;
    public const int UnknownSession = 50;

    private ChatFault(int code, string description)
        : base(description) => Code = code;

    public int Code { get; }

    public static ChatFault Unknown(string operation) => new(UnknownCommand, $"The operation '{operation}' is not known.");

    public static ChatFault Missing(string parameter) => new(MissingParameter, $"The parameter '{parameter}' is missing.");

    public static ChatFault Invalid(string parameter, string expected) => new(InvalidParameter, $"The parameter '{parameter}' has a wrong value: expected {expected}.");

    public static ChatFault NotAnObject() => new(InvalidParameter, "The request has to be a JSON object.");

    // The id admits to a session, so it is not repeated, even if it is wrong.
    public static ChatFault NoSession() => new(UnknownSession, "The chat session is not known, or is over.");
}

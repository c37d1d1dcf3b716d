namespace ChatGen;

/// <summary>What a session is made from. The client makes it and hands it to the generated session's constructor; there is nothing in it for others.</summary>
public sealed class ChatSessionContext
{
    internal ChatSessionContext(LiveSession session) => Session = session;

    internal LiveSession Session { get; }
}

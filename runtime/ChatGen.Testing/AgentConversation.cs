namespace ChatGen.Testing;

/// <summary>The agent's end of a chat session: what they do, the visitor sees.</summary>
/// <remarks>
/// Thread-safe. A task is done when the event is in the transcript and on its way to the visitor. All members but the properties fail with
/// <see cref="InvalidOperationException"/> once the session is over.
/// </remarks>
public sealed class AgentConversation
{
    internal AgentConversation(ChatBackendSession session, string agentName)
    {
        Session = session;
        AgentName = agentName;
    }

    /// <summary>The session.</summary>
    public ChatBackendSession Session { get; }

    /// <summary>Name under which the agent appears.</summary>
    public string AgentName { get; }

    /// <summary>Joins the session: <c>AgentConnected</c>. Does nothing if the agent is there already.</summary>
    public Task ConnectAsync() => Act(static (session, _) => session.ConnectAgent(), 0);

    /// <summary>Sends a message: <c>MessageReceived</c>. Joins first if need be.</summary>
    /// <param name="text">The text, or the address if <paramref name="type"/> is <see cref="ChatMessageType.Url"/>.</param>
    /// <param name="type">What it is.</param>
    public Task SendAsync(string text, ChatMessageType type = ChatMessageType.Text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Act(static (session, message) => session.SendAsAgent(message.text, message.type), (text, type));
    }

    /// <summary>Begins or stops typing: <c>AgentTyping</c>, which is no part of the transcript. Joins first if need be.</summary>
    /// <param name="isTyping">Whether the agent is typing now.</param>
    public Task TypeAsync(bool isTyping = true) => Act(static (session, typing) => session.TypeAsAgent(typing), isTyping);

    /// <summary>Leaves the session, which goes on: <c>AgentDisconnected</c>. Does nothing if the agent is not there.</summary>
    public Task DisconnectAsync() => Act(static (session, _) => session.DisconnectAgent(), 0);

    /// <summary>Ends the session: <c>AgentDisconnected</c> if the agent is there, and <c>SessionEnded</c> with reason <c>agent</c>.</summary>
    public Task EndAsync() => Act(static (session, _) => session.EndByAgent(), 0);

    /// <summary>Reports an error to the visitor: <c>Error</c>. The session goes on.</summary>
    /// <param name="code">An error code of the schema, for example 100.</param>
    /// <param name="description">What went wrong; absent on the wire if <see langword="null"/>.</param>
    public Task FailAsync(int code, string? description = null) => Act(static (session, error) => session.ReportError(error.code, error.description), (code, description));

    private Task Act<T>(Action<ChatBackendSession, T> action, T argument)
    {
        try
        {
            action(Session, argument);
            return Task.CompletedTask;
        }
        catch (InvalidOperationException exception)
        {
            return Task.FromException(exception);
        }
    }
}

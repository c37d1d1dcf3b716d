namespace ChatGen.Testing;

/// <summary>What an agent does of their own accord. A test may act for the agent besides, through <see cref="ChatBackendSession.Agent"/>.</summary>
/// <remarks>
/// <para>
/// Immutable, and thread-safe as far as its delegates are. Within a session, the delegates run one after another: <see cref="OnStarted"/>,
/// then <see cref="OnMessage"/> for every message of the visitor, in their order. What they throw is kept in
/// <see cref="ChatBackendSession.AgentException"/> and reaches the visitor as an error event with code 52.
/// </para>
/// <example>
/// <code>
/// ScriptedAgent agent = new()
/// {
///     Name = "Alex",
///     OnMessage = (conversation, message, cancellationToken) =>
///         message.Text == "bye" ? conversation.EndAsync() : conversation.SendAsync("Say bye."),
/// };
/// </code>
/// </example>
/// </remarks>
public sealed class ScriptedAgent
{
    /// <summary>Connects at the start and greets; answers each message <c>m</c> with <c>You said: m</c>, typing before and not after.</summary>
    public static ScriptedAgent Default { get; } = new();

    /// <summary>Does nothing, not even connect: the test acts for the agent, through <see cref="ChatBackendSession.Agent"/>.</summary>
    public static ScriptedAgent Silent { get; } = new()
    {
        OnStarted = static (_, _) => Task.CompletedTask,
        OnMessage = static (_, _, _) => Task.CompletedTask,
    };

    /// <summary>Name under which the agent appears. Default: <c>Sam</c>.</summary>
    public string Name { get; init; } = "Sam";

    /// <summary>What the agent does when a session has been started. Default: connects and greets. The token tells that the session is over.</summary>
    public Func<AgentConversation, CancellationToken, Task> OnStarted { get; init; } = GreetAsync;

    /// <summary>What the agent does on a message of the visitor. Default: repeats it. The token tells that the session is over.</summary>
    public Func<AgentConversation, VisitorMessage, CancellationToken, Task> OnMessage { get; init; } = RepeatAsync;

    private static async Task GreetAsync(AgentConversation conversation, CancellationToken cancellationToken)
    {
        await conversation.ConnectAsync().ConfigureAwait(false);
        await conversation.SendAsync($"Hello, my name is {conversation.AgentName}. How can I help you?").ConfigureAwait(false);
    }

    private static async Task RepeatAsync(AgentConversation conversation, VisitorMessage message, CancellationToken cancellationToken)
    {
        await conversation.TypeAsync().ConfigureAwait(false);
        await conversation.SendAsync($"You said: {message.Text}").ConfigureAwait(false);
        await conversation.TypeAsync(isTyping: false).ConfigureAwait(false);
    }
}

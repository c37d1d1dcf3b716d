using ChatGen.Testing;

namespace WebChat;

/// <summary>Who answers the visitors: the people who have the agent's page open, or else the scripted agent.</summary>
internal sealed class AgentShift
{
    // A page that is reloaded is away for a moment.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_typingTime = TimeSpan.FromSeconds(1);

    private int _people;

    public AgentShift() => Script = new ScriptedAgent
    {
        OnStarted = (conversation, cancellationToken) => IsStaffed ? Task.CompletedTask : GreetAsync(conversation, cancellationToken),
        OnMessage = (conversation, message, cancellationToken) => IsStaffed ? Task.CompletedTask : SayAsync(conversation, $"You said: {message.Text}", cancellationToken),
    };

    public ScriptedAgent Script { get; }

    private bool IsStaffed => Volatile.Read(ref _people) > 0;

    /// <summary>Somebody has opened the agent's page.</summary>
    public void Begin() => Interlocked.Increment(ref _people);

    /// <summary>They have closed it. If they were the last, the scripted agent takes those who wait.</summary>
    public async Task EndAsync(ChatBackend backend)
    {
        await Task.Delay(s_patience);
        if (Interlocked.Decrement(ref _people) == 0)
        {
            await Task.WhenAll(backend.Sessions
                .Where(session => session is { IsEnded: false, IsAgentConnected: false })
                .Select(session => GreetAsync(session.Agent, CancellationToken.None)));
        }
    }

    private static async Task GreetAsync(AgentConversation conversation, CancellationToken cancellationToken)
    {
        await conversation.ConnectAsync();
        await SayAsync(conversation, $"Hello, my name is {conversation.AgentName}. How can I help you?", cancellationToken);
    }

    private static async Task SayAsync(AgentConversation conversation, string text, CancellationToken cancellationToken)
    {
        await conversation.TypeAsync();
        await Task.Delay(s_typingTime, cancellationToken);
        await conversation.TypeAsync(isTyping: false);
        await conversation.SendAsync(text);
    }
}

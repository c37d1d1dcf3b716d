using ChatGen.Interop.Tests.Chat;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGen.Interop.Tests;

/// <summary>A visitor's side of a chat: a client, its session, and the session's events one after another.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private readonly ChatClient _client;
    private readonly IAsyncEnumerator<ChatEvent> _events;

    private Conversation(ChatClient client, ChatSession session)
    {
        _client = client;
        Session = session;
        _events = session.ReadEventsAsync(Deadline.Token).GetAsyncEnumerator();
    }

    public ChatSession Session { get; }

    /// <summary>Starts a chat and reads the agent's greeting.</summary>
    public static async Task<Conversation> StartAsync(StartSessionOptions options)
    {
        ChatClient client = new();
        ChatSession session = await client.StartSessionAsync(options with { Logger = NullLogger.Instance }, Deadline.Token);
        Conversation conversation = new(client, session);
        await conversation.ReadUntilAsync(chatEvent => chatEvent is MessageReceivedEvent);
        return conversation;
    }

    /// <summary>Restores a chat; <see langword="null"/> if there is none.</summary>
    public static async Task<Conversation?> RestoreAsync(RestoreSessionOptions options, ChatClientSettings? settings = null)
    {
        ChatClient client = new(settings);
        ChatSession? session = await client.RestoreSessionAsync(options with { Logger = NullLogger.Instance }, Deadline.Token);
        return session is null ? null : new Conversation(client, session);
    }

    /// <summary>Reads events up to one.</summary>
    /// <returns>What was read, that one included.</returns>
    public async Task<List<ChatEvent>> ReadUntilAsync(Func<ChatEvent, bool> isLast)
    {
        List<ChatEvent> events = [];
        do
        {
            if (!await _events.MoveNextAsync())
            {
                throw new InvalidOperationException($"The session ended after [{string.Join(", ", events)}].");
            }

            events.Add(_events.Current);
        }
        while (!isLast(_events.Current));

        return events;
    }

    /// <summary>Reads the events that are still to come until the session is over.</summary>
    public async Task<List<ChatEvent>> ReadToEndAsync()
    {
        List<ChatEvent> events = [];
        while (await _events.MoveNextAsync())
        {
            events.Add(_events.Current);
        }

        return events;
    }

    /// <summary>Sends a message and reads all that follows from it.</summary>
    public async Task<List<ChatEvent>> AskAsync(string message)
    {
        await Session.SendMessageAsync(message, cancellationToken: Deadline.Token);

        // The agent stops typing after the answer.
        return await ReadUntilAsync(chatEvent => chatEvent is AgentTypingEvent { IsTyping: false });
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await _client.DisposeAsync();
    }
}

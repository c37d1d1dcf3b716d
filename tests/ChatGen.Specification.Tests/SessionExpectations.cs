namespace ChatGen.Specification.Tests;

/// <summary>Waits for what a session brings. Events are memorised, so none is missed however late a test asks.</summary>
internal static class SessionExpectations
{
    /// <summary>The first event of a type, those that came before included.</summary>
    public static async Task<TEvent> FirstAsync<TEvent>(this ChatSession session, Func<TEvent, bool>? isIt = null)
        where TEvent : ChatEvent
    {
        CancellationToken deadline = Deadline.Token;
        return (TEvent)await session.ReadEventsAsync(deadline).FirstAsync(candidate => candidate is TEvent wanted && (isIt is null || isIt(wanted)), deadline);
    }

    /// <summary>The message with this text.</summary>
    public static Task<MessageReceivedEvent> MessageAsync(this ChatSession session, string text) =>
        session.FirstAsync<MessageReceivedEvent>(message => message.Content.Text == text);

    /// <summary>All events up to the message with this text.</summary>
    public static async Task<IReadOnlyList<ChatEvent>> EventsToAsync(this ChatSession session, string text)
    {
        List<ChatEvent> events = [];
        await foreach (ChatEvent chatEvent in session.ReadEventsAsync(Deadline.Token))
        {
            events.Add(chatEvent);
            if (chatEvent is MessageReceivedEvent message && message.Content.Text == text)
            {
                return events;
            }
        }

        throw new InvalidOperationException($"The session ended before the message '{text}' came.");
    }

    /// <summary>All events, once the session is over.</summary>
    public static async Task<IReadOnlyList<ChatEvent>> AllEventsAsync(this ChatSession session) => await session.ReadEventsAsync(Deadline.Token).ToListAsync(Deadline.Token);
}

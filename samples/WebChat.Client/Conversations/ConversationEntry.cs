using ChatGen;
using WebChat.Client.Chat;

namespace WebChat.Client.Conversations;

/// <summary>An event of the chat as people read it.</summary>
/// <param name="From">Who it comes from.</param>
/// <param name="Name">Their name; empty for the system.</param>
/// <param name="Text">What is said.</param>
public sealed record ConversationEntry(EntryOrigin From, string Name, string Text)
{
    /// <summary>Place in the history; <see langword="null"/> for what happened on this side alone.</summary>
    public int? Index { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <summary>The address if the message is one that may be opened.</summary>
    public Uri? Link { get; init; }

    /// <summary>Whether it is an error that has just happened.</summary>
    public bool IsAlert { get; init; }

    /// <summary>What an event says; <see langword="null"/> for events that are shown otherwise, such as typing.</summary>
    public static ConversationEntry? Of(ChatEvent chatEvent)
    {
        ConversationEntry? entry = chatEvent switch
        {
            MessageReceivedEvent { Content.Type.Value: "notice" } notice => System(notice.Content.Text),
            MessageReceivedEvent message => new(message.Party.Type == PartyType.Client ? EntryOrigin.Visitor : EntryOrigin.Agent, message.Party.Name, message.Content.Text)
            {
                Link = message.Content.Type == MessageContentType.Url && WebAddress.TryParse(message.Content.Text, out Uri? address) ? address : null,
            },
            AgentConnectedEvent connected => System($"{connected.Party.Name} has joined the chat."),
            AgentDisconnectedEvent disconnected => System($"{disconnected.Party.Name} has left the chat."),
            SessionEndedEvent { Reason.Value: "error" } => System("The chat is over: it is not known any more."),
            SessionEndedEvent => System("The chat was ended."),
            ErrorEvent error => System($"There was a problem. {error.Error.Code.Info?.Description ?? error.Error.Description}") with { IsAlert = !error.Restored },
            _ => null,
        };
        return entry is null ? null : entry with { Index = chatEvent.Index, Time = chatEvent.Timestamp };
    }

    private static ConversationEntry System(string text) => new(EntryOrigin.System, "", text);
}

namespace WebChat.Client.Conversations;

/// <summary>Who an entry of a conversation comes from.</summary>
public enum EntryOrigin
{
    Visitor,
    Agent,
    System,
}

namespace ChatGen.Backends.AmazonConnect;

/// <summary>Content types of events.</summary>
internal static class ConnectTypes
{
    private const string Event = "application/vnd.amazonaws.connect.event.";

    public const string Typing = Event + "typing";
    public const string Delivered = Event + "message.delivered";
    public const string Read = Event + "message.read";
    public const string Acknowledged = Event + "connection.acknowledged";

    // The names of events that only the backend sends are inferred.
    public const string Joined = Event + "participant.joined";
    public const string Left = Event + "participant.left";
    public const string Ended = Event + "chat.ended";
}

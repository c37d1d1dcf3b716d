namespace ChatGen;

/// <summary>The members that all events have in common on the wire.</summary>
/// <param name="Index">Place in the session's history, if it has one.</param>
/// <param name="Timestamp">When it happened, if the backend says.</param>
public readonly record struct ChatEventHeader(int? Index, DateTimeOffset? Timestamp);

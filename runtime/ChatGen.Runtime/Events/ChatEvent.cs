namespace ChatGen;

/// <summary>Something that happened in a chat session. The generated client has one derived record for each event type of the schema.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record ChatEvent
{
    /// <summary>What the schema says of events of this type.</summary>
    public abstract ChatEventType EventType { get; }

    /// <summary>Place in the session's history; <see langword="null"/> for events that have none. Rises strictly.</summary>
    public int? Index { get; init; }

    /// <summary>When it happened, by the backend's clock; <see langword="null"/> if the backend does not say.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Whether it was replayed from the history of a restored session, so that the visitor may have seen it before.</summary>
    public bool Restored { get; init; }
}

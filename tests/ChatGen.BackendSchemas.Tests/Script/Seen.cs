namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>An event as the script compares it, whatever client it comes of.</summary>
/// <param name="Event">Its name in the schema.</param>
/// <param name="Restored">Whether it was replayed.</param>
public sealed record Seen(string Event, bool Restored)
{
    /// <summary>What a message says.</summary>
    public string? Text { get; init; }

    /// <summary>Who it is about, by name.</summary>
    public string? Who { get; init; }

    /// <summary>Whether the agent is typing.</summary>
    public bool? IsTyping { get; init; }

    /// <summary>The file that it is about.</summary>
    public string? FileId { get; init; }

    /// <summary>Why the session is over.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong.</summary>
    public ChatErrorCode? Code { get; init; }
}

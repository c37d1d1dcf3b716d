namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>What a backend has. The script goes by it and by nothing else.</summary>
public sealed record Traits
{
    /// <summary>Whether there is a transcript, whose entries are replayed when a session is restored.</summary>
    public bool HasHistory { get; init; }

    /// <summary>Whether the visitor's own messages come back as events.</summary>
    public bool EchoesVisitor { get; init; }

    /// <summary>Whether the backend can be told that the visitor has stopped typing.</summary>
    public bool TakesStopOfTyping { get; init; }

    /// <summary>Whether the backend tells that the agent has stopped typing.</summary>
    public bool TellsStopOfTyping { get; init; }

    /// <summary>Whether what is typed goes along.</summary>
    public bool TakesTypedText { get; init; }

    /// <summary>Whether events name the agent.</summary>
    public bool NamesAgent { get; init; }

    /// <summary>Whether the visitor can attach data during the session.</summary>
    public bool HasUserData { get; init; }

    /// <summary>Whether files can be fetched.</summary>
    public bool HasFiles { get; init; }

    /// <summary>Whether the visitor can send files.</summary>
    public bool SendsFiles { get; init; }

    /// <summary>Whether a file that is fetched brings its name along.</summary>
    public bool NamesFetchedFiles { get; init; }

    /// <summary>Whether files can be deleted, and their limits asked for.</summary>
    public bool HasFileLimits { get; init; }
}

namespace ChatGen;

/// <summary>What a schema says, as data for the runtime. The generated client holds one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ChatProtocol
{
    /// <summary>The schema's <c>$id</c>.</summary>
    public required string SchemaId { get; init; }

    /// <summary>Error codes.</summary>
    public required ChatErrorCatalog Errors { get; init; }

    /// <summary>Event types.</summary>
    public required ChatEventCatalog Events { get; init; }

    /// <summary>How a session is started; <see langword="null"/> only in protocols made by hand.</summary>
    public ChatOpening? Start { get; init; }

    /// <summary>How a session is restored; <see langword="null"/> only in protocols made by hand.</summary>
    public ChatOpening? Restore { get; init; }

    /// <summary>The commands of a session, in the order of the schema. Default: none.</summary>
    public IReadOnlyList<ChatCommandDefinition> Commands { get; init; } = [];

    /// <summary>Takes the session id out of the start operation's result record.</summary>
    public required Func<object, string> SessionIdOf { get; init; }

    /// <summary>Makes a call of the transcript command from this index on; <see langword="null"/> if the schema has no such command.</summary>
    public Func<int, ChatCommand>? ReadTranscript { get; init; }

    /// <summary>Takes the entries out of the transcript command's result record.</summary>
    public Func<object, IReadOnlyList<ChatEvent>>? EntriesOf { get; init; }

    /// <summary>How the session looks over CometD; <see langword="null"/> if the schema has no such mapping.</summary>
    public CometDMapping? CometD { get; init; }

    /// <summary>How the session looks over HTTP; <see langword="null"/> if the schema has no such mapping.</summary>
    public RestMapping? Rest { get; init; }

    /// <summary>Makes the HTTP API of the schema over a client that has the backend's address; <see langword="null"/> if the schema has none.</summary>
    public Func<HttpClient, IRestApi>? CreateRestApi { get; init; }

    /// <summary>An error that the client makes because it cannot reach the backend or has lost it.</summary>
    public ChatException ConnectionError(string message, Exception? innerException = null) => new(Errors.Connection, message, innerException);

    /// <summary>Any other error that the client makes.</summary>
    public ChatException LibraryError(string message, Exception? innerException = null) => new(Errors.Library, message, innerException);
}

namespace ChatGen;

/// <summary>Opens sessions of a schema that the code at hand does not know. Generated clients implement it by <see cref="ChatClientCore{TSession}"/>.</summary>
/// <remarks>Generated clients are thread-safe.</remarks>
public interface IChatClient : IAsyncDisposable
{
    /// <summary>How the sessions and their connections are at present.</summary>
    ChatClientStatus Status { get; }

    /// <summary>Starts a new session. Specification: <c>startSession</c>.</summary>
    /// <param name="setup">What the host decides: address, storage, log.</param>
    /// <param name="start">A call of <see cref="ChatProtocol.Start"/>.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The live session.</returns>
    /// <exception cref="ChatException">The options break the schema, the backend cannot be reached, or it refuses.</exception>
    Task<ChatSessionCore> StartAsync(ChatSessionSetup setup, ChatCommand start, CancellationToken cancellationToken);

    /// <summary>Brings back the session whose state was stored. Specification: <c>restoreSession</c>.</summary>
    /// <param name="setup">What the host decides: storage, log.</param>
    /// <param name="restore">A call of <see cref="ChatProtocol.Restore"/>.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The session; <see langword="null"/> if there is none to restore.</returns>
    /// <exception cref="ChatException">There is a session, but it cannot be restored.</exception>
    Task<ChatSessionCore?> RestoreAsync(ChatSessionSetup setup, ChatCommand restore, CancellationToken cancellationToken);
}

/// <summary>A generated client, for code that works with the clients of any schema, such as dependency injection.</summary>
/// <typeparam name="TSelf">The client itself.</typeparam>
/// <remarks>Generated clients are thread-safe.</remarks>
public interface IChatClient<TSelf> : IChatClient
    where TSelf : class, IChatClient<TSelf>
{
    /// <summary>What the schema says.</summary>
    static abstract ChatProtocol Protocol { get; }

    /// <summary>Makes a client. Nothing is read or connected yet.</summary>
    /// <param name="settings">What holds for all its sessions.</param>
    static abstract TSelf Create(ChatClientSettings settings);

    /// <summary>Shows the options that sessions are started and restored with.</summary>
    /// <param name="visitor">Called for each.</param>
    static abstract void VisitOptions(IChatOptionsVisitor visitor);
}

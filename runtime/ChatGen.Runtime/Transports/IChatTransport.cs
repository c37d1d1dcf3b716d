namespace ChatGen;

/// <summary>Carries one chat session at a time between client and backend. Specification: option <c>transport</c>.</summary>
/// <remarks>
/// The client calls <see cref="InitializeAsync"/>, then either <see cref="StartSessionAsync"/> or <see cref="RestoreSessionAsync"/>,
/// then <see cref="SendAsync"/> any number of times, also concurrently, and <see cref="CloseAsync"/> at the end; the same instance may
/// be initialized again after that. Failures are <see cref="ChatException"/>s; any other exception is wrapped into one.
/// </remarks>
public interface IChatTransport
{
    /// <summary>Makes ready to start or restore a session, for example by connecting.</summary>
    /// <remarks>If it fails, it lets go of what it has, since <see cref="CloseAsync"/> is not called then. It fails if the transport carries a session already.</remarks>
    /// <param name="host">Takes the events; valid until <see cref="CloseAsync"/>.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task InitializeAsync(IChatTransportHost host, CancellationToken cancellationToken);

    /// <summary>Starts a session.</summary>
    /// <param name="start">The start operation, with the generated start options.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>What identifies the session from now on.</returns>
    Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken);

    /// <summary>Attaches to a session that exists already. Events that happen from then on are delivered; the client asks for earlier ones by the transcript command.</summary>
    /// <param name="restore">The restore operation, with the generated restore options.</param>
    /// <param name="state">What identifies the session.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken);

    /// <summary>Carries out a session command.</summary>
    /// <param name="command">The command with its options.</param>
    /// <param name="cancellationToken">Stops waiting; the backend may have received the command all the same.</param>
    /// <returns>The generated result record; <see langword="null"/> for a command that has none.</returns>
    Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken);

    /// <summary>Stops delivering events and lets go of the connection. The session lives on at the backend. Never throws; calling it again does nothing.</summary>
    ValueTask CloseAsync();
}

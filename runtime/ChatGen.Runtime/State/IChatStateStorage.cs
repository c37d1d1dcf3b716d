namespace ChatGen;

/// <summary>Keeps a session's state while nobody holds the session, so that it can be restored. Specification: option <c>stateStorage</c>.</summary>
/// <remarks>The client calls one member at a time for one session. What is stored admits to the session: treat it as a secret.</remarks>
public interface IChatStateStorage
{
    /// <summary>Reads what was written last.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state; <see langword="null"/> if there is none or it has expired.</returns>
    /// <exception cref="FormatException">There is something, but it is no state. It is not removed by this.</exception>
    ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores a state in place of all that was stored before.</summary>
    /// <param name="state">The state; <see langword="null"/> means that all existing state has to be cleared.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken);
}

namespace ChatGen;

/// <summary>
/// Keeps the history of a session beside its state, so that restoring it asks the backend only for what came after: in the browser's
/// <c>sessionStorage</c>, a file, wherever the visitor's own conversation may be kept.
/// </summary>
/// <remarks>
/// The client calls one member at a time for one session. What is stored is what was said in the chat, and the session's id admits to it: treat both as secrets.
/// It only saves time: whatever goes wrong here, be it that a member throws, is logged, and the backend is asked for the whole history.
/// </remarks>
public interface IChatHistoryStorage
{
    /// <summary>Reads what is stored of a session.</summary>
    /// <param name="sessionId">Identifies the session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The entries in the order in which they were appended; none if there are none.</returns>
    ValueTask<IReadOnlyList<string>> ReadAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Adds entries behind those that are stored. The state that goes with them is written right afterwards.</summary>
    /// <param name="sessionId">Identifies the session.</param>
    /// <param name="entries">At least one; each is one JSON object without line breaks.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask AppendAsync(string sessionId, IReadOnlyList<string> entries, CancellationToken cancellationToken);

    /// <summary>Removes all that is stored of a session, if there is anything.</summary>
    /// <param name="sessionId">Identifies the session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask ClearAsync(string sessionId, CancellationToken cancellationToken);
}

namespace ChatGen;

/// <summary>Sees to it that one node of a farm holds a visitor's session at a time. The gateway asks it before it opens a session.</summary>
/// <remarks>
/// Implementations are thread-safe. Without one in the container the gateway uses <see cref="InProcessChatOwnership"/>, which is right where there is one process.
/// A node asks for a key once at a time: it has disposed of its claim before it claims the same key again.
/// </remarks>
public interface IChatOwnership
{
    /// <summary>Claims the session of a visitor for this node; waits while another node hands it over, up to a bound of the implementation.</summary>
    /// <param name="key">Names the visitor. It is a hash, at most 64 characters of <c>A-Z a-z 0-9 _ -</c>, and admits to nothing.</param>
    /// <param name="cancellationToken">Stops waiting; nothing is claimed then.</param>
    /// <returns>The claim; <see langword="null"/> if it could not be had in time. Visitors are answered 503 with <c>Retry-After</c> then.</returns>
    ValueTask<IChatClaim?> ClaimAsync(string key, CancellationToken cancellationToken);
}

namespace ChatGen;

/// <summary>A visitor's session that this node holds. Disposing of the claim releases it, and calling that again does nothing.</summary>
/// <remarks>Implementations are thread-safe.</remarks>
public interface IChatClaim : IAsyncDisposable
{
    /// <summary>Names the visitor, as it was claimed.</summary>
    string Key { get; }

    /// <summary>
    /// Signalled when the node has to let go of the session: another node asks for it, or this one can no longer be sure that it is the owner. The gateway disposes of the session and then of the claim.
    /// It may still be read after the claim has been disposed of.
    /// </summary>
    CancellationToken Revoked { get; }

    /// <summary>Whether it is certain that no other node holds the session now. Asked before state is written: <see langword="false"/> after disposal, and as soon as there is doubt.</summary>
    bool IsHeld { get; }
}

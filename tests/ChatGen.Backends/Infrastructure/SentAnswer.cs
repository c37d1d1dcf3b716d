namespace ChatGen.Backends.Infrastructure;

/// <summary>An answer that was sent, and may have been lost on its way.</summary>
/// <param name="connectionClosed">Cancelled when its connection is closed.</param>
internal sealed class SentAnswer(CancellationToken connectionClosed)
{
    // A client that gives up waiting, closes its connection, and its next request over another one may be noticed before that.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    /// <summary>Whether the client must have got it: its connection is still open.</summary>
    public async Task<bool> HasArrivedAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(connectionClosed, cancellationToken);
        await Task.Delay(s_grace, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !connectionClosed.IsCancellationRequested;
    }
}

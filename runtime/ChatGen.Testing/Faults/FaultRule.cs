namespace ChatGen.Testing.Faults;

/// <summary>A fault that lasts: what it does, to which requests, and to how many of them.</summary>
/// <param name="effect">What befalls a request; <see langword="null"/> if its answer is only delayed.</param>
/// <param name="delay">How long answers are delayed; <see cref="Timeout.InfiniteTimeSpan"/> until the rule is lifted.</param>
/// <param name="count">To how many requests; <see langword="null"/> until it is lifted.</param>
/// <param name="where">To which requests; <see langword="null"/> for all.</param>
/// <param name="onLifted">Told of its end.</param>
#pragma warning disable CA1001 // The token source has neither a timer nor a wait handle: there is nothing to dispose of.
internal sealed class FaultRule(FaultEffect? effect, TimeSpan delay, int? count, Func<ChatBackendRequest, bool>? where, Action<FaultRule> onLifted) : IDisposable
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _lifted = new();
    private int _left = count ?? 0;

    public FaultEffect? Effect => effect;

    public TimeSpan Delay => delay;

    public CancellationToken Lifted => _lifted.Token;

    /// <summary>Whether it is for whatever the backend sends, also unasked.</summary>
    public bool IsForAll => count is null && where is null;

    /// <summary>Takes a request upon itself.</summary>
    public bool TryApply(ChatBackendRequest request)
    {
        // A frame has no status.
        if ((effect is FaultEffect.Refuse && request.Transport == ChatBackendTransport.WebSocket) || where?.Invoke(request) == false)
        {
            return false;
        }

        if (count is null)
        {
            return true;
        }

        int left = Interlocked.Decrement(ref _left);
        if (left <= 0 && effect is not null)
        {
            onLifted(this);
        }

        // A rule that delays stays until it is lifted, since that ends the delays that have begun.
        return left >= 0;
    }

    public void Dispose()
    {
        onLifted(this);
        _lifted.Cancel();
    }
}

namespace ChatGen.Testing.Faults;

/// <summary>What is to befall one request.</summary>
internal readonly struct FaultPlan(FaultEffect? effect, IReadOnlyList<FaultRule> delays, TimeProvider timeProvider)
{
    public FaultEffect? Effect => effect;

    public bool IsDelayed => delays is { Count: > 0 };

    /// <summary>Waits as long as the answer is to be delayed.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public async Task DelayAsync(CancellationToken cancellationToken)
    {
        foreach (FaultRule rule in delays ?? [])
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(rule.Lifted, cancellationToken);
            await Task.Delay(rule.Delay, timeProvider, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

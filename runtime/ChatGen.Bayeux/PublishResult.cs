namespace ChatGen.Bayeux;

/// <summary>What became of a publish, and why.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class PublishResult
{
    internal static readonly PublishResult Acknowledged = new(PublishOutcome.Acknowledged, null, null);

    private PublishResult(PublishOutcome outcome, BayeuxError? error, BayeuxFault? fault)
    {
        Outcome = outcome;
        Error = error;
        Fault = fault;
    }

    /// <summary>What became of it.</summary>
    public PublishOutcome Outcome { get; }

    /// <summary>The server's error if it was rejected and the server gave one.</summary>
    public BayeuxError? Error { get; }

    /// <summary>What went wrong if it was not sent or its fate is unknown.</summary>
    public BayeuxFault? Fault { get; }

    internal static PublishResult Rejected(BayeuxError? error) => new(PublishOutcome.Rejected, error, null);

    internal static PublishResult NotSent(BayeuxFault fault) => new(PublishOutcome.NotSent, null, fault);

    internal static PublishResult Unknown(BayeuxFault fault) => new(PublishOutcome.Unknown, null, fault);

    /// <summary>The outcome and its reason.</summary>
    public override string ToString() => (Error, Fault) switch
    {
        ({ } error, _) => $"{Outcome} ({error})",
        (_, { } fault) => $"{Outcome} ({fault.Message})",
        _ => Outcome.ToString(),
    };
}

namespace ChatGen.Bayeux.Protocol;

/// <summary>The part of an advice that is for one transport (Bayeux rule 31). What it does not say is as for all.</summary>
internal readonly record struct AdviceSection
{
    public ReconnectAdvice? Reconnect { get; init; }

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? MaxInterval { get; init; }
}

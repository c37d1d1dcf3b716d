namespace ChatGen.Bayeux.Session;

/// <summary>What the user has chosen of what the reducer decides by.</summary>
internal sealed record SessionPolicy
{
    public bool AllowWebSocket { get; init; } = true;

    public int MaxConnectAttempts { get; init; } = 1;

    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);
}

namespace ChatGen.Backends.GenesysCloud;

/// <summary>How the emulated Genesys Cloud is configured.</summary>
public sealed record GenesysCloudOptions : ChatBackendEmulatorOptions
{
    /// <summary>The organisation that chats have to be requested of.</summary>
    public string OrganizationId { get; init; } = "11111111-1111-4111-8111-111111111111";

    /// <summary>The deployment that chats have to be requested of.</summary>
    public string DeploymentId { get; init; } = "22222222-2222-4222-8222-222222222222";

    /// <summary>The queue that is there.</summary>
    public string Queue { get; init; } = "Support";

    /// <summary>The longest message, in characters. Default: 4000. The limit is ours.</summary>
    public int MaxMessageLength { get; init; } = 4000;

    /// <summary>The time between heartbeats on the WebSocket. Default: 30 s; the time is ours.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);
}

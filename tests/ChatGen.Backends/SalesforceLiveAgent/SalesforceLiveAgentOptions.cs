namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>How the emulated Live Agent is configured.</summary>
public sealed record SalesforceLiveAgentOptions : ChatBackendEmulatorOptions
{
    /// <summary>The organisation that chats have to be requested of.</summary>
    public string OrganizationId { get; init; } = "00D000000000001";

    /// <summary>The deployment that chats have to be requested of.</summary>
    public string DeploymentId { get; init; } = "572000000000001";

    /// <summary>The button that chats have to be requested with.</summary>
    public string ButtonId { get; init; } = "573000000000001";

    /// <summary>How long a poll without messages is held. Default: 20 s; the time is ours.</summary>
    public TimeSpan PollHold { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After how long without a poll a session is gone; told to clients in whole seconds. Default: 30 s.</summary>
    public TimeSpan ClientPollTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

namespace ChatGen.Backends.GenesysGms;

/// <summary>How the emulated GMS is configured.</summary>
public record GenesysGmsOptions : ChatBackendEmulatorOptions
{
    /// <summary>The chat service in the path. Default: <c>customer-support</c>.</summary>
    public string ServiceName { get; init; } = "customer-support";

    /// <summary>What header field <c>apikey</c> has to hold, as behind a proxy; <see langword="null"/>, the default, if there is none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The longest message, in characters. Default: 4096. The limit is ours, its error code the vendor's.</summary>
    public int MaxMessageLength { get; init; } = 4096;

    /// <summary>After how long a silence the visitor is removed: Chat Server's <c>flex-disconnect-timeout</c>. Default: 300 s.</summary>
    public TimeSpan DisconnectTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>What files are allowed.</summary>
    public GenesysGmsFileLimits Files { get; init; } = new();
}

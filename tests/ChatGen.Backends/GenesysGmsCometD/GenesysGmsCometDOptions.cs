using ChatGen.Backends.GenesysGms;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>How the emulated GMS is configured.</summary>
/// <remarks>A visitor who is silent is not removed: whether <see cref="GenesysGmsOptions.DisconnectTimeout"/> counts over CometD is not published.</remarks>
public sealed record GenesysGmsCometDOptions : GenesysGmsOptions
{
    /// <summary>How long a <c>/meta/connect</c> is held. Default: 30 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client is remembered that does not connect. Default: 10 s.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a client over long-polling has to send the cookie <c>BAYEUX_BROWSER</c>. Default: yes.</summary>
    public bool UsesCookies { get; init; } = true;

    /// <summary>Whether WebSockets can be opened. Default: yes.</summary>
    public bool AllowsWebSockets { get; init; } = true;

    /// <summary>Whether what answers an operation carries the <c>id</c> of the message that asked for it. Default: yes. Bayeux recommends it; whether GMS does so is not published.</summary>
    public bool RepliesCarryId { get; init; } = true;
}

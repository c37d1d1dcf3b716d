using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>What option records hold for the client itself and not for the backend. For generated code, which fills it from the records.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ChatSessionSetup
{
    /// <summary>Address of the backend for the built-in transport. Needed to start a session unless <see cref="Transport"/> is given; has no effect if it is. Specification: option <c>serverUrl</c>.</summary>
    public Uri? ServerUrl { get; init; }

    /// <summary>A transport of the user's own; by default the built-in CometD transport is used. It is closed but never disposed. Specification: option <c>transport</c>.</summary>
    public IChatTransport? Transport { get; init; }

    /// <summary>Where the session's state is kept; by default the built-in storage is used. Specification: option <c>stateStorage</c>.</summary>
    public IChatStateStorage? StateStorage { get; init; }

    /// <summary>How long the built-in storage keeps the state; <see langword="null"/> for 5 s. Has no effect if <see cref="StateStorage"/> is given. Specification: option <c>maxOfflineDuration</c>.</summary>
    public TimeSpan? MaxOfflineDuration { get; init; }

    /// <summary>Keeps the built-in transport from using WebSockets. Has no effect if <see cref="Transport"/> is given. Specification: option <c>disableWebSockets</c>.</summary>
    public bool DisableWebSockets { get; init; }

    /// <summary>Receives the log of the session; by default it is written to the console. Specification: option <c>logger</c>.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>What came of checking the options. A failure keeps anything from being sent.</summary>
    public required ChatValidationResult Validation { get; init; }
}

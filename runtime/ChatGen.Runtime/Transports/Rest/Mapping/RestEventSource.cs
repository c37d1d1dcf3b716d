namespace ChatGen;

/// <summary>How events get from the backend to the client.</summary>
internal abstract record RestEventSource;

/// <summary>A request is sent again and again.</summary>
/// <param name="Step">The request.</param>
/// <param name="Interval">The pause between two of them.</param>
internal sealed record RestPoll(RestStep Step, TimeSpan Interval) : RestEventSource;

/// <summary>A request is held by the backend until there is something.</summary>
/// <param name="Step">The request.</param>
/// <param name="TimeoutSeconds">How long the backend may hold it, in seconds.</param>
internal sealed record RestLongPoll(RestStep Step, JsonTemplate? TimeoutSeconds) : RestEventSource;

/// <summary>The backend sends frames over a WebSocket.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Headers">Headers of the opening request.</param>
/// <param name="SubProtocol">The sub-protocol that is asked for.</param>
/// <param name="OnOpen">What is sent as soon as it is open.</param>
/// <param name="ReadyCondition">What the frame is like from which on events can be relied on; empty if that is so as soon as it is open.</param>
/// <param name="HeartbeatInterval">The pause between two heartbeats of the client; <see langword="null"/> for none.</param>
/// <param name="Heartbeat">What a heartbeat is.</param>
internal sealed record RestWebSocket(
    TextTemplate Url, (string Name, TextTemplate Value)[] Headers, string? SubProtocol, JsonTemplate[] OnOpen, TemplateCondition ReadyCondition, TimeSpan? HeartbeatInterval, JsonTemplate? Heartbeat) : RestEventSource;

/// <summary>The backend publishes on Bayeux channels.</summary>
/// <param name="Url">Its address, relative to the server's.</param>
/// <param name="Channels">What is subscribed to.</param>
internal sealed record RestBayeux(TextTemplate Url, TextTemplate[] Channels) : RestEventSource;

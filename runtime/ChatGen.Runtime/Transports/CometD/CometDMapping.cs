using System.Collections.Frozen;

namespace ChatGen;

/// <summary>How the session looks over CometD: one channel, flat request objects, answers and events on the same channel. Schema: <c>x-chat.transports.cometd</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CometDMapping
{
    /// <summary>Channel that requests are published to, and answers and events arrive on.</summary>
    public required string Channel { get; init; }

    /// <summary>Whether the channel has to be subscribed to before the first request.</summary>
    public required bool Subscribe { get; init; }

    /// <summary>Member of a request that names the operation.</summary>
    public required string OperationMember { get; init; }

    /// <summary>Member of a request that its answer repeats. What arrives without it is an event.</summary>
    public required string RequestIdMember { get; init; }

    /// <summary>Member of a request that holds the session id.</summary>
    public required string SessionIdMember { get; init; }

    /// <summary>The operation's name on the wire by its name in the schema. What is absent cannot be done over CometD.</summary>
    public required FrozenDictionary<string, string> Operations { get; init; }

    /// <summary>
    /// Name in the schema of the operation that attaches a new connection to the session after one was lost; <see langword="null"/> if there is
    /// none, so that a lost Bayeux session loses the chat's events.
    /// </summary>
    public string? RestoreOperation { get; init; }
}

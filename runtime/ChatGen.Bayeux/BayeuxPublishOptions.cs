namespace ChatGen.Bayeux;

/// <summary>How one message is published.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BayeuxPublishOptions
{
    /// <summary>
    /// Whether publishing the message twice does no harm, so that it may be sent again when its fate is unknown. Default: false, and the client
    /// leaves it to the caller what to do about <see cref="PublishOutcome.Unknown"/>.
    /// </summary>
    public bool IsIdempotent { get; init; }

    /// <summary>How long the message may wait to be sent, or sent again. Default: <see cref="BayeuxClientOptions.MaxQueueTime"/>.</summary>
    public TimeSpan? MaxQueueTime { get; init; }

    /// <summary>Members of the message's <c>ext</c>, each one JSON value as UTF-8. Default: none.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Ext { get; init; }
}

namespace ChatGen.Bayeux;

/// <summary>An event that arrived on a channel.</summary>
/// <param name="Channel">The channel that it was published to, never a pattern.</param>
/// <param name="Data">The payload, one JSON value as UTF-8. Valid only until the callback returns: copy what is to be kept.</param>
public readonly record struct BayeuxEvent(string Channel, ReadOnlyMemory<byte> Data)
{
    /// <summary>The member <c>ext</c>, in which extensions speak; empty if there is none. Valid only until the callback returns.</summary>
    public ReadOnlyMemory<byte> Ext { get; init; }
}

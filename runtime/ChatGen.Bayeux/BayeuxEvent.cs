namespace ChatGen.Bayeux;

/// <summary>An event that arrived on a channel.</summary>
/// <param name="Channel">The channel that it was published to, never a pattern.</param>
/// <param name="Data">The payload, one JSON value as UTF-8. Valid only until the callback returns: copy what is to be kept.</param>
public readonly record struct BayeuxEvent(string Channel, ReadOnlyMemory<byte> Data);

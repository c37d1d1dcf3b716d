namespace ChatGen.Bayeux;

/// <summary>Bytes that arrived in an event.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="IsLast">Whether they are the last of a series.</param>
/// <param name="Utf8Meta">What the publisher says of them, one JSON value; empty if nothing. Valid only until the event's callback returns.</param>
public readonly record struct BayeuxBinaryData(ReadOnlyMemory<byte> Bytes, bool IsLast, ReadOnlyMemory<byte> Utf8Meta);

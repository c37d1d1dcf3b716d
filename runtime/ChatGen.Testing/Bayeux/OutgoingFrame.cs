namespace ChatGen.Testing.Bayeux;

/// <summary>What is to be sent over a WebSocket.</summary>
/// <param name="Content">The text of the frame; <see langword="null"/> to close the socket.</param>
/// <param name="Due">Done when it is time to send it.</param>
internal readonly record struct OutgoingFrame(ReadOnlyMemory<byte>? Content, Task Due);

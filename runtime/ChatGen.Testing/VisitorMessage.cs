namespace ChatGen.Testing;

/// <summary>A message of the visitor.</summary>
/// <param name="Text">The text, or the address.</param>
/// <param name="Type">What it is: <see cref="ChatMessageType.Text"/> or <see cref="ChatMessageType.Url"/>.</param>
public sealed record VisitorMessage(string Text, ChatMessageType Type);

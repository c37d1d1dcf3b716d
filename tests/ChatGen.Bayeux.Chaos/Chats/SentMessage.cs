namespace ChatGen.Bayeux.Chaos.Chats;

/// <summary>A message of the visitor, and what they were told of it.</summary>
/// <param name="Text">The text, which no other message has.</param>
/// <param name="Failure">Why it failed; <see langword="null"/> if the backend has answered that it has it.</param>
internal sealed record SentMessage(string Text, ChatException? Failure)
{
    /// <summary>Whether the backend may have it all the same.</summary>
    public bool MayHaveArrived => Failure?.Message.Contains("did not process", StringComparison.Ordinal) != true;
}

namespace ChatGen;

/// <summary>A Bayeux session: what the chat session is attached to. The Bayeux server may forget one and give another.</summary>
/// <param name="Link">The link that has it.</param>
/// <param name="Number">Its number among those of the link.</param>
internal readonly record struct CometDBayeuxSession(CometDLink Link, int Number);

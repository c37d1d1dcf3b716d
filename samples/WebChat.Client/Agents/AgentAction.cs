namespace WebChat.Client.Agents;

/// <summary>What the agent does in a chat.</summary>
/// <param name="Message">Sends this.</param>
/// <param name="IsTyping">Begins or stops typing.</param>
/// <param name="IsEnd">Ends the chat.</param>
/// <remarks>All absent: joins the chat.</remarks>
public sealed record AgentAction(string? Message = null, bool? IsTyping = null, bool IsEnd = false);

using System.Text.Json.Nodes;

namespace WebChat.Client.Agents;

/// <summary>A chat as the agent's page is told of it: all there is, each time something changes.</summary>
/// <param name="Number">Tells it from the others. The session's own id admits to the chat, and stays at the backend.</param>
/// <param name="Visitor">Name of the visitor.</param>
/// <param name="Email">Where the visitor can be reached, if they have told.</param>
/// <param name="Subject">What it is about, if they have told.</param>
/// <param name="HasAgent">Whether the agent has joined.</param>
/// <param name="IsEnded">Whether it is over.</param>
/// <param name="IsVisitorTyping">Whether the visitor is typing.</param>
/// <param name="Transcript">What has happened, as events of the chat.</param>
public sealed record AgentChat(int Number, string Visitor, string? Email, string? Subject, bool HasAgent, bool IsEnded, bool IsVisitorTyping, JsonArray Transcript);

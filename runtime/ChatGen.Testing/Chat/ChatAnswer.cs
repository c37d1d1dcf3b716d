using System.Text.Json.Nodes;

namespace ChatGen.Testing.Chat;

/// <summary>What an operation answers.</summary>
/// <param name="Result">Members of the answer.</param>
/// <param name="Session">The session that the operation belongs to.</param>
/// <param name="Then">What has to happen after the answer is on its way, so that nothing the agent does overtakes it.</param>
internal readonly record struct ChatAnswer(JsonObject Result, ChatBackendSession Session, Action? Then = null);

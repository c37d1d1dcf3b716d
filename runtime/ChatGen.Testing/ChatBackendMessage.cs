using System.Text.Json.Nodes;

namespace ChatGen.Testing;

/// <summary>A Bayeux message that a <see cref="ChatBackend"/> delivers.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Data">The payload: any JSON.</param>
public sealed record ChatBackendMessage(string Channel, JsonNode? Data);

using System.Text.Json.Nodes;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>What the server has to say to a message.</summary>
/// <param name="Reply">The reply.</param>
/// <param name="Session">The client; <see langword="null"/> if it is not known.</param>
/// <param name="Held">The connect that has to be released before its reply is sent; <see langword="null"/> if there is none.</param>
/// <param name="Then">What happens after the reply.</param>
internal sealed record BayeuxAnswer(JsonObject Reply, BayeuxSession? Session = null, HeldConnect? Held = null, Action? Then = null);

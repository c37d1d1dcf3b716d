namespace ChatGen.Bayeux.Chaos.Servers;

/// <summary>An HTTP request.</summary>
/// <param name="WebSocketKey">The key of a WebSocket upgrade; <see langword="null"/> if it is none.</param>
/// <param name="Body">The body; empty if there is none.</param>
internal sealed record RawRequest(string? WebSocketKey, byte[] Body);

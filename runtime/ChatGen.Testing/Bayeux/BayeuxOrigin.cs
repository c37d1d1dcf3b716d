namespace ChatGen.Testing.Bayeux;

/// <summary>What a message came over.</summary>
/// <param name="Socket">The WebSocket; <see langword="null"/> if it came over long-polling.</param>
/// <param name="BrowserId">The cookie <c>BAYEUX_BROWSER</c>; <see langword="null"/> if there is none.</param>
internal readonly record struct BayeuxOrigin(WebSocketConnection? Socket, string? BrowserId);

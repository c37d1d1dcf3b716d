using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>What a message came over.</summary>
/// <param name="Request">The HTTP request or frame.</param>
/// <param name="Socket">The WebSocket; <see langword="null"/> over long-polling.</param>
/// <param name="BrowserId">The cookie.</param>
internal sealed record BayeuxOrigin(EmulatorRequest Request, EmulatorSocket? Socket, string? BrowserId)
{
    public string ConnectionType => Socket is null ? "long-polling" : "websocket";
}

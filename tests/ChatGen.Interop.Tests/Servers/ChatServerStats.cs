namespace ChatGen.Interop.Tests.Servers;

/// <summary>What a server has seen since it was started.</summary>
/// <param name="WebSocketUpgrades">WebSocket connections that were asked for, whether accepted or refused.</param>
/// <param name="LongPollingRequests">All other HTTP requests to the Bayeux server.</param>
/// <param name="Handshakes">Successful Bayeux handshakes.</param>
/// <param name="Disconnects">Bayeux clients that have disconnected in order.</param>
/// <param name="Sessions">The chat sessions that are not over, oldest first.</param>
internal sealed record ChatServerStats(
    int WebSocketUpgrades, int LongPollingRequests, int Handshakes, int Disconnects, IReadOnlyList<ChatServerSession> Sessions);

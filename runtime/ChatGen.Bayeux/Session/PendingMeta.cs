using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A handshake, connect or disconnect: its outcome is for the reducer.</summary>
internal sealed class PendingMeta(OutboundMessage message) : PendingMessage(message);

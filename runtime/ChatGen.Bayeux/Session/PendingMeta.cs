using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A handshake, connect or disconnect: its outcome is for the reducer, which also takes such messages without an id.</summary>
internal sealed class PendingMeta(OutboundMessage message, Action<SessionInput> step) : PendingMessage(message)
{
    public override void OnReply(in BayeuxMessage reply)
    {
    }

    public override void OnFailed(BayeuxFault fault, bool written) => step(new SessionInput.MetaFailed(Message.Id, fault));
}

using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A subscribe or unsubscribe.</summary>
internal sealed class PendingSubscription(OutboundMessage message) : PendingMessage(message)
{
    public bool IsSubscribe => Message.Channel == MetaChannel.Subscribe;
}

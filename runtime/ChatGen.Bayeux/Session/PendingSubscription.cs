using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A subscribe or unsubscribe.</summary>
internal sealed class PendingSubscription(OutboundMessage message, SubscriptionRequests requests) : PendingMessage(message)
{
    public bool IsSubscribe => Message.Channel == MetaChannel.Subscribe;

    // Asking twice does no harm.
    public override bool CanRepeat(bool written) => true;

    public override void OnReply(in BayeuxMessage reply)
    {
        if (IsSubscribe)
        {
            requests.OnReply(Message.Subscription!, reply);
        }
    }

    public override void OnFailed(BayeuxFault fault, bool written)
    {
        if (IsSubscribe)
        {
            requests.OnFailed(Message.Subscription!, fault, Batch?.SessionNumber);
        }
    }
}

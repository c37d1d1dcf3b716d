using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>What the server has been asked of the wanted subscriptions in the present session, and what it has said. The session's loop alone uses it.</summary>
/// <param name="subscriptions">What the user wants.</param>
/// <param name="send">Queues a request.</param>
/// <param name="report">Tells the user of a refusal.</param>
/// <param name="ids">Makes ids.</param>
internal sealed class SubscriptionRequests(SubscriptionSet subscriptions, Action<PendingMessage> send, Action<BayeuxFault> report, MessageIds ids)
{
    private Dictionary<string, bool>? _confirmedByRequestedChannel;
    private int _sessionNumber;

    /// <summary>A session has begun that knows of no subscription.</summary>
    public void Reset(int sessionNumber)
    {
        _sessionNumber = sessionNumber;
        _confirmedByRequestedChannel?.Clear();
    }

    /// <summary>Asks for all that is wanted and has not been asked for yet.</summary>
    public void RequestMissing()
    {
        foreach (string channel in subscriptions.Desired().Where(channel => _confirmedByRequestedChannel?.ContainsKey(channel) != true).ToArray())
        {
            Request(channel);
        }
    }

    /// <summary>A subscription has been added.</summary>
    public void OnAdded(BayeuxSubscription subscription, bool canSend)
    {
        if (!subscriptions.Of(subscription.Channel).Contains(subscription))
        {
            return;
        }

        if (_confirmedByRequestedChannel is not null && _confirmedByRequestedChannel.TryGetValue(subscription.Channel, out bool confirmed))
        {
            if (confirmed)
            {
                subscription.Resolve(null);
            }
        }
        else if (canSend)
        {
            Request(subscription.Channel);
        }
    }

    /// <summary>A subscription has been removed; the server is told when it was the channel's last (Bayeux rule 36).</summary>
    public void OnRemoved(string channel, bool canSend)
    {
        if (!subscriptions.IsDesired(channel) && _confirmedByRequestedChannel?.Remove(channel) == true && canSend)
        {
            send(new PendingSubscription(new OutboundMessage { Channel = MetaChannel.Unsubscribe, Id = ids.Next(), Subscription = channel }, this));
        }
    }

    /// <summary>The server has answered a subscribe.</summary>
    public void OnReply(string channel, in BayeuxMessage reply)
    {
        if (_confirmedByRequestedChannel?.ContainsKey(channel) != true)
        {
            return;
        }

        if (reply.Successful == true)
        {
            _confirmedByRequestedChannel[channel] = true;
            Resolve(channel, null);
            return;
        }

        BayeuxFault fault = SessionFault.SubscriptionRejected(channel, reply.Error);
        report(fault);
        foreach (BayeuxSubscription subscription in subscriptions.Of(channel))
        {
            // One that was allowed once stays wanted: the next session may allow it again.
            if (!subscription.IsLocal && !subscription.IsConfirmed)
            {
                subscriptions.Remove(subscription);
                subscription.Resolve(fault);
            }
        }

        if (!subscriptions.IsDesired(channel))
        {
            _confirmedByRequestedChannel?.Remove(channel);
        }
    }

    /// <summary>A subscribe got no answer.</summary>
    public void OnFailed(string channel, BayeuxFault fault, int? sessionNumber)
    {
        if (sessionNumber is null || sessionNumber == _sessionNumber)
        {
            // Subscribing twice does no harm, so the next successful connect may repeat it.
            _confirmedByRequestedChannel?.Remove(channel);
        }

        Resolve(channel, fault);
    }

    private void Request(string channel)
    {
        (_confirmedByRequestedChannel ??= new Dictionary<string, bool>(StringComparer.Ordinal))[channel] = false;
        send(new PendingSubscription(new OutboundMessage { Channel = MetaChannel.Subscribe, Id = ids.Next(), Subscription = channel }, this));
    }

    private void Resolve(string channel, BayeuxFault? fault)
    {
        foreach (BayeuxSubscription subscription in subscriptions.Of(channel))
        {
            subscription.Resolve(fault);
        }
    }
}

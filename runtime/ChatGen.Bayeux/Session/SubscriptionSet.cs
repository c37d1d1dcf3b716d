using System.Collections.Immutable;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>The subscriptions that the user wants, whatever the server knows of them.</summary>
/// <remarks>Thread-safe: changed by the user's threads, read by the actor and by the dispatch of events.</remarks>
internal sealed class SubscriptionSet
{
    private readonly Lock _lock = new();
    private volatile ImmutableDictionary<string, ImmutableArray<BayeuxSubscription>> _byChannel =
        ImmutableDictionary.Create<string, ImmutableArray<BayeuxSubscription>>(StringComparer.Ordinal);

    private volatile bool _hasPatterns;

    public void Add(BayeuxSubscription subscription)
    {
        lock (_lock)
        {
            _byChannel = _byChannel.SetItem(subscription.Channel, Of(subscription.Channel).Add(subscription));
            _hasPatterns |= ChannelName.IsPattern(subscription.Channel);
        }
    }

    /// <summary>Takes a subscription out; <see langword="false"/> if it was not there.</summary>
    public bool Remove(BayeuxSubscription subscription)
    {
        lock (_lock)
        {
            ImmutableArray<BayeuxSubscription> before = Of(subscription.Channel);
            ImmutableArray<BayeuxSubscription> after = before.Remove(subscription);
            _byChannel = after.IsEmpty ? _byChannel.Remove(subscription.Channel) : _byChannel.SetItem(subscription.Channel, after);
            return after.Length < before.Length;
        }
    }

    /// <summary>The subscriptions of exactly this channel or pattern.</summary>
    public ImmutableArray<BayeuxSubscription> Of(string channel) =>
        _byChannel.TryGetValue(channel, out ImmutableArray<BayeuxSubscription> subscriptions) ? subscriptions : [];

    /// <summary>Whether the server has to know of this channel or pattern.</summary>
    public bool IsDesired(string channel) => Of(channel).Any(static subscription => !subscription.IsLocal);

    /// <summary>The channels and patterns that the server has to know of.</summary>
    public IEnumerable<string> Desired() => _byChannel.Keys.Where(IsDesired);

    /// <summary>All subscriptions.</summary>
    public IEnumerable<BayeuxSubscription> All() => _byChannel.Values.SelectMany(static subscriptions => subscriptions);

    /// <summary>Delivers an event: to the channel's own subscriptions, then to the patterns', nearest first (Bayeux rule 40).</summary>
    public void Deliver(BayeuxEvent bayeuxEvent, Action<BayeuxSubscription, BayeuxEvent> deliver)
    {
        foreach (BayeuxSubscription subscription in Of(bayeuxEvent.Channel))
        {
            deliver(subscription, bayeuxEvent);
        }

        if (_hasPatterns)
        {
            foreach (string pattern in ChannelName.PatternsOf(bayeuxEvent.Channel))
            {
                foreach (BayeuxSubscription subscription in Of(pattern))
                {
                    deliver(subscription, bayeuxEvent);
                }
            }
        }
    }
}

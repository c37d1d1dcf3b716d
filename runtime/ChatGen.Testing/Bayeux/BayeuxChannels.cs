namespace ChatGen.Testing.Bayeux;

/// <summary>Names of channels. Bayeux rules 4 to 6.</summary>
internal static class BayeuxChannels
{
    public const string Handshake = "/meta/handshake";
    public const string Connect = "/meta/connect";
    public const string Subscribe = "/meta/subscribe";
    public const string Unsubscribe = "/meta/unsubscribe";
    public const string Disconnect = "/meta/disconnect";

    public static bool IsMeta(string channel) => channel == "/meta" || channel.StartsWith("/meta/", StringComparison.Ordinal);

    public static bool IsService(string channel) => channel.StartsWith("/service/", StringComparison.Ordinal);

    public static bool IsWellFormed(string channel) => channel.Length > 1 && channel[0] == '/' && channel[^1] != '/' && !channel.Contains("//", StringComparison.Ordinal);

    /// <summary>Whether a subscription, possibly with a wildcard as its last segment, covers a channel. Bayeux rule 40.</summary>
    public static bool Covers(string subscription, string channel)
    {
        if (subscription.EndsWith("/**", StringComparison.Ordinal))
        {
            return channel.StartsWith(subscription.AsSpan(0, subscription.Length - 2), StringComparison.Ordinal);
        }

        if (subscription.EndsWith("/*", StringComparison.Ordinal))
        {
            int parent = subscription.Length - 1;
            return channel.StartsWith(subscription.AsSpan(0, parent), StringComparison.Ordinal) && channel.IndexOf('/', parent) < 0;
        }

        return subscription == channel;
    }
}

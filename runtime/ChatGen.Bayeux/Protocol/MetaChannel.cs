namespace ChatGen.Bayeux.Protocol;

/// <summary>Names of the meta channels that the protocol reserves (Bayeux rule 5).</summary>
internal static class MetaChannel
{
    public const string Handshake = "/meta/handshake";
    public const string Connect = "/meta/connect";
    public const string Disconnect = "/meta/disconnect";
    public const string Subscribe = "/meta/subscribe";
    public const string Unsubscribe = "/meta/unsubscribe";
}

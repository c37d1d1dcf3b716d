namespace ChatGen.Backends.SalesforceLiveAgent;

internal static class LiveAgentHeaders
{
    public const string ApiVersion = "X-LIVEAGENT-API-VERSION";
    public const string Affinity = "X-LIVEAGENT-AFFINITY";
    public const string SessionKey = "X-LIVEAGENT-SESSION-KEY";
    public const string Sequence = "X-LIVEAGENT-SEQUENCE";

    /// <summary>The affinity of a client that has none yet.</summary>
    public const string NoAffinity = "null";
}

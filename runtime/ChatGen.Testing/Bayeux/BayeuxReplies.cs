using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>Replies as they look on the wire. Bayeux rules 3, 7 and 23.</summary>
internal static class BayeuxReplies
{
    public const string SessionUnknown = "402::session_unknown";

    public static JsonObject Successful(JsonObject message, string channel) => Reply(message, channel, successful: true);

    public static JsonObject Failed(JsonObject message, string? channel, string error)
    {
        JsonObject reply = Reply(message, channel, successful: false);
        reply["error"] = error;
        return reply;
    }

    /// <summary>The client is not known (any more): it has to handshake.</summary>
    public static JsonObject UnknownSession(JsonObject message, string channel)
    {
        JsonObject reply = Failed(message, channel, SessionUnknown);
        reply["advice"] = new JsonObject { ["reconnect"] = "handshake", ["interval"] = 0 };
        return reply;
    }

    public static JsonObject Retry(ChatBackendOptions options) => new ChatBackendAdvice
    {
        Interval = options.Interval,
        Timeout = options.MetaConnectTimeout,
        MaxInterval = options.AdviseMaxInterval ? options.MaxInterval : null,
    }.ToJson();

    public static JsonObject NoReconnect() => new() { ["reconnect"] = "none" };

    private static JsonObject Reply(JsonObject message, string? channel, bool successful)
    {
        JsonObject reply = [];
        if (message["id"] is { } id)
        {
            reply["id"] = id.DeepClone();
        }

        if (channel is not null)
        {
            reply["channel"] = channel;
        }

        reply["successful"] = successful;
        return reply;
    }
}

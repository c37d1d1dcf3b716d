using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Chaos.Servers;

/// <summary>What a good server answers.</summary>
internal static class GoodReplies
{
    public const string Retry = """{"reconnect":"retry","interval":0,"timeout":30000}""";
    public const string Handshake = """{"reconnect":"handshake","interval":0}""";

    /// <summary>The messages of a request or frame.</summary>
    public static JsonObject[] Parse(ReadOnlySpan<byte> utf8) => [.. JsonNode.Parse(utf8)!.AsArray().Select(static message => message!.AsObject())];

    public static string ChannelOf(JsonObject message) => (string)message["channel"]!;

    /// <summary>Whether a message is a connect that wants to be held.</summary>
    public static bool IsHeldConnect(JsonObject message) => ChannelOf(message) == "/meta/connect" && message["advice"] is null;

    /// <summary>A reply that says that all is well.</summary>
    /// <param name="message">What is answered.</param>
    /// <param name="clientId">Client id of a new session.</param>
    /// <param name="advice">What is advised with handshakes and connects.</param>
    public static string To(JsonObject message, string clientId, string advice = Retry)
    {
        string ok = Ok(message);
        return ChannelOf(message) switch
        {
            "/meta/handshake" => With(ok, $"\"version\":\"1.0\",\"clientId\":\"{clientId}\",\"supportedConnectionTypes\":[\"websocket\",\"long-polling\"],\"advice\":{advice}"),
            "/meta/connect" => With(ok, $"\"advice\":{advice}"),
            "/meta/subscribe" or "/meta/unsubscribe" => With(ok, $"\"subscription\":{message["subscription"]!.ToJsonString()}"),
            _ => ok,
        };
    }

    /// <summary>A reply of a server that does not know the session.</summary>
    public static string UnknownSession(JsonObject message) =>
        With(Ok(message).Replace("true", "false", StringComparison.Ordinal), $"\"error\":\"402::session_unknown\",\"advice\":{Handshake}");

    private static string Ok(JsonObject message) =>
        $"{{\"channel\":{JsonSerializer.Serialize(ChannelOf(message))},\"id\":{message["id"]!.ToJsonString()},\"successful\":true}}";

    private static string With(string json, string members) => $"{json[..^1]},{members}}}";
}

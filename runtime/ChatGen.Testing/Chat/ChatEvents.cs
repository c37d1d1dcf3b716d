using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatGen.Testing.Chat;

/// <summary>Events as they look on the wire. Schema: <c>x-chat.events</c>.</summary>
internal static class ChatEvents
{
    public static JsonObject AgentConnected(JsonObject party) => new() { ["type"] = "AgentConnected", ["party"] = party };

    public static JsonObject AgentDisconnected(JsonObject party) => new() { ["type"] = "AgentDisconnected", ["party"] = party };

    public static JsonObject AgentTyping(JsonObject party, bool isTyping, DateTimeOffset timestamp) => new()
    {
        ["type"] = "AgentTyping",
        ["timestamp"] = Rfc3339(timestamp),
        ["party"] = party,
        ["isTyping"] = isTyping,
    };

    public static JsonObject MessageReceived(JsonObject party, string text, ChatMessageType type) => new()
    {
        ["type"] = "MessageReceived",
        ["party"] = party,
        ["content"] = new JsonObject { ["type"] = Wire(type), ["text"] = text },
    };

    public static JsonObject SessionEnded(string reason) => new() { ["type"] = "SessionEnded", ["reason"] = reason };

    public static JsonObject Error(int code, string? description) => new() { ["type"] = "Error", ["error"] = ErrorOf(code, description) };

    public static JsonObject ErrorOf(int code, string? description)
    {
        JsonObject error = new() { ["code"] = code };
        if (description is not null)
        {
            error["description"] = description;
        }

        return error;
    }

    public static JsonObject Party(string id, string name, string type) => new() { ["id"] = id, ["name"] = name, ["type"] = type };

    /// <summary>Makes an event an entry of the history.</summary>
    public static void Stamp(JsonObject entry, int index, DateTimeOffset timestamp)
    {
        entry["index"] = index;
        entry["timestamp"] = Rfc3339(timestamp);
    }

    public static int IndexOf(JsonObject entry) => (int)entry["index"]!;

    private static string Wire(ChatMessageType type) => type switch
    {
        ChatMessageType.Text => "text",
        ChatMessageType.Url => "url",
        ChatMessageType.Notice => "notice",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of message."),
    };

    private static string Rfc3339(DateTimeOffset timestamp) => timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

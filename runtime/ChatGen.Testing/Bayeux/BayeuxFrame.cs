using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>The body of a request or response, the text of a WebSocket frame: an array of messages. Bayeux rule 1.</summary>
internal static class BayeuxFrame
{
    private static readonly JsonDocumentOptions s_documentOptions = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the messages.</summary>
    /// <returns><see langword="false"/> if it is no JSON, not an array of objects or a single object, or an empty array.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8Json, out IReadOnlyList<JsonObject> messages)
    {
        messages = [];
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(utf8Json, nodeOptions: null, s_documentOptions);
        }
        catch (JsonException)
        {
            return false;
        }

        switch (root)
        {
            case JsonObject message:
                messages = [message];
                return true;
            case JsonArray { Count: > 0 } array when array.All(element => element is JsonObject):
                messages = [.. array.Select(element => element!.AsObject())];
                return true;
            default:
                return false;
        }
    }

    public static byte[] Serialize(IEnumerable<JsonObject> messages)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            foreach (JsonObject message in messages)
            {
                message.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }

    public static string? TryGetString(JsonObject message, string name) => TryGetString(message[name]);

    public static string? TryGetString(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // A JSON string may escape half a surrogate pair, which is no string to .NET.
            return null;
        }
    }
}

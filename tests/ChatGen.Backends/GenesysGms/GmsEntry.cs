using System.Text.Json.Nodes;

namespace ChatGen.Backends.GenesysGms;

/// <summary>An entry of the transcript.</summary>
internal sealed record GmsEntry(GmsParticipant From, string Type, DateTimeOffset Time)
{
    /// <summary>Its place in the transcript, from 1; <see langword="null"/> for what is not part of it.</summary>
    public int? Index { get; init; }

    public string? Text { get; init; }

    public string? MessageType { get; init; }

    public IReadOnlyDictionary<string, string>? UserData { get; init; }

    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["from"] = new JsonObject { ["nickname"] = From.Nickname, ["participantId"] = From.Id, ["type"] = From.Type },
            ["type"] = Type,
            ["utcTime"] = Time.ToUnixTimeMilliseconds(),
        };
        if (Index is not null)
        {
            json["index"] = Index;
        }

        if (Text is not null)
        {
            json["text"] = Text;
        }

        if (MessageType is not null)
        {
            json["messageType"] = MessageType;
        }

        if (UserData is not null)
        {
            json["userData"] = new JsonObject(UserData.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        return json;
    }
}

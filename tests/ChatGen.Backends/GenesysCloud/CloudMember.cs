using System.Text.Json.Nodes;

namespace ChatGen.Backends.GenesysCloud;

/// <summary>A member of a conversation.</summary>
internal sealed class CloudMember(string displayName, string role, DateTimeOffset joined)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public string State { get; set; } = "CONNECTED";

    public bool IsConnected => State == "CONNECTED";

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["displayName"] = displayName,
        ["role"] = role,
        ["state"] = State,
        ["joinDate"] = CloudTime.Format(joined),
    };
}

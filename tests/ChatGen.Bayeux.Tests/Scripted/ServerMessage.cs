using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>A message that the scripted server has received.</summary>
/// <param name="Json">The message.</param>
/// <param name="Number">Its number among those on the same channel, from 1.</param>
/// <param name="BatchSize">How many messages came with it, itself included.</param>
/// <param name="IsWebSocket">Whether it came over WebSocket.</param>
/// <param name="Raw">The whole request or frame.</param>
/// <param name="Request">The request, or the upgrade of the socket.</param>
internal sealed record ServerMessage(JsonObject Json, int Number, int BatchSize, bool IsWebSocket, string Raw, ServerRequest Request)
{
    public string Channel => (string)Json["channel"]!;

    public string? Id => (string?)Json["id"];

    public string? ClientId => (string?)Json["clientId"];

    public string? Subscription => (string?)Json["subscription"];

    public bool IsImmediate => (int?)Json["advice"]?["timeout"] == 0;

    /// <summary>Path of the request.</summary>
    public string Path => Request.Path;

    /// <summary>The request's <c>Cookie</c> header.</summary>
    public string Cookie => Request["Cookie"];

    public JsonObject Ok(string? advice = null) => Answer(true, advice);

    public JsonObject Refused(string error, string? advice = null)
    {
        JsonObject reply = Answer(false, advice);
        reply["error"] = error;
        return reply;
    }

    private JsonObject Answer(bool successful, string? advice)
    {
        var reply = new JsonObject { ["channel"] = Channel, ["id"] = Id, ["successful"] = successful };
        if (Subscription is not null)
        {
            reply["subscription"] = Subscription;
        }

        if (advice is not null)
        {
            reply["advice"] = JsonNode.Parse(advice);
        }

        return reply;
    }
}

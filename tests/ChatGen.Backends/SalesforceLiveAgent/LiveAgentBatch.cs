using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>Messages that were handed to a poll.</summary>
/// <param name="Ack">What the poll acknowledged.</param>
/// <param name="Sequence">What the next poll has to acknowledge.</param>
/// <param name="Offset">What a reconnection has to name.</param>
/// <param name="Messages">The messages.</param>
internal sealed record LiveAgentBatch(long Ack, long Sequence, long Offset, IReadOnlyList<JsonObject> Messages)
{
    /// <summary>How the client was sent it; <see langword="null"/> if it was not.</summary>
    public SentAnswer? Sent { get; set; }

    public EmulatorAnswer ToAnswer()
    {
        JsonObject json = new()
        {
            ["messages"] = new JsonArray([.. Messages.Select(message => message.DeepClone())]),
            ["sequence"] = Sequence,
            ["offset"] = Offset,
        };
        return EmulatorAnswer.Respond(200, json.ToJsonString());
    }
}

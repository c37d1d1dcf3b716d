using System.Text.Json.Nodes;
using ChatGen.Testing.Bayeux;

namespace ChatGen.Testing.Faults;

/// <summary>Where every request passes: it is recorded, and what befalls it is decided.</summary>
internal sealed class Reception(FaultRules rules, ChatBackendRequests requests, TimeProvider timeProvider)
{
    public FaultPlan Receive(ChatBackendTransport transport, string path, IReadOnlyList<JsonObject> messages)
    {
        ChatBackendRequest request = new(
            transport,
            path,
            [.. messages.Select(message => BayeuxFrame.TryGetString(message, "channel") ?? "")],
            messages.Select(message => BayeuxFrame.TryGetString(message, "clientId")).FirstOrDefault(clientId => clientId is not null),
            timeProvider.GetUtcNow());
        FaultPlan plan = rules.Apply(request);
        requests.Record(request);
        return plan;
    }

    /// <summary>What befalls a message that nobody asked for.</summary>
    public FaultPlan Push() => rules.ApplyToPush();
}

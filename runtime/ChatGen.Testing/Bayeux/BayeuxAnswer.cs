using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>What the server has to say to a message.</summary>
/// <param name="Reply">The reply.</param>
/// <param name="Session">The client; <see langword="null"/> if it is not known.</param>
/// <param name="Held">The <c>/meta/connect</c> to wait for before the reply is sent; <see langword="null"/> to send it at once.</param>
/// <param name="Then">What has to happen after the reply is on its way.</param>
/// <param name="Events">Messages that come right after the reply; <see langword="null"/> if there are none.</param>
internal readonly record struct BayeuxAnswer(
    JsonObject Reply,
    BayeuxSession? Session = null,
    HeldConnect? Held = null,
    Action? Then = null,
    IReadOnlyList<JsonObject>? Events = null)
{
    /// <summary>The reply, and what comes right after it.</summary>
    public IEnumerable<JsonObject> Messages => [Reply, .. Events ?? []];

    public bool IsToConnect => Session is not null && (string?)Reply["channel"] == BayeuxChannels.Connect;
}

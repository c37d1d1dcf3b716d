using System.Text.Json.Nodes;
using ChatGen.Testing.Bayeux;

namespace ChatGen.Testing.Chat;

/// <summary>The way to a visitor who is told of events.</summary>
internal interface IChatConnection
{
    /// <summary>Sends an answer or an event.</summary>
    /// <returns><see langword="false"/> if the visitor's client is no longer known.</returns>
    bool TryDeliver(JsonObject data);

    /// <summary>The client that the visitor uses.</summary>
    BayeuxSession Client { get; }
}

using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>Takes the messages that are published to a service channel. Bayeux rule 6.</summary>
internal interface IBayeuxService
{
    /// <summary>The service channel.</summary>
    string Channel { get; }

    /// <summary>Takes a message, after it has been acknowledged.</summary>
    /// <param name="client">Who sent it.</param>
    /// <param name="id">Its id; <see langword="null"/> if it has none.</param>
    /// <param name="data">Its payload.</param>
    void OnMessage(BayeuxSession client, JsonNode? id, JsonNode? data);
}

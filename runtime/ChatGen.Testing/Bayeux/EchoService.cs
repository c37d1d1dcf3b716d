using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>Answers a remote call with what it was called with. Bayeux rule 44.</summary>
internal sealed class EchoService : IBayeuxService
{
    public string Channel => "/service/echo";

    public void OnMessage(BayeuxSession client, JsonNode? id, JsonNode? data) => client.TryDeliver(Channel, data, id);
}

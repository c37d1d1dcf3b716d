using System.Text.Json.Nodes;
using ChatGen.Testing.Bayeux;

namespace ChatGen.Testing.Chat;

/// <summary>The way to a visitor over CometD.</summary>
internal sealed class BayeuxChatConnection(BayeuxSession client, string channel) : IChatConnection
{
    public BayeuxSession Client => client;

    public bool TryDeliver(JsonObject data) => client.TryDeliver(channel, data);
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>A Bayeux client as the server sees it. Guarded by the emulator's lock.</summary>
internal sealed class BayeuxSession(string? browserId)
{
    private readonly List<JsonObject> _queue = [];

    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The cookie of its handshake; <see langword="null"/> over a WebSocket.</summary>
    public string? BrowserId => browserId;

    public HashSet<string> Subscriptions { get; } = new(StringComparer.Ordinal);

    public EmulatorSocket? Socket { get; set; }

    public HeldConnect? Held { get; set; }

    public ITimer? Expiry { get; set; }

    public bool HasConnected { get; set; }

    /// <summary>Whether the server has forgotten it.</summary>
    public bool IsGone { get; set; }

    public bool HasMessages => _queue.Count > 0;

    /// <summary>Sends a message at once over a WebSocket, else with the reply to a connect.</summary>
    public void Deliver(JsonObject message)
    {
        if (Socket is not null)
        {
            Socket.Send(new JsonArray(message));
            return;
        }

        _queue.Add(message);
        Held?.Release();
    }

    public IReadOnlyList<JsonObject> Take()
    {
        JsonObject[] messages = [.. _queue];
        _queue.Clear();
        return messages;
    }

    public void Drop()
    {
        Socket?.Abort();
        Socket = null;
        Held?.Drop();
        Held = null;
    }
}

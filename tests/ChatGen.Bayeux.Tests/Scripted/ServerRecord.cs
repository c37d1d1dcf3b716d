using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>What a server has received and sent, by channel.</summary>
internal sealed class ServerRecord
{
    private readonly ConcurrentDictionary<string, Channel<ServerMessage>> _received = new();
    private readonly ConcurrentDictionary<string, Channel<JsonObject>> _sent = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentDictionary<string, int> _sentCounts = new();
    private readonly ConcurrentQueue<string> _clients = new();

    /// <summary>The client ids that were given out.</summary>
    public IEnumerable<string> Clients => _clients;

    public string LastClient => _clients.Last();

    /// <summary>Counts one more message on a channel, and returns its number.</summary>
    public int Count(string channel) => _counts.AddOrUpdate(channel, 1, static (_, count) => count + 1);

    public int CountOf(string channel) => _counts.GetValueOrDefault(channel);

    public int SentCountOf(string channel) => _sentCounts.GetValueOrDefault(channel);

    public void Add(ServerMessage message) => On(_received, message.Channel).Writer.TryWrite(message);

    /// <summary>Notes on the channel <c>closed</c> that a client's socket has ended.</summary>
    public void AddClosed(HttpContext context) =>
        On(_received, "closed").Writer.TryWrite(new ServerMessage(new JsonObject { ["channel"] = "closed" }, 1, 1, true, "", new ServerRequest(context.Request)));

    public void AddSent(JsonObject message)
    {
        string channel = (string?)message["channel"] ?? "";
        if (channel == "/meta/handshake" && (string?)message["clientId"] is { } client)
        {
            _clients.Enqueue(client);
        }

        _sentCounts.AddOrUpdate(channel, 1, static (_, count) => count + 1);
        On(_sent, channel).Writer.TryWrite(message);
    }

    public Task<ServerMessage> NextAsync(string channel) => On(_received, channel).Reader.ReadAsync().Soon();

    public Task<JsonObject> NextSentAsync(string channel) => On(_sent, channel).Reader.ReadAsync().Soon();

    private static Channel<T> On<T>(ConcurrentDictionary<string, Channel<T>> channels, string channel) =>
        channels.GetOrAdd(channel, static _ => Channel.CreateUnbounded<T>());
}

using System.Text.Json.Nodes;

namespace ChatGen.Testing.Tests.Clients;

/// <summary>A visitor of the chat, over a WebSocket.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly WebSocketClient _client;
    private readonly Queue<JsonObject> _events = new();
    private int _lastRequestId;

    private Visitor(WebSocketClient client) => _client = client;

    public static async Task<Visitor> ArriveAsync(ChatBackend backend) => new(await WebSocketClient.HandshakeAsync(backend.CometDUrl));

    /// <summary>Arrives and starts a session.</summary>
    public static async Task<(Visitor Visitor, ChatBackendSession Session)> StartAsync(ChatBackend backend, string fields = """{"username":"Jane"}""")
    {
        Visitor visitor = await ArriveAsync(backend);
        JsonObject answer = await visitor.RequestAsync("startSession", fields);
        return (visitor, backend.Sessions.Single(session => session.Id == (string)answer["sessionId"]!));
    }

    public Task<JsonObject> RequestAsync(string operation, ChatBackendSession session, string fields = "{}")
    {
        JsonObject request = JsonNode.Parse(fields)!.AsObject();
        request["sessionId"] = session.Id;
        return RequestAsync(operation, request.ToJsonString());
    }

    public async Task<JsonObject> RequestAsync(string operation, string fields)
    {
        string requestId = $"r{++_lastRequestId}";
        JsonObject request = JsonNode.Parse(fields)!.AsObject();
        request["operation"] = operation;
        request["requestId"] = requestId;
        await PublishAsync(request.ToJsonString());
        while (true)
        {
            JsonObject data = await NextDataAsync();
            if ((string?)data["requestId"] == requestId)
            {
                return data;
            }

            _events.Enqueue(data);
        }
    }

    public Task PublishAsync(string data) => _client.SendAsync($"""
        "channel":"/service/chat","id":"p","data":{data}
        """);

    public async Task<JsonObject> NextEventAsync() => _events.TryDequeue(out JsonObject? chatEvent) ? chatEvent : await NextDataAsync();

    public async Task<string[]> NextEventTypesAsync(int count)
    {
        string[] types = new string[count];
        for (int i = 0; i < count; i++)
        {
            types[i] = (string)(await NextEventAsync())["type"]!;
        }

        return types;
    }

    /// <summary>Whatever the backend has sent so far and has not been asked for.</summary>
    public async Task<string[]> PendingEventTypesAsync()
    {
        // The answer to another request comes after everything that was sent before.
        await RequestAsync("none", "{}");
        string[] types = [.. _events.Select(chatEvent => (string)chatEvent["type"]!)];
        _events.Clear();
        return types;
    }

    public async Task<JsonObject> NextDataAsync()
    {
        while (true)
        {
            foreach (JsonNode? message in await _client.ReceiveAsync())
            {
                if (message!["data"] is JsonObject data)
                {
                    return data.DeepClone().AsObject();
                }
            }
        }
    }

    public Task<string?> ReceiveTextAsync() => _client.ReceiveTextAsync();

    public void Dispose() => _client.Dispose();
}

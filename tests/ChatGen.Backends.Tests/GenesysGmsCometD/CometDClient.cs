using System.Net;
using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysGmsCometD;

namespace ChatGen.Backends.Tests.GenesysGmsCometD;

/// <summary>A visitor over CometD, with either transport, who sends what it is told.</summary>
internal sealed class CometDClient(GenesysGmsCometDEmulator backend, bool isWebSocket) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });
    private readonly Queue<JsonObject> _received = new();
    private SocketClient? _socket;
    private int _id;

    public string? Cookie { get; set; }

    public string ClientId { get; set; } = "";

    public string SecureKey { get; set; } = "";

    public void Dispose()
    {
        _http.Dispose();
        _socket?.Dispose();
    }

    public string ConnectionType => isWebSocket ? "websocket" : "long-polling";

    public static JsonObject HandshakeMessage() => new() { ["channel"] = "/meta/handshake", ["version"] = "1.0", ["supportedConnectionTypes"] = new JsonArray("websocket", "long-polling") };

    public JsonObject ConnectMessage() => new() { ["channel"] = "/meta/connect", ["connectionType"] = ConnectionType };

    /// <summary>Shakes hands, connects for the first time, and subscribes.</summary>
    public async Task OpenAsync()
    {
        if (isWebSocket)
        {
            _socket?.Dispose();
            _socket = await SocketClient.OpenAsync(new UriBuilder(backend.Address) { Scheme = "ws" }.Uri.AbsoluteUri);
        }

        ClientId = "";
        ClientId = (string)(await SendAsync(HandshakeMessage()))["clientId"]!;
        await SendAsync(ConnectMessage());
        await SendAsync(new JsonObject { ["channel"] = "/meta/subscribe", ["subscription"] = backend.Channel });
    }

    public async Task<GenesysGmsCometDConversation> StartAsync()
    {
        await OpenAsync();
        JsonNode reply = await DoAsync("""{"operation":"requestChat","nickname":"Jane","subject":"Help","userData":{"a":"1"},"auth":{"username":"u","password":"p"}}""");
        SecureKey = (string)reply["data"]!["secureKey"]!;
        return backend.Conversation!;
    }

    /// <summary>Sends a message and gets its reply; what else comes is kept.</summary>
    public async Task<JsonObject> SendAsync(JsonObject message)
    {
        string id = $"{++_id}";
        message["id"] = id;
        if (ClientId.Length > 0)
        {
            message["clientId"] = ClientId;
        }

        if (_socket is not null)
        {
            await _socket.SendAsync(new JsonArray(message).ToJsonString());
        }
        else
        {
            await PostAsync(new JsonArray(message).ToJsonString());
        }

        return await TakeAsync(received => received.ContainsKey("successful") && (string?)received["id"] == id);
    }

    /// <summary>Asks for an operation of the chat and gets what is said to it.</summary>
    public async Task<JsonObject> DoAsync(string data)
    {
        JsonObject acknowledgement = await SendAsync(new JsonObject { ["channel"] = backend.Channel, ["data"] = JsonNode.Parse(data) });
        string id = (string)acknowledgement["id"]!;
        return await TakeAsync(received => !received.ContainsKey("successful") && (string?)received["id"] == id);
    }

    /// <summary>Does something with the secure key.</summary>
    public Task<JsonObject> OperateAsync(string operation, string members = "") => DoAsync($$"""{"operation":"{{operation}}","secureKey":"{{SecureKey}}"{{members}}}""");

    /// <summary>What the backend tells by itself.</summary>
    public async Task<JsonNode> ReceiveAsync() => (await TakeAsync(received => !received.ContainsKey("successful") && !received.ContainsKey("id")))["data"]!;

    public async Task<HttpStatusCode> PostAsync(string content, string contentType = "application/json")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, backend.Address) { Content = new StringContent(content, mediaType: new(contentType)) };
        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, Deadline.Token);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
        {
            Cookie = cookies.Single().Split(';')[0];
        }

        if (response.IsSuccessStatusCode)
        {
            Keep(await response.Content.ReadAsStringAsync(Deadline.Token));
        }

        return response.StatusCode;
    }

    private async Task<JsonObject> TakeAsync(Predicate<JsonObject> which)
    {
        while (true)
        {
            for (int count = _received.Count; count > 0; count--)
            {
                JsonObject received = _received.Dequeue();
                if (which(received))
                {
                    return received;
                }

                _received.Enqueue(received);
            }

            if (_socket is not null)
            {
                Keep(await _socket.ReceiveTextAsync() ?? throw new InvalidOperationException("The server has closed."));
            }
            else
            {
                JsonObject connect = ConnectMessage();
                (connect["id"], connect["clientId"]) = ("poll", ClientId);
                await PostAsync(new JsonArray(connect).ToJsonString());
            }
        }
    }

    private void Keep(string content)
    {
        foreach (JsonNode? message in JsonNode.Parse(content)!.AsArray())
        {
            _received.Enqueue(message!.AsObject());
        }
    }
}

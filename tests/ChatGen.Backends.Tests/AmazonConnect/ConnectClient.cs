using System.Text.Json.Nodes;
using ChatGen.Backends.AmazonConnect;

namespace ChatGen.Backends.Tests.AmazonConnect;

/// <summary>A customer who sends what it is told, and by default what is right.</summary>
internal sealed class ConnectClient(AmazonConnectEmulator backend) : IDisposable
{
    public const string Subscription = """{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}}""";
    public const string Event = "application/vnd.amazonaws.connect.event.";

    private readonly HttpClient _http = new();

    public string? Bearer { get; set; }

    public string Url { get; private set; } = "";

    public void Dispose() => _http.Dispose();

    public Task<Reply> SendAsync(HttpMethod method, string uri, HttpContent? content = null)
    {
        HttpRequestMessage request = new(method, new Uri(backend.Address, uri)) { Content = content };
        if (Bearer is not null)
        {
            request.Headers.Add("X-Amz-Bearer", Bearer);
        }

        return Reply.OfAsync(_http, request);
    }

    public Task<Reply> PostAsync(string operation, string body) => SendAsync(HttpMethod.Post, $"/participant/{operation}", new StringContent(body, mediaType: new("application/json")));

    public Task<Reply> SayAsync(string text, string? token = null)
    {
        JsonObject body = new() { ["ContentType"] = "text/plain", ["Content"] = text };
        if (token is not null)
        {
            body["ClientToken"] = token;
        }

        return PostAsync("message", body.ToJsonString());
    }

    public async Task<Reply> ConnectAsync(AmazonConnectConversation contact, bool isConnecting = false)
    {
        Bearer = contact.ParticipantToken;
        Reply reply = await PostAsync("connection", new JsonObject { ["Type"] = new JsonArray("WEBSOCKET", "CONNECTION_CREDENTIALS"), ["ConnectParticipant"] = isConnecting }.ToJsonString());
        Bearer = (string)reply["ConnectionCredentials"]!["ConnectionToken"]!;
        Url = (string)reply["Websocket"]!["Url"]!;
        return reply;
    }

    /// <summary>Opens the stream of events and subscribes.</summary>
    public async Task<SocketClient> ListenAsync()
    {
        SocketClient socket = await SocketClient.OpenAsync(Url);
        await socket.SendAsync(Subscription);
        await socket.ReceiveAsync();
        return socket;
    }

    public static async Task<JsonNode> ReceiveItemAsync(SocketClient socket)
    {
        JsonNode frame = await socket.ReceiveAsync();
        return (string?)frame["topic"] == "aws/chat" ? JsonNode.Parse((string)frame["content"]!)! : throw new InvalidOperationException(frame.ToJsonString());
    }
}

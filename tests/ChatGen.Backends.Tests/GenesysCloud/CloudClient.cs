using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysCloud;

namespace ChatGen.Backends.Tests.GenesysCloud;

/// <summary>A guest who sends what it is told, and by default what is right.</summary>
internal sealed class CloudClient(GenesysCloudEmulator backend) : IDisposable
{
    private readonly HttpClient _http = new();

    public string? Jwt { get; set; }

    public string Id { get; private set; } = "";

    public string MemberId { get; private set; } = "";

    public string EventStreamUri { get; private set; } = "";

    public string Own => $"/{Id}/members/{MemberId}";

    public static JsonObject Request() => JsonNode.Parse("""
        {"organizationId":"11111111-1111-4111-8111-111111111111","deploymentId":"22222222-2222-4222-8222-222222222222",
         "routingTarget":{"targetType":"QUEUE","targetAddress":"Support"},"memberInfo":{"displayName":"Jane","customFields":{"a":"1"}}}
        """)!.AsObject();

    public void Dispose() => _http.Dispose();

    public Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        HttpRequestMessage request = new(method, backend.Address.AbsoluteUri + path) { Content = body is null ? null : new StringContent(body, mediaType: new(contentType)) };
        if (Jwt is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {Jwt}");
        }

        return Reply.OfAsync(_http, request);
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, string? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> SayAsync(string text) => PostAsync($"{Own}/messages", new JsonObject { ["body"] = text }.ToJsonString());

    public async Task<GenesysCloudConversation> StartAsync()
    {
        Reply reply = await PostAsync("", Request().ToJsonString());
        Jwt = (string)reply["jwt"]!;
        Id = (string)reply["id"]!;
        MemberId = (string)reply["member"]!["id"]!;
        EventStreamUri = (string)reply["eventStreamUri"]!;
        return backend.Conversation!;
    }

    /// <summary>Opens the stream of events and takes what comes at first.</summary>
    public async Task<SocketClient> ListenAsync()
    {
        SocketClient socket = await SocketClient.OpenAsync(EventStreamUri);
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        return socket;
    }
}

using System.Text.Json.Nodes;
using ChatGen.Backends.SalesforceLiveAgent;

namespace ChatGen.Backends.Tests.SalesforceLiveAgent;

/// <summary>A visitor who sends what it is told, and by default what is right.</summary>
internal sealed class LiveAgentClient(SalesforceLiveAgentEmulator backend) : IDisposable
{
    private readonly HttpClient _http = new();

    public Dictionary<string, string> Headers { get; } = new() { ["X-LIVEAGENT-API-VERSION"] = "57", ["X-LIVEAGENT-AFFINITY"] = "null" };

    public string SessionId { get; private set; } = "";

    public long Sequence { get; set; }

    public long Ack { get; set; } = -1;

    public long Offset { get; set; }

    public void Dispose() => _http.Dispose();

    public Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json") =>
        Reply.OfAsync(_http, Create(method, path, body, contentType));

    public Task<Reply> PostAsync(string noun, string body = "{}") => SendAsync(HttpMethod.Post, $"Chasitor/{noun}", body);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task OpenAsync()
    {
        Reply session = await GetAsync("System/SessionId");
        SessionId = (string)session["id"]!;
        Headers["X-LIVEAGENT-SESSION-KEY"] = (string)session["key"]!;
        Headers["X-LIVEAGENT-AFFINITY"] = (string)session["affinityToken"]!;
    }

    public JsonObject Init() => new()
    {
        ["organizationId"] = "00D000000000001",
        ["deploymentId"] = "572000000000001",
        ["buttonId"] = "573000000000001",
        ["sessionId"] = SessionId,
        ["userAgent"] = "test",
        ["language"] = "en-US",
        ["screenResolution"] = "1x1",
        ["visitorName"] = "Jane",
        ["prechatDetails"] = new JsonArray(new JsonObject { ["label"] = "a", ["value"] = "1", ["transcriptFields"] = new JsonArray(), ["displayToAgent"] = true }),
        ["prechatEntities"] = new JsonArray(),
        ["receiveQueueUpdates"] = true,
        ["isPost"] = true,
    };

    /// <summary>Begins a chat and takes the first message.</summary>
    public async Task<SalesforceLiveAgentConversation> StartAsync()
    {
        await OpenAsync();
        await PostAsync("ChasitorInit", Init().ToJsonString());
        await PollAsync();
        return backend.Conversation!;
    }

    /// <summary>Polls once, and acknowledges with the next poll.</summary>
    public async Task<Reply> PollAsync()
    {
        Reply reply = await SendAsync(HttpMethod.Get, $"System/Messages?ack={Ack}");
        if (reply.Status == 200)
        {
            Ack = (long)reply["sequence"]!;
            Offset = (long)reply["offset"]!;
        }

        return reply;
    }

    /// <summary>Polls until the client loses its patience.</summary>
    public async Task PollUntilAsync(CancellationToken impatience)
    {
        using HttpRequestMessage request = Create(HttpMethod.Get, $"System/Messages?ack={Ack}", null, "");
        using HttpResponseMessage response = await _http.SendAsync(request, impatience);
    }

    /// <summary>The types of the messages that the next poll brings.</summary>
    public async Task<string[]> TypesAsync() => [.. (await PollAsync())["messages"]!.AsArray().Select(message => (string)message!["type"]!)];

    private HttpRequestMessage Create(HttpMethod method, string path, string? body, string contentType)
    {
        HttpRequestMessage request = new(method, $"{backend.Address}/{path}") { Content = body is null ? null : new StringContent(body, mediaType: new(contentType)) };
        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (method == HttpMethod.Post && Sequence >= 0)
        {
            request.Headers.Add("X-LIVEAGENT-SEQUENCE", $"{++Sequence}");
        }

        return request;
    }
}

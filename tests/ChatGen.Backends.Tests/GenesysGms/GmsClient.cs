using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysGms;

namespace ChatGen.Backends.Tests.GenesysGms;

/// <summary>A visitor who sends what it is told, and by default what is right.</summary>
internal sealed class GmsClient(GenesysGmsEmulator backend) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Dictionary<string, string> Session { get; } = [];

    public string ChatId { get; set; } = "";

    public void Dispose() => _http.Dispose();

    public Task<Reply> PostAsync(string suffix, HttpContent? content) => SendAsync(HttpMethod.Post, suffix, content);

    public Task<Reply> SendAsync(HttpMethod method, string suffix, HttpContent? content = null) =>
        Reply.OfAsync(_http, new HttpRequestMessage(method, backend.Address.AbsoluteUri + suffix) { Content = content });

    public Task<Reply> PostAsync(string suffix, params (string Name, string Value)[] form) =>
        PostAsync(suffix, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task<Reply> StartAsync(params (string Name, string Value)[] form)
    {
        Reply reply = await PostAsync("", form.Length > 0 ? form : [("nickname", "Jane")]);
        if (reply.Json.ContainsKey("chatId"))
        {
            ChatId = (string)reply["chatId"]!;
            Session["userId"] = (string)reply["userId"]!;
            Session["secureKey"] = (string)reply["secureKey"]!;
            Session["alias"] = (string)reply["alias"]!;
        }

        return reply;
    }

    /// <summary>Does something in the conversation that was begun.</summary>
    public Task<Reply> DoAsync(string operation, params (string Name, string Value)[] form) =>
        PostAsync($"/{ChatId}/{operation}", [.. Session.Select(field => (field.Key, field.Value)), .. form]);

    public async Task<JsonObject[]> RefreshAsync(int from) =>
        [.. (await DoAsync("refresh", ("transcriptPosition", $"{from}")))["messages"]!.AsArray().Select(message => message!.AsObject())];

    public Task<Reply> UploadAsync(string name, byte[] content, params (string Name, string Value)[] form)
    {
        MultipartFormDataContent parts = new();
        foreach ((string key, string value) in Session.Select(field => (field.Key, field.Value)).Concat(form))
        {
            parts.Add(new StringContent(value), $"\"{key}\"");
        }

        parts.Add(new ByteArrayContent(content), "file", name);
        return PostAsync($"/{ChatId}/file", parts);
    }
}

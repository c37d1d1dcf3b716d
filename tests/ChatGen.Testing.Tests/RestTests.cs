using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class RestTests : IDisposable
{
    private static readonly ChatBackendOptions s_silent = new() { Agent = ScriptedAgent.Silent };

    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Visitor_chats_over_REST()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);

        (HttpStatusCode started, JsonObject start) = await SendAsync(backend, "POST", "/sessions", body: """{"username":"Jane","subject":"Help","userData":{"a":1}}""");
        Assert.Equal(HttpStatusCode.OK, started);
        Assert.Equal(["sessionId"], start.Select(member => member.Key));
        ChatBackendSession session = Assert.Single(backend.Sessions);
        Assert.Equal((session.Id, "Jane", "Help", 1), ((string?)start["sessionId"], session.Username, session.Subject, (int)session.UserData["a"]!));

        (HttpStatusCode sent, JsonObject answer) = await SendAsync(backend, "POST", "/session/messages", session.Id, """{"message":"Hello"}""");
        Assert.Equal((HttpStatusCode.OK, "{}"), (sent, answer.ToJsonString()));
        await session.Agent.SendAsync("Hi");
        (_, JsonObject read) = await SendAsync(backend, "GET", "/session/transcript?fromIndex=2", session.Id);
        Assert.Equal(["AgentConnected", "MessageReceived"], read["transcript"]!.AsArray().Select(entry => (string?)entry!["type"]));

        await SendAsync(backend, "POST", "/session/typing", session.Id, """{"isTyping":true,"typedText":"By"}""");
        Assert.Equal((true, "By"), (session.IsVisitorTyping, session.TypedText));
        Assert.Equal(4, backend.Requests.RestRequests);
    }

    [Fact]
    public async Task Leave_brings_what_has_not_been_read_yet()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        ChatBackendSession session = await StartAsync(backend);
        await session.Agent.SendAsync("read");
        await SendAsync(backend, "GET", "/session/transcript", session.Id);
        await session.Agent.SendAsync("unread");

        (HttpStatusCode status, JsonObject answer) = await SendAsync(backend, "POST", "/session/leave", session.Id);

        Assert.Equal(HttpStatusCode.OK, status);
        JsonNode entry = Assert.Single(answer["transcript"]!.AsArray())!;
        Assert.Equal((3, "unread"), ((int)entry["index"]!, (string?)entry["content"]!["text"]));
        Assert.Equal("leaveRequest", session.EndReason);
    }

    [Fact]
    public async Task Leave_brings_no_transcript_if_all_has_been_read()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        ChatBackendSession session = await StartAsync(backend);
        await session.Agent.SendAsync("read");
        await SendAsync(backend, "GET", "/session/transcript?fromIndex=0", session.Id);

        (_, JsonObject answer) = await SendAsync(backend, "POST", "/session/leave", session.Id, "{}");

        Assert.Equal("{}", answer.ToJsonString());
    }

    [Fact]
    public async Task End_by_the_agent_can_be_polled()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        ChatBackendSession session = await StartAsync(backend);

        await session.Agent.EndAsync();
        (_, JsonObject read) = await SendAsync(backend, "GET", "/session/transcript", session.Id);

        Assert.Equal("SessionEnded", (string?)Assert.Single(read["transcript"]!.AsArray())!["type"]);
    }

    [Theory]
    [InlineData("POST", "/session/messages", "$", "{}", HttpStatusCode.BadRequest, 2)]
    [InlineData("POST", "/session/messages", "$", """{"message":1}""", HttpStatusCode.BadRequest, 3)]
    [InlineData("POST", "/session/messages", "$", "[", HttpStatusCode.BadRequest, 3)]
    [InlineData("POST", "/session/messages", "$", "[]", HttpStatusCode.BadRequest, 3)]
    [InlineData("POST", "/session/messages", null, """{"message":"x"}""", HttpStatusCode.BadRequest, 2)]
    [InlineData("POST", "/session/messages", "nobody", """{"message":"x"}""", HttpStatusCode.NotFound, 50)]
    [InlineData("POST", "/session/leave", "nobody", null, HttpStatusCode.NotFound, 50)]
    [InlineData("GET", "/session/transcript", "nobody", null, HttpStatusCode.NotFound, 50)]
    [InlineData("GET", "/session/transcript?fromIndex=-1", "$", null, HttpStatusCode.BadRequest, 3)]
    [InlineData("GET", "/session/transcript?fromIndex=x", "$", null, HttpStatusCode.BadRequest, 3)]
    [InlineData("GET", "/sessions", null, null, HttpStatusCode.BadRequest, 1)]
    [InlineData("POST", "/session/fly", "$", null, HttpStatusCode.BadRequest, 1)]
    public async Task Failed_call_answers_a_status_and_the_error(string method, string path, string? sessionId, string? body, HttpStatusCode status, int code)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        ChatBackendSession session = await StartAsync(backend);

        (HttpStatusCode answered, JsonObject answer) = await SendAsync(backend, method, path, sessionId == "$" ? session.Id : sessionId, body);

        Assert.Equal((status, code), (answered, (int)answer["error"]!["code"]!));
        Assert.NotEmpty((string)answer["error"]!["description"]!);
    }

    [Fact]
    public async Task Session_started_over_CometD_can_be_read_over_REST()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;

        await SendAsync(backend, "POST", "/session/messages", session.Id, """{"message":"over REST"}""");

        Assert.Equal("over REST", (string?)(await visitor.NextEventAsync())["content"]!["text"]);
    }

    private async Task<ChatBackendSession> StartAsync(ChatBackend backend)
    {
        await SendAsync(backend, "POST", "/sessions", body: "{}");
        return backend.Sessions[^1];
    }

    private async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(ChatBackend backend, string method, string path, string? sessionId = null, string? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), backend.RestUrl.AbsoluteUri + path);
        if (sessionId is not null)
        {
            request.Headers.Add("X-Chat-Session", sessionId);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await _http.SendAsync(request, Deadline.Token);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Deadline.Token))!.AsObject());
    }
}

using System.Net;
using System.Text.Json;
using ChatGen.Testing;

namespace ChatGen.AspNetCore.Tests;

public sealed class EndpointTests : IAsyncLifetime
{
    private ChatBackend _backend = null!;
    private Site _site = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        _site = await Site.StartAsync(_backend);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task A_visitor_starts_a_chat_talks_and_leaves()
    {
        var visitor = new VisitorBrowser(_site);
        Assert.False((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());

        JsonElement started = await visitor.DoAsync("/start", """{"queue":"sales","username":"Jane","userData":{"FirstName":"Jane"}}""");
        Assert.True(started.GetProperty("hasChat").GetBoolean());
        ChatBackendSession session = await _backend.WaitForSessionAsync(0, Deadline.Token);
        Assert.Equal("Jane", session.Username);
        Assert.Equal("Jane", (string?)session.UserData["FirstName"]);

        await using EventReader events = await visitor.ListenAsync();
        await visitor.SayAsync("Hello");
        Assert.Equal("Hello", await events.NextMessageAsync());
        await session.Agent.ConnectAsync();
        await session.Agent.SendAsync("Good morning");
        Assert.Equal("Good morning", await events.NextMessageAsync());
        Assert.True((await visitor.DescribeAsync()).GetProperty("lastIndex").GetInt32() > 0);

        await visitor.DoAsync("/leave");
        await session.WaitUntilAsync(each => each.IsEnded, Deadline.Token);
        Assert.Equal("end", (await events.RestAsync())[^1].EventType);
        Assert.False((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());
    }

    [Fact]
    public async Task A_command_answers_with_its_result()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        await visitor.DoAsync("/commands/setUserData", """{"userData":{"Colour":"red"}}""");
        JsonElement data = await visitor.DoAsync("/commands/getUserData", """{"key":"Colour"}""");
        Assert.Equal("red", data.GetProperty("userData").GetProperty("Colour").GetString());

        await visitor.SayAsync("Hello");
        JsonElement transcript = await visitor.DoAsync("/commands/getTranscript");
        Assert.Equal("Hello", EventReader.TextOf(transcript.GetProperty("transcript").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "MessageReceived")));
    }

    [Fact]
    public async Task Leaving_is_also_the_command_of_the_schema()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        await visitor.DoAsync("/commands/leave");
        await _backend.Sessions[0].WaitUntilAsync(each => each.IsEnded, Deadline.Token);
        await visitor.DescribeAsync();
        await visitor.FailAsync(HttpStatusCode.NotFound, "/commands/leave");
    }

    [Fact]
    public async Task Options_of_a_command_that_break_the_schema_are_told_by_their_paths()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        JsonElement problem = await visitor.FailAsync(HttpStatusCode.BadRequest, "/commands/sendMessage", """{"message":""}""");
        Assert.Equal("invalid", problem.GetProperty("reason").GetString());
        Assert.Equal("'message' must have at least 1 character, but has 0", problem.GetProperty("errors").GetProperty("$.message")[0].GetString(), ignoreCase: true);
        Assert.Empty(_backend.Sessions[0].Messages);

        await visitor.FailAsync(HttpStatusCode.BadRequest, "/commands/sendMessage", "{");
        await visitor.FailAsync(HttpStatusCode.BadRequest, "/commands/sendMessage", "[]");
        await visitor.FailAsync(HttpStatusCode.BadRequest, "/commands/sendMessage", "");
    }

    [Fact]
    public async Task A_chat_that_the_backend_does_not_know_any_more_is_gone()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        _backend.Faults.Restart(forgetChats: true);
        await Eventually.IsTrueAsync(() => _site.Host.Chats.All(chat => !chat.IsActive));
        Assert.Equal("ended", (await visitor.FailAsync(HttpStatusCode.Gone, "/commands/getUserData", """{"key":"Colour"}""")).GetProperty("reason").GetString());
        await visitor.DoAsync("/start", """{"queue":"sales"}""");
    }

    [Fact]
    public async Task A_backend_that_cannot_be_reached_is_a_bad_gateway_and_nothing_to_repeat_blindly()
    {
        var visitor = new VisitorBrowser(_site);
        await visitor.DescribeAsync();
        await _backend.DisposeAsync();
        JsonElement problem = await visitor.FailAsync(HttpStatusCode.BadGateway, "/start", """{"queue":"sales"}""");
        Assert.Equal(150, problem.GetProperty("code").GetInt32());
        Assert.False(problem.TryGetProperty("detail", out _));
        Assert.DoesNotContain("127.0.0.1", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, _site.Host.Count);
        Assert.False((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());
    }

    [Fact]
    public async Task A_command_that_the_schema_does_not_have_is_not_found()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        Assert.Equal("unknownCommand", (await visitor.FailAsync(HttpStatusCode.NotFound, "/commands/startSession")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Without_a_chat_there_is_nothing_to_command_to_restore_or_to_leave()
    {
        var visitor = new VisitorBrowser(_site);
        await visitor.DescribeAsync();
        foreach (string path in new[] { "/commands/getTranscript", "/restore", "/leave" })
        {
            Assert.Equal("noChat", (await visitor.FailAsync(HttpStatusCode.NotFound, path)).GetProperty("reason").GetString());
        }

        await using EventReader events = await visitor.ListenAsync();
        Assert.Equal(HttpStatusCode.NotFound, events.Status);
        Assert.Equal(0, _site.Host.Waiting);
    }

    [Theory]
    [InlineData("/start", """{"queue":"sales"}""")]
    [InlineData("/restore", "{}")]
    [InlineData("/leave", "{}")]
    [InlineData("/commands/sendMessage", """{"message":"Hello"}""")]
    public async Task A_post_without_the_token_is_refused(string path, string body)
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        visitor.Token = null;
        JsonElement problem = await visitor.FailAsync(HttpStatusCode.BadRequest, path, body);
        Assert.Equal("antiforgery", problem.GetProperty("reason").GetString());
        Assert.Empty(_backend.Sessions[0].Messages);
        Assert.False(_backend.Sessions[0].IsEnded);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_is_refused()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        string large = new('x', 70_000);
        await visitor.FailAsync(HttpStatusCode.RequestEntityTooLarge, "/commands/sendMessage", $$"""{"message":"{{large}}"}""");
        foreach (HttpContent content in new HttpContent[] { new FormUrlEncodedContent([KeyValuePair.Create("message", "Hello")]), new StringContent("""{"message":"Hello"}""") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "https://shop.example/chat/commands/sendMessage") { Content = content };
            request.Headers.Add("Cookie", visitor.Cookies.GetCookieHeader(request.RequestUri!));
            request.Headers.Add("RequestVerificationToken", visitor.Token);
            using HttpResponseMessage response = await _site.Server.CreateClient().SendAsync(request, Deadline.Token);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        }

        Assert.Empty(_backend.Sessions[0].Messages);
    }

    [Fact]
    public async Task A_chat_that_the_agent_has_ended_takes_no_commands_but_a_new_one_can_be_started()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        await using EventReader events = await visitor.ListenAsync();
        await _backend.Sessions[0].Agent.EndAsync();
        await events.NextAsync("SessionEnded");
        Assert.Equal("ended", (await visitor.FailAsync(HttpStatusCode.Gone, "/commands/sendMessage", """{"message":"Hello?"}""")).GetProperty("reason").GetString());
        Assert.False((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());
        await visitor.DoAsync("/start", """{"queue":"support"}""");
        Assert.Equal(2, _backend.Sessions.Count);
        await visitor.SayAsync("Hello again");
    }

    [Fact]
    public async Task One_of_many_starts_at_once_starts_the_chat()
    {
        var visitor = new VisitorBrowser(_site);
        await visitor.DescribeAsync();
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var tab = new VisitorBrowser(_site) { Cookies = visitor.Cookies, Token = visitor.Token };
            using HttpResponseMessage response = await tab.PostAsync("/start", """{"queue":"sales"}""");
            return response.StatusCode;
        }));
        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(status => status == HttpStatusCode.Conflict));
        Assert.Single(_backend.Sessions);
        Assert.Equal(1, _site.Host.Count);
        Assert.Equal(0, _site.Host.Waiting);
    }
}

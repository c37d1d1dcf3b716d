using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class ChatOperationTests
{
    private static readonly ChatBackendOptions s_silent = new() { Agent = ScriptedAgent.Silent };

    [Fact]
    public async Task Session_keeps_what_it_was_started_with()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);

        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(
            backend, """{"username":"Jane","subject":"Größe","userData":{"FirstName":"Jane","address":{"lines":["1","2"]}},"queue":"sales"}""");

        using Visitor _ = visitor;
        Assert.Equal(("Jane", "Größe"), (session.Username, session.Subject));
        Assert.Equal("""{"FirstName":"Jane","address":{"lines":["1","2"]}}""", session.UserData.ToJsonString());
        Assert.Equal(["username", "subject", "userData", "queue"], session.StartRequest.Select(member => member.Key));
        Assert.Equal("sales", (string?)session.StartRequest["queue"]);
        Assert.False(session.IsEnded);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"username":"","subject":null,"userData":null}""")]
    public async Task Session_without_options_has_a_user_no_subject_and_no_data(string fields)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);

        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend, fields);

        using Visitor _ = visitor;
        Assert.Equal(("User", (string?)null, "{}"), (session.Username, session.Subject, session.UserData.ToJsonString()));
        Assert.Equal(fields, session.StartRequest.ToJsonString());
    }

    [Fact]
    public async Task Session_ids_are_128_random_bits_and_each_start_is_a_session_of_its_own()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        using Visitor visitor = await Visitor.ArriveAsync(backend);

        string[] ids = [.. new[] { await visitor.RequestAsync("startSession", "{}"), await visitor.RequestAsync("startSession", "{}") }.Select(answer => (string)answer["sessionId"]!)];

        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, backend.Sessions.Select(session => session.Id));
    }

    [Theory]
    [InlineData("""{"operation":"fly"}""", 1, "'fly'")]
    [InlineData("{}", 2, "'operation'")]
    [InlineData("""{"operation":5}""", 3, "'operation'")]
    [InlineData("""{"operation":"startSession","username":5}""", 3, "'username'")]
    [InlineData("""{"operation":"startSession","subject":{}}""", 3, "'subject'")]
    [InlineData("""{"operation":"startSession","userData":[]}""", 3, "'userData'")]
    [InlineData("""{"operation":"startSession","username":"\ud800"}""", 3, "'username'")]
    [InlineData("""{"operation":"restoreSession"}""", 2, "'sessionId'")]
    [InlineData("""{"operation":"restoreSession","sessionId":"x"}""", 50, "session")]
    [InlineData("""{"operation":"leave","sessionId":"x"}""", 50, "session")]
    [InlineData("""{"operation":"sendMessage","sessionId":"$"}""", 2, "'message'")]
    [InlineData("""{"operation":"sendMessage","sessionId":"$","message":""}""", 3, "'message'")]
    [InlineData("""{"operation":"sendMessage","sessionId":"$","message":"x","type":"notice"}""", 3, "'type'")]
    [InlineData("""{"operation":"sendTyping","sessionId":"$","isTyping":"yes"}""", 3, "'isTyping'")]
    [InlineData("""{"operation":"sendTyping","sessionId":"$","typedText":1}""", 3, "'typedText'")]
    [InlineData("""{"operation":"getTranscript","sessionId":"$","fromIndex":-1}""", 3, "'fromIndex'")]
    [InlineData("""{"operation":"getTranscript","sessionId":"$","fromIndex":1.5}""", 3, "'fromIndex'")]
    [InlineData("""{"operation":"getTranscript","sessionId":"$","fromIndex":2147483648}""", 3, "'fromIndex'")]
    [InlineData("""{"operation":"setUserData","sessionId":"$"}""", 2, "'userData'")]
    [InlineData("""{"operation":"setUserData","sessionId":"$","userData":"x"}""", 3, "'userData'")]
    [InlineData("""{"operation":"getUserData","sessionId":"$"}""", 2, "'key'")]
    [InlineData("""{"operation":"deleteUserData","sessionId":"$","key":""}""", 3, "'key'")]
    public async Task Wrong_request_is_answered_with_an_error_that_names_the_fault(string request, int code, string named)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        string separator = request == "{}" ? "" : ",";
        string complete = $"{{\"requestId\":\"r\"{separator}{request.Replace("$", session.Id, StringComparison.Ordinal)[1..]}";

        await visitor.PublishAsync(complete);

        JsonObject answer = await visitor.NextDataAsync();
        Assert.Equal("r", (string?)answer["requestId"]);
        Assert.Equal(code, (int)answer["error"]!["code"]!);
        Assert.Contains(named, (string?)answer["error"]!["description"], StringComparison.Ordinal);
        Assert.DoesNotContain(session.Id, answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", 3)]
    [InlineData("null", 3)]
    [InlineData("""{"operation":"startSession"}""", 2)]
    [InlineData("""{"operation":"startSession","requestId":{}}""", 3)]
    public async Task Request_that_cannot_be_answered_by_its_id_is_answered_with_an_error_and_does_nothing(string request, int code)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        using Visitor visitor = await Visitor.ArriveAsync(backend);

        await visitor.PublishAsync(request);

        Assert.Equal(code, (int)(await visitor.NextDataAsync())["error"]!["code"]!);
        Assert.Empty(backend.Sessions);
    }

    [Fact]
    public async Task Message_of_the_visitor_is_an_event_and_an_entry_before_it_is_answered()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent with { TimeProvider = time }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;

        JsonObject answer = await visitor.RequestAsync("sendMessage", session, """{"message":"https://example.com","type":"url"}""");

        Assert.Equal(["requestId"], answer.Select(member => member.Key));
        JsonObject chatEvent = await visitor.NextEventAsync();
        Assert.Equal(
            """{"type":"MessageReceived","party":{"id":"1","name":"Jane","type":"Client"},"content":{"type":"url","text":"https://example.com"},"index":1,"timestamp":"2026-01-02T03:04:05.678Z"}""",
            chatEvent.ToJsonString());
        Assert.Equal(chatEvent.ToJsonString(), Assert.Single(session.Transcript).ToJsonString());
    }

    [Theory]
    [InlineData("{}", 3)]
    [InlineData("""{"fromIndex":0}""", 3)]
    [InlineData("""{"fromIndex":2}""", 2)]
    [InlineData("""{"fromIndex":3.0}""", 1)]
    [InlineData("""{"fromIndex":2147483647}""", 0)]
    public async Task Transcript_is_read_from_an_index(string fields, int count)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        await session.Agent.SendAsync("one");
        await session.Agent.SendAsync("two", ChatMessageType.Notice);

        JsonArray transcript = (await visitor.RequestAsync("getTranscript", session, fields))["transcript"]!.AsArray();

        Assert.Equal(Enumerable.Range(4 - count, count), transcript.Select(entry => (int)entry!["index"]!));
    }

    [Fact]
    public async Task Typing_of_the_visitor_is_seen()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        Task typing = session.WaitUntilAsync(seen => seen.IsVisitorTyping && seen.TypedText == "He", Deadline.Token);

        await visitor.RequestAsync("sendTyping", session, """{"typedText":"He"}""");
        await typing;
        await visitor.RequestAsync("sendTyping", session, """{"isTyping":false}""");

        Assert.Equal((false, null), (session.IsVisitorTyping, session.TypedText));
        Assert.Empty(session.Transcript);
    }

    [Fact]
    public async Task User_data_is_set_read_and_deleted()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend, """{"userData":{"a":1,"b":2}}""");
        using Visitor _ = visitor;

        await visitor.RequestAsync("setUserData", session, """{"userData":{"b":{"c":3},"d":null}}""");
        JsonObject found = await visitor.RequestAsync("getUserData", session, """{"key":"b"}""");
        await visitor.RequestAsync("deleteUserData", session, """{"key":"a"}""");
        JsonObject missing = await visitor.RequestAsync("getUserData", session, """{"key":"a"}""");

        Assert.Equal("""{"b":{"c":3}}""", found["userData"]!.ToJsonString());
        Assert.Equal("{}", missing["userData"]!.ToJsonString());
        Assert.Equal("""{"b":{"c":3},"d":null}""", session.UserData.ToJsonString());
        Assert.Equal("""{"userData":{"a":1,"b":2}}""", session.StartRequest.ToJsonString());
    }

    [Fact]
    public async Task Restored_session_tells_its_events_to_the_new_client_alone()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor before, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = before;
        await session.Agent.SendAsync("one");
        Assert.Equal(["AgentConnected", "MessageReceived"], await before.NextEventTypesAsync(2));
        using Visitor after = await Visitor.ArriveAsync(backend);

        JsonObject answer = await after.RequestAsync("restoreSession", session);
        await session.Agent.SendAsync("two");

        Assert.Equal(["requestId"], answer.Select(member => member.Key));
        Assert.Equal(3, (int)(await after.NextEventAsync())["index"]!);
        Assert.Empty(await before.PendingEventTypesAsync());
    }

    [Fact]
    public async Task Leaver_is_not_told_of_the_end_and_the_session_is_gone()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        await session.Agent.SendAsync("Hello");
        await visitor.NextEventTypesAsync(2);

        JsonObject answer = await visitor.RequestAsync("leave", session);

        Assert.Equal(["requestId"], answer.Select(member => member.Key));
        Assert.Empty(await visitor.PendingEventTypesAsync());
        Assert.Equal("leaveRequest", session.EndReason);
        Assert.Equal(("SessionEnded", "leaveRequest"), ((string?)session.Transcript[^1]["type"], (string?)session.Transcript[^1]["reason"]));
        foreach (string operation in (string[])["restoreSession", "getTranscript", "leave", "sendTyping"])
        {
            Assert.Equal(50, (int)(await visitor.RequestAsync(operation, session))["error"]!["code"]!);
        }
    }

    [Fact]
    public async Task Session_that_the_agent_has_ended_can_be_read_and_nothing_else()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        await session.Agent.ConnectAsync();

        await session.Agent.EndAsync();

        Assert.Equal(["AgentConnected", "AgentDisconnected", "SessionEnded"], await visitor.NextEventTypesAsync(3));
        JsonArray transcript = (await visitor.RequestAsync("getTranscript", session, """{"fromIndex":3}"""))["transcript"]!.AsArray();
        Assert.Equal("agent", (string?)Assert.Single(transcript)!["reason"]);
        foreach (string operation in (string[])["restoreSession", "leave", "sendTyping"])
        {
            Assert.Equal(50, (int)(await visitor.RequestAsync(operation, session))["error"]!["code"]!);
        }
    }
}

using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class ScriptedAgentTests
{
    [Fact]
    public async Task Default_agent_greets_and_repeats()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        Assert.Equal(["AgentConnected", "MessageReceived"], await visitor.NextEventTypesAsync(2));

        await visitor.RequestAsync("sendMessage", session, """{"message":"How do I restore it?"}""");

        Assert.Equal(["MessageReceived", "AgentTyping", "MessageReceived", "AgentTyping"], await visitor.NextEventTypesAsync(4));
        Assert.Equal(["Hello, my name is Sam. How can I help you?", "How do I restore it?", "You said: How do I restore it?"], session.Messages);
        Assert.Equal(["Agent", "Agent", "Client", "Agent"], session.Transcript.Select(entry => (string?)entry["party"]!["type"]));
        Assert.Equal([1, 2, 3, 4], session.Transcript.Select(entry => (int)entry["index"]!));
    }

    [Fact]
    public async Task Silent_agent_leaves_everything_to_the_test()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        await visitor.RequestAsync("sendMessage", session, """{"message":"Anybody?"}""");
        Assert.Equal(["MessageReceived"], await visitor.PendingEventTypesAsync());

        await session.Agent.TypeAsync();
        await session.Agent.SendAsync("Yes", ChatMessageType.Notice);
        await session.Agent.DisconnectAsync();
        await session.Agent.DisconnectAsync();
        await session.Agent.FailAsync(100, "Chat Server cannot be reached.");
        await session.Agent.EndAsync();

        Assert.Equal("AgentConnected", (string?)(await visitor.NextEventAsync())["type"]);
        JsonObject typing = await visitor.NextEventAsync();
        Assert.Equal(("AgentTyping", true, false), ((string?)typing["type"], (bool)typing["isTyping"]!, typing.ContainsKey("index")));
        Assert.Equal("notice", (string?)(await visitor.NextEventAsync())["content"]!["type"]);
        Assert.Equal("AgentDisconnected", (string?)(await visitor.NextEventAsync())["type"]);
        Assert.Equal("""{"code":100,"description":"Chat Server cannot be reached."}""", (await visitor.NextEventAsync())["error"]!.ToJsonString());
        JsonObject end = await visitor.NextEventAsync();
        Assert.Equal(("SessionEnded", "agent", 6), ((string?)end["type"], (string?)end["reason"], (int)end["index"]!));
        Assert.Equal((true, "agent"), (session.IsEnded, session.EndReason));
    }

    [Fact]
    public async Task Script_is_followed_message_by_message()
    {
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedAgent agent = new()
        {
            Name = "Alex",
            OnStarted = (conversation, _) => conversation.SendAsync($"Welcome, {conversation.Session.Username}"),
            OnMessage = async (conversation, message, cancellationToken) =>
            {
                if (message.Text == "one")
                {
                    await first.Task.WaitAsync(cancellationToken);
                }

                await conversation.SendAsync($"{message.Type} {message.Text}");
                if (message.Text == "bye")
                {
                    await conversation.EndAsync();
                }
            },
        };
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = agent }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        await session.WaitUntilAsync(seen => seen.Messages.Count == 1, Deadline.Token);

        await visitor.RequestAsync("sendMessage", session, """{"message":"one","type":"url"}""");
        await visitor.RequestAsync("sendMessage", session, """{"message":"bye"}""");
        first.SetResult();
        await session.WaitUntilAsync(seen => seen.IsEnded, Deadline.Token);

        Assert.Equal(["Welcome, Jane", "one", "bye", "Url one", "Text bye"], session.Messages);
        Assert.Equal("Alex", (string?)session.Transcript[0]["party"]!["name"]);
        Assert.Null(session.AgentException);
    }

    [Fact]
    public async Task Script_that_fails_is_shown_to_the_test_and_the_visitor_and_goes_on()
    {
        ScriptedAgent agent = new()
        {
            OnMessage = (conversation, message, _) => message.Text == "fail" ? throw new FormatException("No such order.") : conversation.SendAsync("fine"),
        };
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = agent }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;

        await visitor.RequestAsync("sendMessage", session, """{"message":"fail"}""");
        await visitor.RequestAsync("sendMessage", session, """{"message":"go on"}""");
        await session.WaitUntilAsync(seen => seen.Messages.Contains("fine"), Deadline.Token);

        Assert.IsType<FormatException>(session.AgentException);
        JsonObject error = Assert.Single(session.Transcript, entry => (string?)entry["type"] == "Error");
        Assert.Equal("""{"code":52,"description":"The scripted agent failed: No such order."}""", error["error"]!.ToJsonString());
    }

    [Fact]
    public async Task Script_is_told_when_the_session_is_over_and_has_not_failed()
    {
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<bool> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedAgent agent = new()
        {
            OnStarted = async (_, cancellationToken) =>
            {
                waiting.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    told.SetResult(cancellationToken.IsCancellationRequested);
                }
            },
        };
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = agent }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        await waiting.Task.WaitAsync(Deadline.Token);

        await visitor.RequestAsync("leave", session);

        Assert.True(await told.Task.WaitAsync(Deadline.Token));
        Assert.Null(session.AgentException);
    }

    [Fact]
    public async Task Agent_can_do_nothing_in_a_session_that_is_over()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        await session.Agent.EndAsync();

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => session.Agent.SendAsync("late"));
        Assert.Contains("over (agent)", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(session.Agent.EndAsync);
        Assert.Single(session.Transcript);
    }
}

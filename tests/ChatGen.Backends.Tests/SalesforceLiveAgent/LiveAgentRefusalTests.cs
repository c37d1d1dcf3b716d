using System.Text.Json.Nodes;
using ChatGen.Backends.SalesforceLiveAgent;
using Xunit;

namespace ChatGen.Backends.Tests.SalesforceLiveAgent;

public sealed class LiveAgentRefusalTests
{
    [Theory]
    [InlineData("X-LIVEAGENT-API-VERSION", null, 400)]
    [InlineData("X-LIVEAGENT-API-VERSION", "28", 400)]
    [InlineData("X-LIVEAGENT-AFFINITY", null, 400)]
    [InlineData("X-LIVEAGENT-AFFINITY", "other", 503)]
    [InlineData("X-LIVEAGENT-SESSION-KEY", null, 403)]
    [InlineData("X-LIVEAGENT-SESSION-KEY", "other", 403)]
    public async Task Header_fields_are_checked(string name, string? value, int status)
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        client.Headers.Remove(name);
        if (value is not null)
        {
            client.Headers[name] = value;
        }

        Assert.Equal(status, (await client.PostAsync("ChatMessage", """{"text":"Hello"}""")).Status);
        Assert.Equal(status, (await client.PollAsync()).Status);

        Assert.Empty(conversation.VisitorMessages);
        Assert.Equal(2, backend.Complaints.Count);
    }

    [Theory]
    [InlineData("ChatMessage", "{}")]
    [InlineData("ChatMessage", """{"text":""}""")]
    [InlineData("ChatMessage", """{"text":7}""")]
    [InlineData("ChatMessage", """{"text":"a","more":1}""")]
    [InlineData("ChatMessage", """{"text":"a","text":"b"}""")]
    [InlineData("ChatMessage", """["text"]""")]
    [InlineData("ChatMessage", "text=a")]
    [InlineData("ChatMessage", "")]
    [InlineData("ChasitorTyping", """{"text":"a"}""")]
    [InlineData("ChasitorSneakPeek", """{"text":"a"}""")]
    [InlineData("ChasitorSneakPeek", """{"position":"1","text":"a"}""")]
    [InlineData("ChatEnd", "{}")]
    [InlineData("ChatEnd", """{"reason":"agent"}""")]
    [InlineData("CustomEvent", """{"type":"t"}""")]
    [InlineData("ChasitorIdleTimeoutWarningEvent", """{"idleTimeoutWarningEvent":"maybe"}""")]
    [InlineData("ChasitorInit", "{}")]
    public async Task Wrong_contents_are_refused(string noun, string body)
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();

        Assert.Equal(400, (await client.PostAsync(noun, body)).Status);

        Assert.Empty(conversation.VisitorMessages);
        Assert.False(conversation.IsEnded);
        Assert.Single(backend.Complaints);
    }

    [Theory]
    [InlineData("organizationId", "\"00D\"")]
    [InlineData("sessionId", "\"other\"")]
    [InlineData("isPost", "false")]
    [InlineData("isPost", null)]
    [InlineData("visitorName", null)]
    [InlineData("prechatDetails", null)]
    [InlineData("prechatDetails", """[{"label":"a"}]""")]
    [InlineData("prechatEntities", "{}")]
    [InlineData("queue", "1")]
    public async Task Wrong_chat_requests_are_refused(string name, string? value)
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        await client.OpenAsync();
        JsonObject init = client.Init();
        init.Remove(name);
        if (value is not null)
        {
            init[name] = JsonNode.Parse(value);
        }

        Assert.Equal(400, (await client.PostAsync("ChasitorInit", init.ToJsonString())).Status);

        Assert.Null(backend.Conversation);
        Assert.Contains(name, Assert.Single(backend.Complaints));
    }

    [Fact]
    public async Task Numbers_of_requests_have_no_gaps()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();

        client.Sequence++;
        Assert.Equal(400, (await client.PostAsync("ChatMessage", """{"text":"third"}""")).Status);
        Assert.Single(backend.Complaints);
        client.Sequence = 1;
        Assert.Equal(202, (await client.PostAsync("ChatMessage", """{"text":"second"}""")).Status);
        client.Sequence = 1;
        Assert.Equal(400, (await client.PostAsync("ChatMessage", """{"text":"other"}""")).Status);
        client.Sequence = 1;
        Assert.Equal(202, (await client.PostAsync("ChatMessage", """{"text":"second"}""")).Status);
        Assert.Equal(3, backend.Complaints.Count);
        client.Sequence = -1;
        Assert.Equal(400, (await client.PostAsync("ChatMessage", """{"text":"third"}""")).Status);

        Assert.Equal(["second"], conversation.VisitorMessages);
    }

    [Fact]
    public async Task Request_whose_answer_was_lost_may_be_repeated_and_is_done_once()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        backend.Answer(request => request.Path.EndsWith("/ChatMessage", StringComparison.Ordinal), EmulatorAnswer.Abort().AfterProcessing());
        backend.Answer(request => request.Path.EndsWith("/ChatMessage", StringComparison.Ordinal), EmulatorAnswer.Respond(500));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync("ChatMessage", """{"text":"a"}"""));
        client.Sequence--;
        Assert.Equal(500, (await client.PostAsync("ChatMessage", """{"text":"a"}""")).Status);
        client.Sequence--;
        Assert.Equal(202, (await client.PostAsync("ChatMessage", """{"text":"a"}""")).Status);
        backend.Answer(request => request.Path.EndsWith("/ChatMessage", StringComparison.Ordinal), EmulatorAnswer.Respond(500));
        await client.PostAsync("ChatMessage", """{"text":"b"}""");
        Assert.Equal(202, (await client.PostAsync("ChatMessage", """{"text":"c"}""")).Status);

        Assert.Equal(["a", "c"], conversation.VisitorMessages);
        Assert.Empty(backend.Complaints);
    }

    [Theory]
    [InlineData("GET", "Chasitor/ChatMessage", 405)]
    [InlineData("POST", "System/Messages?ack=-1", 405)]
    [InlineData("POST", "System/SessionId", 405)]
    [InlineData("POST", "Chasitor/Nothing", 404)]
    [InlineData("GET", "System/Nothing", 404)]
    [InlineData("GET", "System/Messages", 400)]
    [InlineData("GET", "System/Messages?ack=x", 400)]
    [InlineData("GET", "System/Messages?ack=7", 400)]
    [InlineData("GET", "System/Messages?ack=1&wait=1", 400)]
    [InlineData("GET", "System/ReconnectSession?ReconnectSession.offset=0", 400)]
    [InlineData("DELETE", "System/SessionId/other", 403)]
    [InlineData("GET", "System/SessionId", 400)]
    public async Task Wrong_requests_are_refused(string verb, string path, int status)
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        await client.StartAsync();

        Assert.Equal(status, (await client.SendAsync(new HttpMethod(verb), path, verb == "POST" ? "{}" : null)).Status);

        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task Content_type_is_checked()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        await client.StartAsync();

        Assert.Equal(400, (await client.SendAsync(HttpMethod.Post, "Chasitor/ChatMessage", """{"text":"a"}""", contentType: "text/plain")).Status);
    }
}

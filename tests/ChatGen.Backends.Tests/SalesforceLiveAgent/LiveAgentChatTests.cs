using System.Text.Json.Nodes;
using ChatGen.Backends.SalesforceLiveAgent;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Backends.Tests.SalesforceLiveAgent;

public sealed class LiveAgentChatTests
{
    [Fact]
    public async Task Visitor_and_agent_chat()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        Assert.Equal(("Jane", "1"), (conversation.VisitorName, conversation.UserData["a"]));

        await conversation.QueueMovesAsync(2, 30);
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentTypesAsync(true);
        Reply poll = await client.PollAsync();
        Assert.Equal(["QueueUpdate", "ChatEstablished", "AgentTyping"], poll["messages"]!.AsArray().Select(message => (string?)message!["type"]));
        Assert.Equal("Ann", (string?)poll["messages"]![1]!["message"]!["name"]);

        Task<Reply> held = client.PollAsync();
        Reply sent = await client.PostAsync("ChatMessage", """{"text":"Hello"}""");
        Assert.Equal((202, "OK"), (sent.Status, sent.Text));
        await conversation.WaitForMessageAsync("Hello", Deadline.Token);
        await conversation.AgentWritesAsync("Hi");
        Assert.Equal("""{"name":"Ann","text":"Hi"}""", (await held)["messages"]![0]!["message"]!.ToJsonString());

        await client.PostAsync("ChasitorTyping");
        await client.PostAsync("ChasitorSneakPeek", """{"position":1,"text":"By"}""");
        Assert.Equal((true, "By"), (conversation.VisitorIsTyping, conversation.VisitorTypedText));
        await client.SendAsync(HttpMethod.Post, "Chasitor/ChasitorNotTyping");
        Assert.False(conversation.VisitorIsTyping);
        await client.PostAsync("CustomEvent", """{"type":"t","data":"d"}""");
        await client.PostAsync("ChasitorIdleTimeoutWarningEvent", """{"idleTimeoutWarningEvent":"triggered"}""");
        Assert.Equal([new("t", "d")], conversation.CustomEvents);

        await client.SendAsync(HttpMethod.Post, "System/MultiNoun", """{"nouns":[{"prefix":"Chasitor","noun":"ChatMessage","object":{"text":"Bye"}},{"prefix":"Chasitor","noun":"ChatEnd","object":{"reason":"client"}}]}""");
        Assert.Equal(["Hello", "Bye"], conversation.VisitorMessages);
        Assert.Equal(EmulatedEnd.Visitor, conversation.EndedBy);
        Assert.Equal(["ChatEnded"], await client.TypesAsync());
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Delete, $"System/SessionId/{client.Headers["X-LIVEAGENT-SESSION-KEY"]}")).Status);
        Assert.Empty(backend.Complaints);
        Assert.Equal(403, (await client.PollAsync()).Status);
    }

    [Fact]
    public async Task Agent_who_leaves_ends_the_chat()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentTransfersAsync("Bob");
        await conversation.AgentDisconnectsAsync();
        await conversation.AgentJoinsAsync("Cleo");
        await conversation.AgentLeavesAsync();

        Assert.Equal(["ChatEstablished", "ChatTransferred", "AgentDisconnect", "ChatEstablished", "ChatEnded"], await client.TypesAsync());
        Assert.Equal(403, (await client.PollAsync()).Status);
        Assert.Empty(backend.Complaints);
        Assert.Equal(403, (await client.PostAsync("ChatMessage", """{"text":"Hello?"}""")).Status);
        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task Chat_fails_when_no_agent_is_there()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        backend.IsOpen = false;
        Reply availability = await client.GetAsync("Visitor/Availability?org_id=00D000000000001&deployment_id=572000000000001&Availability.ids=573000000000001");
        Assert.False((bool)availability["messages"]![0]!["message"]!["results"]![0]!["isAvailable"]!);
        await client.OpenAsync();

        Assert.Equal(202, (await client.PostAsync("ChasitorInit", client.Init().ToJsonString())).Status);

        JsonNode failure = (await client.PollAsync())["messages"]![0]!;
        Assert.Equal(("ChatRequestFail", "Unavailable"), ((string?)failure["type"], (string?)failure["message"]!["reason"]));
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Poll_without_messages_is_answered_after_a_time_and_repeated_with_the_same_ack()
    {
        FakeTimeProvider time = new();
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(new SalesforceLiveAgentOptions { TimeProvider = time }, Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();

        Task<Reply> held = client.PollAsync();
        await backend.WaitForHeldPollAsync(Deadline.Token);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(204, (await held).Status);
        await conversation.AgentJoinsAsync("Ann");
        Assert.Equal(["ChatEstablished"], await client.TypesAsync());
        Assert.Empty(backend.Complaints);

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(EmulatedEnd.Backend, conversation.EndedBy);
        Assert.Contains("no poll for 30 s", Assert.Single(backend.Complaints));
        Assert.Equal(403, (await client.PollAsync()).Status);
    }

    [Fact]
    public async Task Messages_come_again_until_they_are_acknowledged()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        await conversation.AgentJoinsAsync("Ann");
        backend.Answer(request => request.Path.EndsWith("/Messages", StringComparison.Ordinal), EmulatorAnswer.Abort().AfterProcessing());

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PollAsync());
        await conversation.AgentWritesAsync("Hi");
        long ack = client.Ack;
        Assert.Equal(["ChatEstablished"], await client.TypesAsync());
        Assert.Empty(backend.Complaints);

        client.Ack = ack;
        Assert.Equal(["ChatEstablished"], await client.TypesAsync());
        Assert.Single(backend.Complaints);
        Assert.Equal(["ChatMessage"], await client.TypesAsync());
    }

    [Fact]
    public async Task Two_polls_at_a_time_end_the_chat()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        Task<Reply> held = client.PollAsync();
        await backend.WaitForHeldPollAsync(Deadline.Token);

        Assert.Equal(409, (await client.PollAsync()).Status);

        Assert.Equal(409, (await held).Status);
        Assert.Equal(EmulatedEnd.Backend, conversation.EndedBy);
        Assert.Contains("two polls", Assert.Single(backend.Complaints));
        Assert.Equal(403, (await client.PostAsync("ChatMessage", """{"text":"Hello?"}""")).Status);
    }

    [Fact]
    public async Task Poll_that_was_given_up_is_none()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        using CancellationTokenSource impatience = CancellationTokenSource.CreateLinkedTokenSource(Deadline.Token);
        Task held = client.PollUntilAsync(impatience.Token);
        await backend.WaitForHeldPollAsync(Deadline.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);

        Task<Reply> next = client.PollAsync();
        await conversation.AgentJoinsAsync("Ann");

        Assert.Equal(200, (await next).Status);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Session_goes_on_at_another_server_after_reconnecting()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        await conversation.AgentJoinsAsync("Ann");
        await client.PollAsync();
        await client.PostAsync("ChatMessage", """{"text":"Hello"}""");
        Task<Reply> held = client.PollAsync();
        await backend.WaitForHeldPollAsync(Deadline.Token);

        await conversation.LoseSessionAsync();
        Assert.Equal((503, "503 Invalid Affinity Token"), (await held) is var lost ? (lost.Status, lost.Text) : default);
        await conversation.AgentWritesAsync("Hi");
        Assert.Equal(503, (await client.PostAsync("ChatMessage", """{"text":"Are you there?"}""")).Status);

        client.Headers["X-LIVEAGENT-AFFINITY"] = "null";
        JsonNode message = (await client.GetAsync($"System/ReconnectSession?ReconnectSession.offset={client.Offset}"))["messages"]![0]!;
        Assert.Equal(("ReconnectSession", true), ((string?)message["type"], (bool)message["message"]!["resetSequence"]!));
        client.Headers["X-LIVEAGENT-AFFINITY"] = (string)message["message"]!["affinityToken"]!;
        client.Sequence = 0;
        client.Ack = -1;
        Reply poll = await client.PollAsync();
        Assert.Equal(["ChasitorSessionData", "ChatMessage"], poll["messages"]!.AsArray().Select(item => (string?)item!["type"]));
        JsonNode entry = Assert.Single(poll["messages"]![0]!["message"]!["chatMessages"]!.AsArray(), item => (string?)item!["type"] == "Chasitor")!;
        Assert.Equal(("Jane", "Hello"), ((string?)entry["name"], (string?)entry["content"]));
        Assert.Equal(202, (await client.PostAsync("ChasitorResyncState", """{"organizationId":"00D000000000001"}""")).Status);
        Assert.Equal(202, (await client.PostAsync("ChatMessage", """{"text":"Are you there?"}""")).Status);

        Assert.Equal(["Hello", "Are you there?"], conversation.VisitorMessages);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Session_goes_on_after_a_resync()
    {
        await using SalesforceLiveAgentEmulator backend = await SalesforceLiveAgentEmulator.StartAsync(cancellationToken: Deadline.Token);
        using LiveAgentClient client = new(backend);
        SalesforceLiveAgentConversation conversation = await client.StartAsync();
        await conversation.LoseSessionAsync();

        JsonNode message = (await client.GetAsync($"System/ResyncSession?SessionId={client.SessionId}"))["messages"]![0]!["message"]!;
        Assert.True((bool)message["isValid"]!);
        client.Headers["X-LIVEAGENT-AFFINITY"] = (string)message["affinityToken"]!;
        client.Sequence = 0;

        Assert.Equal(503, (await client.PostAsync("ChatMessage", """{"text":"too early"}""")).Status);
        Assert.Single(backend.Complaints);
        client.Ack = -1;
        Assert.Equal("ChasitorSessionData", (await client.TypesAsync())[0]);
    }
}

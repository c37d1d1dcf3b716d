using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysCloud;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Backends.Tests.GenesysCloud;

public sealed class CloudChatTests
{
    [Fact]
    public async Task Conversation_is_routed_when_the_guest_listens()
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        GenesysCloudConversation conversation = await client.StartAsync();
        Assert.Equal(("Jane", "1"), (conversation.VisitorName, conversation.UserData["a"]));
        Task joins = conversation.AgentJoinsAsync("Ann");
        Assert.False(joins.IsCompleted);

        using SocketClient socket = await SocketClient.OpenAsync(client.EventStreamUri);
        await joins.WaitAsync(Deadline.Token);

        JsonNode heartbeat = await socket.ReceiveAsync();
        Assert.Equal("WebSocket Heartbeat", (string?)heartbeat["eventBody"]!["message"]);
        Assert.Null(heartbeat["metadata"]);
        Assert.Equal(("member-change", client.MemberId, "CONNECTED"), MemberChange(await socket.ReceiveAsync()));
        Assert.Equal(("member-join", null), Message(await socket.ReceiveAsync()));
        (_, string agentId, _) = MemberChange(await socket.ReceiveAsync());
        Assert.Equal(("member-change", agentId, "CONNECTED"), MemberChange(await socket.ReceiveAsync()));
        JsonNode join = await socket.ReceiveAsync();
        Assert.Equal(("member-join", null), Message(join));
        Assert.Equal((agentId, client.Id), ((string?)join["eventBody"]!["sender"]!["id"], (string?)join["eventBody"]!["conversation"]!["id"]));
        Reply agent = await client.GetAsync($"/{client.Id}/members/{agentId}");
        Assert.Equal(("Ann", "AGENT", "CONNECTED"), ((string?)agent["displayName"], (string?)agent["role"], (string?)agent["state"]));
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Guest_and_agent_chat()
    {
        FakeTimeProvider time = new();
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(new GenesysCloudOptions { TimeProvider = time }, Deadline.Token);
        using CloudClient client = new(backend);
        GenesysCloudConversation conversation = await client.StartAsync();
        using SocketClient socket = await client.ListenAsync();

        Reply sent = await client.SayAsync("Hello");
        Assert.Equal((200, "Hello", "standard", client.MemberId), (sent.Status, (string?)sent["body"], (string?)sent["bodyType"], (string?)sent["sender"]!["id"]));
        JsonNode echo = await socket.ReceiveAsync();
        Assert.Equal((("standard", "Hello"), (string?)sent["id"]), (Message(echo), (string?)echo["eventBody"]!["id"]));
        await conversation.WaitForMessageAsync("Hello", Deadline.Token);

        Assert.Equal(200, (await client.PostAsync($"{client.Own}/typing")).Status);
        Assert.True(conversation.VisitorIsTyping);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(conversation.VisitorIsTyping);

        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentTypesAsync(true);
        await conversation.AgentTypesAsync(false);
        await conversation.AgentWritesAsync("Hi");
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        Assert.Equal("typing-indicator", (string?)(await socket.ReceiveAsync())["metadata"]!["type"]);
        Assert.Equal(("standard", "Hi"), Message(await socket.ReceiveAsync()));
        time.Advance(TimeSpan.FromSeconds(26));
        Assert.Null((await socket.ReceiveAsync())["metadata"]);

        Assert.Equal(204, (await client.SendAsync(HttpMethod.Delete, client.Own)).Status);
        Assert.Equal(EmulatedEnd.Visitor, conversation.EndedBy);
        Assert.Equal("member-leave", Message(await socket.ReceiveAsync()).Type);
        Assert.Equal(("member-change", client.MemberId, "DISCONNECTED"), MemberChange(await socket.ReceiveAsync()));
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Agent_who_leaves_ends_the_conversation()
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        GenesysCloudConversation conversation = await client.StartAsync();
        using SocketClient socket = await client.ListenAsync();
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentLeavesAsync();

        List<string> frames = [];
        while (await socket.ReceiveTextAsync() is { } frame)
        {
            frames.Add(frame);
        }

        Assert.Equal(6, frames.Count);
        Assert.Equal(("member-change", client.MemberId, "DISCONNECTED"), MemberChange(JsonNode.Parse(frames[^1])!));
        Reply late = await client.SayAsync("Hello?");
        Assert.Equal((400, "chat.error.conversation.state", 400), (late.Status, (string?)late["code"], (int)late["status"]!));
        Assert.Empty(backend.Complaints);
        await client.SayAsync("Hello?");
        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task What_was_missed_is_in_the_history()
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        GenesysCloudConversation conversation = await client.StartAsync();
        using SocketClient first = await client.ListenAsync();
        await conversation.AgentJoinsAsync("Ann");
        await conversation.LoseSessionAsync();
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (await first.ReceiveTextAsync() is not null)
            {
            }
        });
        await conversation.AgentWritesAsync("1");
        await conversation.AgentWritesAsync("2");
        using SocketClient second = await SocketClient.OpenAsync(client.EventStreamUri);
        await second.ReceiveAsync();
        await conversation.AgentWritesAsync("3");
        Assert.Equal(("standard", "3"), Message(await second.ReceiveAsync()));

        JsonArray messages = (await client.GetAsync($"/{client.Id}/messages"))["entities"]!.AsArray();
        Assert.Equal([null, null, "1", "2", "3"], messages.Select(message => (string?)message!["body"]));
        Assert.Equal(["2", "1"], await BodiesAsync($"?after={messages[1]!["id"]}&before={messages[4]!["id"]}&sortOrder=descending"));
        Assert.Equal(["1"], await BodiesAsync($"?after={messages[1]!["id"]}&maxResults=1"));
        Assert.Equal("2", (string?)(await client.GetAsync($"/{client.Id}/messages/{messages[3]!["id"]}"))["body"]);
        Assert.Empty(backend.Complaints);

        async Task<IEnumerable<string?>> BodiesAsync(string query) =>
            (await client.GetAsync($"/{client.Id}/messages{query}"))["entities"]!.AsArray().Select(message => (string?)message!["body"]);
    }

    [Fact]
    public async Task Members_are_listed_in_pages()
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        GenesysCloudConversation conversation = await client.StartAsync();
        using SocketClient socket = await client.ListenAsync();
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentHandsOverAsync();

        Reply all = await client.GetAsync($"/{client.Id}/members?pageSize=1&pageNumber=2");
        Assert.Equal(("Ann", "DISCONNECTED", 2, 2), ((string?)all["entities"]![0]!["displayName"], (string?)all["entities"]![0]!["state"], (int)all["total"]!, (int)all["pageCount"]!));
        Reply connected = await client.GetAsync($"/{client.Id}/members?excludeDisconnectedMembers=true");
        Assert.Equal(["Jane"], connected["entities"]!.AsArray().Select(member => (string?)member!["displayName"]));
        Assert.Empty((await client.GetAsync($"/{client.Id}/mediarequests"))["entities"]!.AsArray());
    }

    private static (string Type, string Member, string State) MemberChange(JsonNode frame) =>
        ((string)frame["metadata"]!["type"]!, (string)frame["eventBody"]!["member"]!["id"]!, (string)frame["eventBody"]!["member"]!["state"]!);

    private static (string Type, string? Body) Message(JsonNode frame)
    {
        Assert.Equal("message", (string?)frame["metadata"]!["type"]);
        return ((string)frame["eventBody"]!["bodyType"]!, (string?)frame["eventBody"]!["body"]);
    }
}

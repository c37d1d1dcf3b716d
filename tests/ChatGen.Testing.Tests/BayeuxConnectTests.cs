using System.Net;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class BayeuxConnectTests
{
    private static string Publish(string data) => $"\"channel\":\"/service/chat\",\"id\":\"p\",\"data\":{data}";

    [Fact]
    public async Task First_connect_is_answered_at_once_and_the_next_is_held_until_its_timeout()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();

        (_, JsonArray first) = await client.ConnectAsync("2");
        Assert.Equal(
            """[{"id":"2","channel":"/meta/connect","successful":true,"advice":{"reconnect":"retry","interval":0,"timeout":30000}}]""",
            first.ToJsonString());

        Task<(HttpStatusCode, JsonArray Messages)> second = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();
        time.Advance(ConnectTimeProvider.ConnectTimeout - TimeSpan.FromTicks(1));
        // Another request would come back before a reply that is on its way: the connect is still held.
        await client.SendAsync("\"channel\":\"/a\",\"data\":1");
        Assert.False(second.IsCompleted);

        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("""[{"id":"3","channel":"/meta/connect","successful":true}]""", (await second).Messages.ToJsonString());
    }

    [Fact]
    public async Task Connect_with_timeout_0_is_answered_at_once()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");

        (_, JsonArray messages) = await client.ConnectAsync("3", """{"timeout":0}""");

        Assert.True((bool)messages[0]!["successful"]!);
    }

    [Fact]
    public async Task Held_connect_brings_the_messages_before_its_reply()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options with { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<(HttpStatusCode, JsonArray Messages)> held = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        (_, JsonArray acknowledgement) = await client.SendAsync(Publish("""{"operation":"fly","requestId":"r1"}"""));

        Assert.Equal("""[{"id":"p","channel":"/service/chat","successful":true}]""", acknowledgement.ToJsonString());
        JsonArray messages = (await held).Messages;
        Assert.Equal(2, messages.Count);
        Assert.Equal("r1", (string?)messages[0]!["data"]!["requestId"]);
        Assert.Equal("/service/chat", (string?)messages[0]!["channel"]);
        Assert.Equal("3", (string?)messages[1]!["id"]);
    }

    [Fact]
    public async Task Connect_in_one_request_with_a_publish_brings_its_answer()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");

        (_, JsonArray messages, _) = await client.PostAsync(
            $$$"""
            [{"channel":"/meta/connect","clientId":"{{{client.ClientId}}}","id":"3","connectionType":"long-polling"},
             {"channel":"/service/chat","clientId":"{{{client.ClientId}}}","id":"4","data":{"operation":"fly","requestId":"r1"}}]
            """);

        Assert.Equal(["r1", null, null], messages.Select(message => (string?)message!["data"]?["requestId"]));
        Assert.Equal([null, "3", "4"], messages.Select(message => (string?)message!["id"]));
    }

    [Fact]
    public async Task Second_connect_takes_the_place_of_the_first()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<(HttpStatusCode Status, JsonArray Messages)> first = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        Task<(HttpStatusCode Status, JsonArray Messages)> second = client.ConnectAsync("4");

        Assert.Equal(HttpStatusCode.InternalServerError, (await first).Status);
        Assert.Empty((await first).Messages);
        await time.ConnectIsHeldAsync();
        time.Advance(ConnectTimeProvider.ConnectTimeout);
        Assert.Equal("4", (string?)(await second).Messages[0]!["id"]);
    }

    [Fact]
    public async Task Silent_client_is_forgotten_after_the_maximum_interval()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();

        time.Advance(ConnectTimeProvider.MaxInterval - TimeSpan.FromTicks(1));
        Assert.True((bool)(await client.ConnectAsync("2")).Messages[0]!["successful"]!);

        time.Advance(ConnectTimeProvider.MaxInterval);
        Assert.Equal("402::session_unknown", (string?)(await client.ConnectAsync("3")).Messages[0]!["error"]);
    }

    [Fact]
    public async Task Client_with_a_held_connect_is_not_forgotten()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<(HttpStatusCode, JsonArray Messages)> held = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        time.Advance(ConnectTimeProvider.ConnectTimeout);

        Assert.True((bool)(await held).Messages[0]!["successful"]!);
        Assert.True((bool)(await client.ConnectAsync("4", """{"timeout":0}""")).Messages[0]!["successful"]!);
    }

    [Fact]
    public async Task Disconnect_answers_the_held_connect_and_forgets_the_client()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<(HttpStatusCode, JsonArray Messages)> held = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        (_, JsonArray disconnected) = await client.SendAsync("\"channel\":\"/meta/disconnect\",\"id\":\"4\"", "/disconnect");

        Assert.Equal("""[{"id":"4","channel":"/meta/disconnect","successful":true}]""", disconnected.ToJsonString());
        Assert.Equal("none", (string?)(await held).Messages[0]!["advice"]!["reconnect"]);
        Assert.Equal("402::session_unknown", (string?)(await client.ConnectAsync("5")).Messages[0]!["error"]);
    }

    [Fact]
    public async Task Over_a_WebSocket_messages_come_at_once_and_the_connect_stays_held()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await client.ConnectAsync("2");
        Assert.Equal("2", (string?)(await client.ReceiveOneAsync())["id"]);
        await client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        await client.SendAsync(Publish("""{"operation":"fly","requestId":"r1"}"""));

        Assert.Equal("p", (string?)(await client.ReceiveOneAsync())["id"]);
        Assert.Equal("r1", (string?)(await client.ReceiveOneAsync())["data"]!["requestId"]);
        time.Advance(ConnectTimeProvider.ConnectTimeout);
        Assert.Equal("3", (string?)(await client.ReceiveOneAsync())["id"]);
    }

    [Fact]
    public async Task Over_a_WebSocket_disconnect_answers_the_held_connect_too()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await client.ConnectAsync("2");
        await client.ReceiveOneAsync();
        await client.ConnectAsync("3");

        await client.SendAsync("\"channel\":\"/meta/disconnect\",\"id\":\"4\"");

        string?[] ids = [(string?)(await client.ReceiveOneAsync())["id"], (string?)(await client.ReceiveOneAsync())["id"]];
        Assert.Equal(["3", "4"], ids.Order());
    }

    [Fact]
    public async Task Messages_wait_for_a_client_that_comes_back_over_another_WebSocket()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options with { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using WebSocketClient first = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await first.SendAsync(Publish("""{"operation":"startSession","requestId":"r1"}"""));
        ChatBackendSession session = await backend.WaitForSessionAsync(cancellationToken: Deadline.Token);
        await first.ReceiveOneAsync();
        await first.ReceiveOneAsync();

        session.DropConnections();
        await Assert.ThrowsAnyAsync<Exception>(first.ReceiveTextAsync);
        using WebSocketClient second = await WebSocketClient.OpenAsync(backend.CometDUrl);
        second.ClientId = first.ClientId;
        await second.ConnectAsync("9");
        Assert.Equal("9", (string?)(await second.ReceiveOneAsync())["id"]);
        await session.Agent.ConnectAsync();

        Assert.Equal("AgentConnected", (string?)(await second.ReceiveOneAsync())["data"]!["type"]);
    }

    [Fact]
    public async Task Messages_wait_for_the_next_connect_over_long_polling()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options with { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        await client.SendAsync(Publish("""{"operation":"startSession","requestId":"r1"}"""));
        ChatBackendSession session = await backend.WaitForSessionAsync(cancellationToken: Deadline.Token);
        await session.Agent.SendAsync("Hello");

        Assert.Equal(3, (await client.ConnectAsync("3")).Messages.Count(message => message!["data"] is not null));

        Task<(HttpStatusCode, JsonArray)> held = client.ConnectAsync("4");
        await time.ConnectIsHeldAsync();
        session.DropConnections();
        await Assert.ThrowsAsync<HttpRequestException>(() => held);
        await session.Agent.SendAsync("Are you there?");
        JsonArray messages = (await client.ConnectAsync("5")).Messages;
        Assert.Equal("Are you there?", (string?)messages[0]!["data"]!["content"]!["text"]);
    }

    [Fact]
    public async Task Restarted_backend_knows_its_chats_but_no_client()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        (Visitor before, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = before;

        backend.Restart();

        Assert.Equal("402::session_unknown", (string?)(await client.ConnectAsync()).Messages[0]!["error"]);
        await Assert.ThrowsAnyAsync<Exception>(before.ReceiveTextAsync);
        using Visitor after = await Visitor.ArriveAsync(backend);
        Assert.Null((await after.RequestAsync("restoreSession", session))["error"]);
    }

    [Fact]
    public async Task Backend_that_is_offline_drops_every_request_until_it_is_online()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<(HttpStatusCode, JsonArray)> held = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        backend.GoOffline();
        await Assert.ThrowsAsync<HttpRequestException>(() => held);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.ConnectAsync("4"));
        await Assert.ThrowsAnyAsync<Exception>(webSocket.ReceiveTextAsync);

        backend.GoOnline();
        Assert.True((bool)(await client.ConnectAsync("5", """{"timeout":0}""")).Messages[0]!["successful"]!);
    }
}

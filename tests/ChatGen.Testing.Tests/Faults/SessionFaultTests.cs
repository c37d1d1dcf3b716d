using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests.Faults;

/// <summary>Faults of Bayeux clients and chat sessions, as they look on the wire.</summary>
public sealed class SessionFaultTests
{
    private const string Unknown = "402::session_unknown";

    [Fact]
    public async Task Restart_may_forget_the_chats_too()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        (Visitor before, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = before;

        backend.Faults.Restart(forgetChats: true);

        await Assert.ThrowsAnyAsync<WebSocketException>(before.NextDataAsync);
        using Visitor after = await Visitor.ArriveAsync(backend);
        Assert.Equal(50, (int)(await after.RequestAsync("restoreSession", session))["error"]!["code"]!);
        Assert.Equal("forgotten", session.EndReason);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.Agent.SendAsync("Hello?"));
        (Visitor anew, ChatBackendSession other) = await Visitor.StartAsync(backend);
        using Visitor __ = anew;
        Assert.Equal([session, other], backend.Sessions);
    }

    [Fact]
    public async Task Expired_client_has_its_connect_answered_and_is_unknown_then()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient longPolling = new(backend.CometDUrl);
        await longPolling.HandshakeAsync();
        await longPolling.ConnectAsync("2");
        Task<(HttpStatusCode, JsonArray Messages)> held = longPolling.ConnectAsync("3");
        await time.ConnectIsHeldAsync();
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);

        backend.Faults.Expire();

        Assert.True((bool)(await held).Messages[0]!["successful"]!);
        Assert.Equal(Unknown, (string?)(await longPolling.ConnectAsync("4")).Messages[0]!["error"]);
        await webSocket.ConnectAsync("2");
        Assert.Equal(Unknown, (string?)(await webSocket.ReceiveOneAsync())["error"]);
    }

    [Fact]
    public async Task Client_of_one_session_expires_alone()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        (Visitor jane, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = jane;
        (Visitor john, ChatBackendSession other) = await Visitor.StartAsync(backend);
        using Visitor __ = john;

        backend.Faults.Expire(session);

        await jane.PublishAsync("{}");
        Assert.Contains(Unknown, await jane.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.Null((await john.RequestAsync("sendTyping", other))["error"]);
    }

    [Fact]
    public async Task Advice_comes_with_the_connect_that_is_held_and_with_no_other()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<(HttpStatusCode, JsonArray Messages)> held = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        backend.Faults.Advise(new ChatBackendAdvice
        {
            Reconnect = ChatBackendReconnect.Retry,
            Interval = TimeSpan.FromMilliseconds(-1),
            Timeout = TimeSpan.FromSeconds(20),
            MaxInterval = TimeSpan.FromSeconds(5),
            Hosts = ["two.example:8080"],
        });

        Assert.Equal(
            """[{"id":"3","channel":"/meta/connect","successful":true,"advice":{"reconnect":"retry","interval":-1,"timeout":20000,"maxInterval":5000,"hosts":["two.example:8080"]}}]""",
            (await held).Messages.ToJsonString());
        (_, JsonArray next) = await client.ConnectAsync("4", """{"timeout":0}""");
        Assert.Equal("retry", (string?)next[0]!["advice"]!["reconnect"]);
    }

    [Fact]
    public async Task Advice_to_handshake_comes_with_a_reply_that_is_not_successful_and_the_client_is_forgotten()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");

        backend.Faults.Advise(new ChatBackendAdvice { Reconnect = ChatBackendReconnect.Handshake });

        (_, JsonArray messages) = await client.ConnectAsync("3");
        Assert.Equal(
            """[{"id":"3","channel":"/meta/connect","successful":false,"advice":{"reconnect":"handshake"},"error":"402::session_unknown"}]""",
            messages.ToJsonString());
        (_, JsonArray next) = await client.ConnectAsync("4");
        Assert.Equal(Unknown, (string?)next[0]!["error"]);
    }

    [Fact]
    public async Task Advice_waits_for_a_client_without_a_connect()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await client.ConnectAsync("2");
        await client.ReceiveOneAsync();

        backend.Faults.Advise(new ChatBackendAdvice { Reconnect = ChatBackendReconnect.None });
        await client.ConnectAsync("3");

        Assert.Equal("""{"reconnect":"none"}""", (await client.ReceiveOneAsync())["advice"]!.ToJsonString());
    }

    [Fact]
    public async Task Over_long_polling_a_client_is_sent_away_with_the_last_messages()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        await client.SendAsync("\"channel\":\"/service/echo\",\"id\":\"p\",\"data\":1");

        backend.Faults.Disconnect();
        (_, JsonArray refused) = await client.SendAsync("\"channel\":\"/service/echo\",\"id\":\"q\",\"data\":2");
        (_, JsonArray last) = await client.ConnectAsync("3");

        Assert.Equal(Unknown, (string?)refused[0]!["error"]);
        Assert.Equal(["/service/echo", "/meta/disconnect", "/meta/connect"], last.Select(message => (string?)message!["channel"]));
        Assert.Null(last[1]!["id"]);
        Assert.Equal("none", (string?)last[2]!["advice"]!["reconnect"]);
        Assert.Equal(Unknown, (string?)(await client.ConnectAsync("4")).Messages[0]!["error"]);
    }

    [Fact]
    public async Task Over_a_WebSocket_a_client_is_sent_away_at_once()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await client.ConnectAsync("2");
        await client.ReceiveOneAsync();
        await client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();

        backend.Faults.Disconnect();

        Assert.Equal("""{"channel":"/meta/disconnect","successful":true}""", (await client.ReceiveOneAsync()).ToJsonString());
        Assert.Equal("""{"id":"3","channel":"/meta/connect","successful":true,"advice":{"reconnect":"none"}}""", (await client.ReceiveOneAsync()).ToJsonString());
    }
}

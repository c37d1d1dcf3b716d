using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests.Faults;

/// <summary>Faults of connections, as they look on the wire.</summary>
public sealed class ConnectionFaultTests
{
    private const string Publish = "\"channel\":\"/service/echo\",\"id\":\"p\",\"data\":1";

    [Fact]
    public async Task Dropped_connections_break_without_an_answer_and_clients_stay_known()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient longPolling = new(backend.CometDUrl);
        Task<(HttpStatusCode, JsonArray)> held = await HoldAsync(longPolling, time);
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        using WebSocketClient withoutHandshake = await WebSocketClient.OpenAsync(backend.CometDUrl);

        backend.Faults.DropConnections();

        await Assert.ThrowsAsync<HttpRequestException>(() => held);
        await Assert.ThrowsAnyAsync<WebSocketException>(webSocket.ReceiveTextAsync);
        await Assert.ThrowsAnyAsync<WebSocketException>(withoutHandshake.ReceiveTextAsync);
        Assert.True(await IsKnownAsync(longPolling));
    }

    [Fact]
    public async Task Over_long_polling_what_is_held_may_be_answered_before_the_connection_closes()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<HttpResponseMessage> held = client.ExchangeAsync(client.Message("\"channel\":\"/meta/connect\",\"id\":\"3\",\"connectionType\":\"long-polling\""));
        await time.ConnectIsHeldAsync();

        backend.Faults.DropConnections(answerFirst: true);

        using HttpResponseMessage response = await held;
        Assert.True(response.Headers.ConnectionClose);
        Assert.Equal("""[{"id":"3","channel":"/meta/connect","successful":true}]""", await response.Content.ReadAsStringAsync(Deadline.Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_a_WebSocket_what_is_held_may_be_answered_before_it_closes(bool isHeld)
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await client.ConnectAsync("2");
        await client.ReceiveOneAsync();
        if (isHeld)
        {
            await client.ConnectAsync("3");
            await time.ConnectIsHeldAsync();
        }

        backend.Faults.DropConnections(answerFirst: true);

        if (isHeld)
        {
            Assert.Equal("3", (string?)(await client.ReceiveOneAsync())["id"]);
        }

        await client.SendAsync(Publish);
        Assert.Null(await client.ReceiveTextAsync());
        Assert.DoesNotContain(backend.Requests.Recorded, request => request.IsPublish);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
    }

    [Fact]
    public async Task Connection_of_one_session_is_dropped_alone()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        (Visitor jane, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = jane;
        (Visitor john, ChatBackendSession other) = await Visitor.StartAsync(backend, """{"username":"John"}""");
        using Visitor __ = john;

        backend.Faults.DropConnections(session);

        await Assert.ThrowsAnyAsync<WebSocketException>(jane.ReceiveTextAsync);
        Assert.Null((await john.RequestAsync("sendTyping", other))["error"]);
    }

    [Fact]
    public async Task Offline_backend_drops_every_request_until_the_lease_ends()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        using HttpClient http = new();
        await client.HandshakeAsync();

        using (backend.Faults.GoOffline())
        {
            await Assert.ThrowsAnyAsync<WebSocketException>(webSocket.ReceiveTextAsync);
            await Assert.ThrowsAsync<HttpRequestException>(() => client.ConnectAsync());
            await Assert.ThrowsAsync<WebSocketException>(() => WebSocketClient.OpenAsync(backend.CometDUrl));
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(backend.RestUrl + "/session/transcript"), Deadline.Token));
        }

        Assert.True(await IsKnownAsync(client));
        Assert.Equal(
            [ChatBackendTransport.LongPolling, ChatBackendTransport.WebSocketUpgrade, ChatBackendTransport.Rest],
            backend.Requests.Recorded.Where(request => request.Fault == ChatBackendFault.Dropped).Select(request => request.Transport));
        Assert.Equal((2, 1, 0, 0), (backend.Requests.LongPollingRequests, backend.Requests.WebSocketUpgrades, backend.Requests.RefusedWebSocketUpgrades, backend.Requests.RestRequests));
    }

    [Fact]
    public async Task Request_that_is_dropped_is_not_processed()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;
        backend.Faults.DropRequests(count: 1, where: request => request.IsPublish);

        await visitor.PublishAsync($$"""{"operation":"sendMessage","requestId":"x","sessionId":"{{session.Id}}","message":"Hello"}""");

        await Assert.ThrowsAnyAsync<WebSocketException>(visitor.ReceiveTextAsync);
        Assert.Empty(session.Messages);
        using Visitor second = await Visitor.ArriveAsync(backend);
        Assert.Null((await second.RequestAsync("restoreSession", session))["error"]);
    }

    [Fact]
    public async Task Black_hole_lets_nothing_pass_and_then_everything()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient longPolling = new(backend.CometDUrl);
        await longPolling.HandshakeAsync();
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        int before = backend.Requests.Recorded.Count;

        IDisposable first = backend.Faults.BlackHole();
        IDisposable second = backend.Faults.BlackHole();
        Task<(HttpStatusCode Status, JsonArray)> request = longPolling.SendAsync(Publish);
        await webSocket.SendAsync(Publish);
        Task<JsonObject> reply = webSocket.ReceiveOneAsync();
        first.Dispose();
        first.Dispose();

        await Deadline.IsPendingAsync(Task.WhenAny(request, reply));
        Assert.Equal(before, backend.Requests.Recorded.Count);
        second.Dispose();
        Assert.Equal(HttpStatusCode.OK, (await request).Status);
        Assert.Equal("p", (string?)(await reply)["id"]);
    }

    [Fact]
    public async Task Connections_can_be_dropped_within_a_black_hole_and_the_backend_disposed_of()
    {
        ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        backend.Faults.BlackHole();
        await webSocket.SendAsync(Publish);

        backend.Faults.DropConnections();

        await Assert.ThrowsAnyAsync<WebSocketException>(webSocket.ReceiveTextAsync);
        await backend.DisposeAsync();
    }

    private static async Task<Task<(HttpStatusCode, JsonArray)>> HoldAsync(LongPollingClient client, ConnectTimeProvider time)
    {
        await client.HandshakeAsync();
        await client.ConnectAsync("2");
        Task<(HttpStatusCode, JsonArray)> held = client.ConnectAsync("3");
        await time.ConnectIsHeldAsync();
        return held;
    }

    private static async Task<bool> IsKnownAsync(LongPollingClient client) => (bool)(await client.ConnectAsync("9", """{"timeout":0}""")).Messages[0]!["successful"]!;
}

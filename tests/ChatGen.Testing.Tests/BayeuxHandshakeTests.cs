using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class BayeuxHandshakeTests
{
    [Fact]
    public async Task Handshake_gives_an_id_a_cookie_advice_and_the_transports()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { MetaConnectTimeout = TimeSpan.FromSeconds(7) }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        (HttpStatusCode status, JsonArray messages, string? setCookie) = await client.PostAsync(
            """[{"channel":"/meta/handshake","id":"h1","version":"1.0","supportedConnectionTypes":["websocket","long-polling"]}]""");

        Assert.Equal(HttpStatusCode.OK, status);
        JsonObject reply = Assert.Single(messages)!.AsObject();
        string clientId = (string)reply["clientId"]!;
        Assert.Equal(32, clientId.Length);
        reply.Remove("clientId");
        Assert.Equal(
            """{"id":"h1","channel":"/meta/handshake","successful":true,"version":"1.0","minimumVersion":"1.0","supportedConnectionTypes":["websocket","long-polling"],"advice":{"reconnect":"retry","interval":0,"timeout":7000}}""",
            reply.ToJsonString());
        Assert.Matches("^BAYEUX_BROWSER=[0-9a-f]{32}; Path=/; HttpOnly$", setCookie);
    }

    [Fact]
    public async Task Handshake_with_a_cookie_keeps_it()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        string first = client.ClientId!;

        (_, JsonArray messages, string? setCookie) = await client.PostAsync(
            """[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]}]""");

        Assert.Null(setCookie);
        Assert.NotEqual(first, (string?)messages[0]!["clientId"]);
    }

    [Theory]
    [InlineData("""{"channel":"/meta/handshake","supportedConnectionTypes":["websocket"]}""", "400::version_missing")]
    [InlineData("""{"channel":"/meta/handshake","version":"1.0"}""", "400::supportedConnectionTypes_missing")]
    [InlineData("""{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["callback-polling"]}""", "405::no_transport")]
    public async Task Handshake_that_cannot_succeed_is_refused_for_good(string message, string error)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        (_, JsonArray messages, string? setCookie) = await client.PostAsync(message);

        JsonNode reply = Assert.Single(messages)!;
        Assert.False((bool)reply["successful"]!);
        Assert.Equal(error, (string?)reply["error"]);
        Assert.Equal("none", (string?)reply["advice"]!["reconnect"]);
        Assert.Null(setCookie);
        Assert.Equal(0, backend.Requests.Handshakes);
    }

    [Fact]
    public async Task Backend_without_WebSockets_refuses_the_upgrade_and_offers_long_polling_alone()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { AllowWebSockets = false }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        await Assert.ThrowsAsync<WebSocketException>(() => WebSocketClient.OpenAsync(backend.CometDUrl));
        (_, JsonArray messages, _) = await client.PostAsync(
            """[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["websocket","long-polling"]}]""");

        Assert.Equal("""["long-polling"]""", messages[0]!["supportedConnectionTypes"]!.ToJsonString());
        Assert.Equal((0, 1, 1), (backend.Requests.WebSocketUpgrades, backend.Requests.RefusedWebSocketUpgrades, backend.Requests.LongPollingRequests));
    }

    [Fact]
    public async Task Requests_are_counted_by_transport()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);

        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        Assert.Equal((1, 0, 1), (backend.Requests.WebSocketUpgrades, backend.Requests.LongPollingRequests, backend.Requests.Handshakes));

        using LongPollingClient longPolling = new(backend.CometDUrl);
        await longPolling.HandshakeAsync();
        await longPolling.ConnectAsync();
        Assert.Equal((1, 2, 2), (backend.Requests.WebSocketUpgrades, backend.Requests.LongPollingRequests, backend.Requests.Handshakes));
    }

    [Fact]
    public async Task Interval_and_maximum_interval_are_advised_if_configured()
    {
        ChatBackendOptions options = new() { Interval = TimeSpan.FromSeconds(1), MaxInterval = TimeSpan.FromSeconds(9), AdviseMaxInterval = true };
        await using ChatBackend backend = await ChatBackend.StartAsync(options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        JsonArray handshake = await client.HandshakeAsync();
        (_, JsonArray connect) = await client.ConnectAsync();

        const string Advice = """{"reconnect":"retry","interval":1000,"timeout":30000,"maxInterval":9000}""";
        Assert.Equal([Advice, Advice], new[] { handshake, connect }.Select(messages => messages[0]!["advice"]!.ToJsonString()));
    }

    [Fact]
    public async Task Backend_without_cookies_sets_none_and_asks_for_none()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { UseCookies = false }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        await client.HandshakeAsync();

        Assert.Null(client.Cookie);
        Assert.True((bool)(await client.ConnectAsync()).Messages[0]!["successful"]!);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"ack":true}""", """{"ack":{"enabled":true,"batch":1}}""")]
    public async Task Messages_may_come_with_the_reply_to_the_handshake(string offer, string? ext)
    {
        ChatBackendOptions options = new() { HandshakeMessages = [new("/news", JsonValue.Create("one")), new("/news", null)] };
        await using ChatBackend backend = await ChatBackend.StartAsync(options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        JsonArray messages = await client.HandshakeAsync(offer);
        (_, JsonArray connect) = await client.ConnectAsync(ack: 1);

        Assert.Equal(2, (int)messages[0]!["x-messages"]!);
        Assert.Equal(ext, messages[0]!["ext"]?.ToJsonString());
        Assert.Equal(["""{"channel":"/news","data":"one"}""", """{"channel":"/news","data":null}"""], messages.Skip(1).Select(message => message!.ToJsonString()));
        Assert.Single(connect);
    }

    [Fact]
    public async Task Over_a_WebSocket_messages_come_in_one_frame_with_the_reply_to_the_handshake()
    {
        ChatBackendOptions options = new() { HandshakeMessages = [new("/news", JsonValue.Create(1))] };
        await using ChatBackend backend = await ChatBackend.StartAsync(options, Deadline.Token);
        using WebSocketClient client = await WebSocketClient.OpenAsync(backend.CometDUrl);

        await client.SendTextAsync("""[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["websocket"]}]""");
        JsonArray messages = await client.ReceiveAsync();

        Assert.Equal(1, (int)messages[0]!["x-messages"]!);
        Assert.Equal(1, (int)messages[1]!["data"]!);
    }
}

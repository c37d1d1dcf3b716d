using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class BayeuxMessageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    [InlineData("[{}, null]")]
    [InlineData("""[{"channel":"/a","channel":"/b"}]""")]
    [InlineData("""[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]},{"channel":"/meta/connect"}]""")]
    public async Task Body_that_is_no_array_of_messages_is_answered_400(string body)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        (HttpStatusCode status, JsonArray messages, _) = await client.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Empty(messages);
    }

    [Fact]
    public async Task Frame_that_is_no_array_of_messages_closes_the_WebSocket()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);

        await client.SendTextAsync("[{");

        Assert.Null(await client.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.CloseStatus);
    }

    [Fact]
    public async Task Message_in_several_frames_is_put_together()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        string text = $$"""[{"channel":"/big","clientId":"{{client.ClientId}}","id":"é","data":"{{new string('x', 100_000)}}"}]""";

        await client.SendTextAsync(text[..70_000], endOfMessage: false);
        await client.SendTextAsync(text[70_000..]);

        Assert.Equal("é", (string?)(await client.ReceiveOneAsync())["id"]);
    }

    [Theory]
    [InlineData("/meta/connect")]
    [InlineData("/meta/subscribe")]
    [InlineData("/meta/disconnect")]
    [InlineData("/service/chat")]
    public async Task Unknown_client_is_advised_to_handshake(string channel)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl) { ClientId = "nobody" };

        (HttpStatusCode status, JsonArray messages) = await client.SendAsync($"\"channel\":\"{channel}\",\"id\":\"5\",\"data\":{{}}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            $$$"""[{"id":"5","channel":"{{{channel}}}","successful":false,"error":"402::session_unknown","advice":{"reconnect":"handshake","interval":0}}]""",
            messages.ToJsonString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("BAYEUX_BROWSER=somebodyelse")]
    public async Task Client_over_long_polling_is_unknown_without_its_cookie(string? cookie)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        string own = client.Cookie!;

        client.Cookie = cookie;
        Assert.Equal("402::session_unknown", (string?)(await client.ConnectAsync()).Messages[0]!["error"]);

        client.Cookie = own;
        Assert.True((bool)(await client.ConnectAsync()).Messages[0]!["successful"]!);
    }

    [Fact]
    public async Task Client_of_a_WebSocket_is_unknown_over_long_polling()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        using LongPollingClient longPolling = new(backend.CometDUrl);
        await longPolling.HandshakeAsync();

        longPolling.ClientId = webSocket.ClientId;

        Assert.Equal("402::session_unknown", (string?)(await longPolling.ConnectAsync()).Messages[0]!["error"]);
    }

    [Theory]
    [InlineData("\"data\":{}", "400::channel_missing")]
    [InlineData("\"channel\":\"/meta/connect/\",\"data\":{}", "400:/meta/connect/:channel_invalid")]
    [InlineData("\"channel\":\"/meta/other\",\"data\":{}", "404:/meta/other:unknown_meta_channel")]
    [InlineData("\"channel\":\"/service/chat\"", "400::data_missing")]
    [InlineData("\"channel\":\"/meta/subscribe\"", "400::subscription_invalid")]
    [InlineData("\"channel\":\"/meta/subscribe\",\"subscription\":[]", "400::subscription_missing")]
    [InlineData("\"channel\":\"/meta/subscribe\",\"subscription\":\"a//b\"", "400::subscription_invalid")]
    [InlineData("\"channel\":\"/meta/subscribe\",\"subscription\":\"/meta/connect\"", "403:/meta/connect:subscribe_denied")]
    public async Task Wrong_message_is_refused_alone(string members, string error)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();

        (HttpStatusCode status, JsonArray messages) = await client.SendAsync("\"id\":\"7\"," + members);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("7", false, error), ((string?)messages[0]!["id"], (bool)messages[0]!["successful"]!, (string?)messages[0]!["error"]));
    }

    [Fact]
    public async Task Batch_is_answered_in_order_with_the_ids_of_its_messages()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();

        (_, JsonArray messages, _) = await client.PostAsync(
            $$"""
            [{"channel":"/meta/subscribe","clientId":"{{client.ClientId}}","id":"2","subscription":["/service/chat","/a"]},
             {"channel":"/b","clientId":"{{client.ClientId}}","id":"3","data":null}]
            """);

        Assert.Equal(
            """[{"id":"2","channel":"/meta/subscribe","successful":true,"subscription":["/service/chat","/a"]},{"id":"3","channel":"/b","successful":true}]""",
            messages.ToJsonString());
    }

    [Theory]
    [InlineData("/news/today", true)]
    [InlineData("/news/*", true)]
    [InlineData("/**", true)]
    [InlineData("/news", false)]
    [InlineData("/*", false)]
    [InlineData("/news/today/*", false)]
    public async Task Published_message_reaches_who_is_subscribed(string subscription, bool isReached)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient subscriber = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        await subscriber.SendAsync($"\"channel\":\"/meta/subscribe\",\"id\":\"2\",\"subscription\":\"{subscription}\"");
        await subscriber.ReceiveOneAsync();

        // Its own acknowledgement comes first, and the reply to the next message last.
        await subscriber.SendAsync("\"channel\":\"/news/today\",\"id\":\"3\",\"data\":false");
        await subscriber.SendAsync($"\"channel\":\"/meta/unsubscribe\",\"id\":\"4\",\"subscription\":\"{subscription}\"");
        await subscriber.SendAsync("\"channel\":\"/news/today\",\"id\":\"5\",\"data\":1");

        List<string> received = [];
        do
        {
            received.Add((await subscriber.ReceiveOneAsync()).ToJsonString());
        }
        while (!received[^1].Contains("\"id\":\"5\"", StringComparison.Ordinal));

        Assert.Equal(isReached ? 1 : 0, received.Count(message => message == """{"channel":"/news/today","data":false}"""));
        Assert.Equal(isReached ? 4 : 3, received.Count);
    }

    [Fact]
    public async Task Other_methods_than_POST_are_not_allowed()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using HttpClient http = new();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.GetAsync(backend.CometDUrl, Deadline.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(backend.CometDUrl, "/other"), Deadline.Token)).StatusCode);
    }

    [Fact]
    public async Task Remote_call_is_answered_with_its_id()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);

        await client.SendAsync("""
            "channel":"/service/echo","id":"9","data":{"text":"é"}
            """);

        Assert.Equal("""{"id":"9","channel":"/service/echo","successful":true}""", (await client.ReceiveOneAsync()).ToJsonString());
        JsonObject answer = await client.ReceiveOneAsync();
        Assert.Equal(("/service/echo", "9", "é"), ((string?)answer["channel"], (string?)answer["id"], (string?)answer["data"]!["text"]));
    }
}

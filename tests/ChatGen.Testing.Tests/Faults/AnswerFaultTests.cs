using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests.Faults;

/// <summary>Faults of answers, as they look on the wire.</summary>
public sealed class AnswerFaultTests
{
    private const string Handshake = """[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["long-polling"]}]""";
    private const string Publish = "\"channel\":\"/service/echo\",\"id\":\"p\",\"data\":1";

    [Fact]
    public async Task Over_long_polling_an_answer_is_delayed_while_the_work_is_done()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options with { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        IDisposable delay = backend.Faults.Delay(TimeSpan.FromSeconds(2), where: request => request.IsPublish);

        Task<(HttpStatusCode, JsonArray Messages)> reply = client.SendAsync("\"channel\":\"/service/chat\",\"id\":\"p\",\"data\":{\"operation\":\"startSession\",\"requestId\":1}");
        await backend.WaitForSessionAsync(cancellationToken: Deadline.Token);
        await Deadline.IsPendingAsync(reply);
        await PassAsync(time, reply);

        Assert.Equal("p", (string?)(await reply).Messages[0]!["id"]);
        delay.Dispose();
        Assert.Equal([false, true], backend.Requests.Recorded.Select(request => request.IsDelayed));
    }

    [Fact]
    public async Task Over_a_WebSocket_answers_are_delayed_in_their_order_and_what_comes_unasked_too()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        backend.Faults.Delay(TimeSpan.FromSeconds(2));
        Task<ChatBackendRequest> delayed = backend.Requests.WaitForNextAsync(request => request.IsPublish && request.IsDelayed, Deadline.Token);

        await client.SendAsync(Publish);
        Task<JsonObject> reply = client.ReceiveOneAsync();
        await delayed;
        await Deadline.IsPendingAsync(reply);
        await PassAsync(time, reply);

        Assert.True((bool)(await reply)["successful"]!);
        Task<JsonObject> answer = client.ReceiveOneAsync();
        await PassAsync(time, answer);
        Assert.Equal(1, (int)(await answer)["data"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_can_wait_until_the_delay_is_lifted(bool isOverWebSocket)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient longPolling = new(backend.CometDUrl);
        await longPolling.HandshakeAsync();
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        IDisposable delay = backend.Faults.Delay(Timeout.InfiniteTimeSpan, count: 1, where: request => request.IsPublish);
        Task<ChatBackendRequest> delayed = backend.Requests.WaitForNextAsync(request => request.IsDelayed, Deadline.Token);

        Task reply = isOverWebSocket ? ReceiveAfterSendingAsync() : longPolling.SendAsync(Publish);
        await delayed;

        await Deadline.IsPendingAsync(reply);
        delay.Dispose();
        await reply;

        async Task ReceiveAfterSendingAsync()
        {
            await webSocket.SendAsync(Publish);
            await webSocket.ReceiveOneAsync();
        }
    }

    [Fact]
    public async Task Requests_are_refused_with_a_status_and_a_time_to_come_back()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        using HttpClient http = new();
        using WebSocketClient open = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        IDisposable refusal = backend.Faults.Refuse(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1.5));

        using HttpResponseMessage refused = await client.ExchangeAsync(Handshake);
        using HttpResponseMessage rest = await http.GetAsync(new Uri(backend.RestUrl + "/session/transcript"), Deadline.Token);
        await Assert.ThrowsAsync<WebSocketException>(() => WebSocketClient.OpenAsync(backend.CometDUrl));
        await open.SendAsync(Publish);

        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], [refused.StatusCode, rest.StatusCode]);
        Assert.Equal(new RetryConditionHeaderValue(TimeSpan.FromSeconds(2)), refused.Headers.RetryAfter);
        Assert.Equal("p", (string?)(await open.ReceiveOneAsync())["id"]);
        Assert.Equal((1, 1), (backend.Requests.Handshakes, backend.Requests.RefusedWebSocketUpgrades));
        refusal.Dispose();
        await client.HandshakeAsync();
    }

    [Fact]
    public async Task WebSockets_alone_are_refused()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        backend.Faults.RefuseWebSockets(count: 1);

        await client.HandshakeAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => WebSocketClient.OpenAsync(backend.CometDUrl));
        using WebSocketClient second = await WebSocketClient.OpenAsync(backend.CometDUrl);

        Assert.Equal((1, 1), (backend.Requests.RefusedWebSocketUpgrades, backend.Requests.WebSocketUpgrades));
    }

    [Fact]
    public async Task Over_long_polling_answers_are_HTML_then_empty_then_cut_off()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        backend.Faults.Malform(MalformedAnswer.Html, count: 1);
        backend.Faults.Malform(MalformedAnswer.Empty, count: 1);
        backend.Faults.Malform(MalformedAnswer.Truncated, count: 1);

        using HttpResponseMessage html = await client.ExchangeAsync(Handshake);
        using HttpResponseMessage empty = await client.ExchangeAsync(Handshake);
        Assert.Equal(0, backend.Requests.Handshakes);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.ExchangeAsync(Handshake));
        Assert.Equal(1, backend.Requests.Handshakes);
        await client.HandshakeAsync();

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [html.StatusCode, empty.StatusCode]);
        Assert.StartsWith("<!DOCTYPE html>", await html.Content.ReadAsStringAsync(Deadline.Token), StringComparison.Ordinal);
        Assert.Empty(await empty.Content.ReadAsByteArrayAsync(Deadline.Token));
        Assert.Equal(
            [ChatBackendFault.Malformed, ChatBackendFault.Malformed, ChatBackendFault.Malformed, ChatBackendFault.None],
            backend.Requests.Recorded.Select(request => request.Fault));
    }

    [Fact]
    public async Task Over_a_WebSocket_frames_are_HTML_then_empty_then_cut_off()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient client = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        backend.Faults.Malform(MalformedAnswer.Html, count: 1);
        backend.Faults.Malform(MalformedAnswer.Empty, count: 1);
        backend.Faults.Malform(MalformedAnswer.Truncated, count: 1);

        List<string?> answers = [];
        for (int i = 0; i < 3; i++)
        {
            await client.ConnectAsync("7");
            answers.Add(await client.ReceiveTextAsync());
        }

        Assert.StartsWith("<!DOCTYPE html>", answers[0], StringComparison.Ordinal);
        Assert.Equal("", answers[1]);
        Assert.StartsWith("""[{"id":"7","channel":"/meta/connect",""", answers[2], StringComparison.Ordinal);
        Assert.DoesNotContain("]", answers[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_can_be_malformed_and_its_answer_lost()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        backend.Faults.Malform(MalformedAnswer.Html, count: 1);
        backend.Faults.Malform(MalformedAnswer.Truncated, count: 1);
        backend.Faults.LoseReplies(count: 1);

        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<WebSocketException>(() => WebSocketClient.OpenAsync(backend.CometDUrl));
        }

        using WebSocketClient open = await WebSocketClient.OpenAsync(backend.CometDUrl);
        Assert.Equal(1, backend.Requests.WebSocketUpgrades);
    }

    [Fact]
    public async Task Over_long_polling_a_request_is_processed_and_its_reply_lost()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();
        backend.Faults.LoseReplies(count: 1, where: request => request.Carries("/service/chat"));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync("\"channel\":\"/service/chat\",\"data\":{\"operation\":\"startSession\",\"requestId\":1}"));
        await backend.WaitForSessionAsync(cancellationToken: Deadline.Token);
        (_, JsonArray messages) = await client.ConnectAsync();

        Assert.Equal(1, (int)messages[0]!["data"]!["requestId"]!);
        Assert.Equal(ChatBackendFault.ReplyLost, backend.Requests.Recorded[1].Fault);
    }

    [Fact]
    public async Task Over_a_WebSocket_a_request_is_processed_and_its_reply_lost_with_the_socket()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient first = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        backend.Faults.LoseReplies(count: 1);

        await first.SendAsync(Publish);
        await Assert.ThrowsAnyAsync<WebSocketException>(first.ReceiveTextAsync);
        using WebSocketClient second = await WebSocketClient.OpenAsync(backend.CometDUrl);
        second.ClientId = first.ClientId;
        await second.ConnectAsync("9");

        List<JsonNode?> messages = [];
        while (!(messages.Any(message => (string?)message!["id"] == "9") && messages.Any(message => message!["data"] is not null)))
        {
            messages.AddRange(await second.ReceiveAsync());
        }

        Assert.Equal(1, (int)Assert.Single(messages, message => message!["data"] is not null)!["data"]!);
    }

    [Fact]
    public async Task Over_REST_a_request_is_processed_and_its_reply_lost_cut_off_or_delayed()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using HttpClient http = new();
        Uri sessions = new(backend.RestUrl + "/sessions");
        backend.Faults.LoseReplies(count: 1);
        backend.Faults.Malform(MalformedAnswer.Truncated, count: 1);
        IDisposable delay = backend.Faults.Delay(Timeout.InfiniteTimeSpan, where: _ => backend.Sessions.Count == 2);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(sessions, content: null, Deadline.Token));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(sessions, content: null, Deadline.Token));
        Task<HttpResponseMessage> delayed = http.PostAsync(sessions, content: null, Deadline.Token);
        await backend.WaitForSessionAsync(2, Deadline.Token);

        await Deadline.IsPendingAsync(delayed);
        delay.Dispose();
        using HttpResponseMessage response = await delayed;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Lost_reply_to_a_connect_brings_its_messages_again_to_who_acknowledges()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync("""{"ack":true}""");
        await client.ConnectAsync(ack: 0);
        await client.SendAsync(Publish);
        backend.Faults.LoseReplies(count: 1, where: request => request.IsConnect);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.ConnectAsync(ack: 1));
        (_, JsonArray messages) = await client.ConnectAsync(ack: 1);

        Assert.Equal(1, (int)messages[0]!["data"]!);
    }

    // Timers may be set just after time has been moved, so it is moved until they have fired.
    private static async Task PassAsync(ConnectTimeProvider time, Task task)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(10));
        do
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await poll.WaitForNextTickAsync(Deadline.Token);
        }
        while (!task.IsCompleted);
    }
}

using System.Text;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Scenarios;

public sealed class PublishTests : Scenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_and_its_acknowledgement(bool webSocket)
    {
        await ConnectAsync(webSocket);
        PublishResult result = await PublishAsync("""{"text":"é😀"}""");
        Assert.Equal(PublishOutcome.Acknowledged, result.Outcome);
        ServerMessage message = await Server.NextAsync("/a");
        Assert.Equal("é😀", (string?)message.Json["data"]!["text"]);
        Assert.Equal("client-1", message.ClientId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Charset_of_events(bool webSocket)
    {
        await ConnectAsync(webSocket);
        await SubscribeAsync("/a");
        await Server.PushAsync("/a", """{"text":"é😀"}""");
        Assert.Equal("""/a {"text":"é😀"}""", await NextEventAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PublishFailed(bool webSocket)
    {
        Server.Script = message => message.Channel == "/a" ? Reply.Of(message.Refused("403::denied")) : null;
        await ConnectAsync(webSocket);
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Rejected, 403), (result.Outcome, result.Error?.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_publish_whose_reply_is_lost_is_of_unknown_fate(bool webSocket)
    {
        Server.Script = message => message.Channel == "/a" ? Reply.Abort : null;
        await ConnectAsync(webSocket);
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.ConnectionClosed), (result.Outcome, result.Fault?.Kind));
    }

    [Fact]
    public async Task A_failing_publish_does_not_disturb_the_connect_loop()
    {
        Server.Script = message => message.Channel == "/a" ? Reply.Http(500) : null;
        await ConnectAsync(webSocket: false);
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, 500), (result.Outcome, result.Fault?.HttpStatus));
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Fact]
    public async Task PublishHeldUntilHandshook()
    {
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.After(answer.Task, Reply.Of(Server.HandshakeReply(message))) : null;
        BayeuxClient client = Create(webSocket: false);
        Task connecting = client.ConnectAsync(TestContext.Current.CancellationToken);
        await Server.NextAsync("/meta/handshake");
        BayeuxSubscription subscription = client.Subscribe("/b", Record);
        Task<PublishResult> publishing = PublishAsync("1");
        Assert.Equal(0, Server.CountOf("/a"));
        answer.SetResult();
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
        await connecting.Soon();
        await subscription.ConfirmedAsync(TestContext.Current.CancellationToken).Soon();
        ServerMessage message = await Server.NextAsync("/a");
        Assert.Equal(2, message.BatchSize);
        Assert.StartsWith("""[{"channel":"/meta/subscribe""", message.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AutoBatch_sends_together_what_waits_for_a_request()
    {
        var answer = new TaskCompletionSource();
        Server.Script = message => message is { Channel: "/a", Number: 1 } ? Reply.After(answer.Task, Reply.Of(message.Ok())) : null;
        await ConnectAsync(webSocket: false);
        var publishing = new List<Task<PublishResult>> { PublishAsync("1") };
        await Server.NextAsync("/a");
        publishing.AddRange(Enumerable.Range(2, 4).Select(number => PublishAsync($"{number}")));

        answer.SetResult();
        PublishResult[] results = await Task.WhenAll(publishing).Soon();
        Assert.All(results, result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        var sent = new List<ServerMessage>();
        for (int number = 2; number <= 5; number++)
        {
            sent.Add(await Server.NextAsync("/a"));
        }

        Assert.Equal([2, 3, 4, 5], sent.Select(message => (int)message.Json["data"]!));
    }

    [Fact]
    public async Task A_big_batch_is_not_sent_as_one_frame()
    {
        await ConnectAsync(webSocket: true);
        string data = "\"" + new string('x', 10_000) + "\"";
        PublishResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PublishAsync(data))).Soon();
        Assert.All(results, result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        for (int number = 0; number < 50; number++)
        {
            Assert.True((await Server.NextAsync("/a")).Raw.Length < 65_536);
        }
    }

    [Fact]
    public async Task Publishing_while_disconnected_sends_nothing()
    {
        Create(webSocket: false);
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.NotSent, BayeuxFaultKind.NotConnected), (result.Outcome, result.Fault?.Kind));
    }

    [Fact]
    public async Task A_publish_that_waits_too_long_for_the_connection_is_not_sent()
    {
        Server.Script = message => message is { Channel: "/meta/connect", Number: > 1 } ? Reply.Http(503) : null;
        await ConnectAsync(webSocket: false, options => options with { MaxQueueTime = TimeSpan.FromMilliseconds(300) });
        await StateAsync(BayeuxClientState.Reconnecting);
        PublishResult result = await PublishAsync("1");
        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
        Assert.Equal(0, Server.CountOf("/a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_publish_without_reply_ends_with_its_deadline(bool webSocket)
    {
        Server.Script = message => message.Channel == "/a" ? Reply.After(new TaskCompletionSource().Task, Reply.Nothing) : null;
        await ConnectAsync(webSocket, options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(300) });
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.Timeout), (result.Outcome, result.Fault?.Kind));
    }

    [Fact]
    public async Task Cancelling_a_publish_stops_waiting()
    {
        Server.Script = message => message.Channel == "/a" ? Reply.After(new TaskCompletionSource().Task, Reply.Nothing) : null;
        await ConnectAsync(webSocket: true);
        using var cancellation = new CancellationTokenSource();
        Task<PublishResult> publishing = Client.PublishAsync("/a", "1"u8.ToArray(), cancellation.Token);
        await Server.NextAsync("/a");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.Soon());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("1},{\"channel\":\"/b\"")]
    public async Task A_payload_that_is_not_one_json_value_is_refused_at_once(string data)
    {
        Create(webSocket: false);
        await Assert.ThrowsAsync<ArgumentException>(() => PublishAsync(data));
    }

    [Fact]
    public async Task Meta_channels_and_patterns_are_not_published_to()
    {
        Create(webSocket: false);
        await Assert.ThrowsAsync<ArgumentException>(() => Client.PublishAsync("/meta/connect", "1"u8.ToArray(), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.PublishAsync("/a/*", "1"u8.ToArray(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_event_whose_id_is_that_of_a_pending_publish_is_no_acknowledgement()
    {
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == "/a" ? Reply.After(answer.Task, Reply.Of(message.Refused("403::late"))) : null;
        await ConnectAsync(webSocket: true);
        await SubscribeAsync("/a");
        Task<PublishResult> publishing = PublishAsync("1");
        ServerMessage message = await Server.NextAsync("/a");
        await Server.PushAsync("/a", "7", (string?)message.Json["id"]);
        Assert.Equal("/a 7", await NextEventAsync());
        Assert.False(publishing.IsCompleted);
        answer.SetResult();
        Assert.Equal(PublishOutcome.Rejected, (await publishing).Outcome);
    }

    private Task<PublishResult> PublishAsync(string data) =>
        Client.PublishAsync("/a", Encoding.UTF8.GetBytes(data), TestContext.Current.CancellationToken).Soon();
}

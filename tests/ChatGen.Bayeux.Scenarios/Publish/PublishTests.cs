using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Publish;

public sealed class PublishTests : ScenarioTest
{
    [Theory, Scenario("Publish")]
    public async Task Publish_and_hear_it(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("""{"text":"1"}""")).Outcome);
        ServerMessage message = await Server.NextAsync(A);
        Assert.Equal("""{"text":"1"}""", message.Json["data"]!.ToJsonString());
        Assert.Equal((await Server.NextAsync("/meta/connect")).ClientId, message.ClientId);
        if (!column.IsReal())
        {
            await Server.PushAsync(A, """{"text":"1"}""");
        }

        Assert.Equal("""/a {"text":"1"}""", await NextEventAsync());
    }

    [Theory, Scenario("PublishSuccessfulInvokesCallback")]
    public async Task PublishSuccessfulInvokesCallback(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        PublishResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => PublishAsync($"{number}")));
        Assert.All(results, static result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        Assert.Equal(20, Server.CountOf(A));
    }

    [Theory, Scenario("PublishFailedInvokesCallback")]
    public async Task PublishFailedInvokesCallback(Against column)
    {
        await StartAsync(column);
        string denied = Named("/denied");
        if (!column.IsReal())
        {
            Server.Script = message => message.Channel == denied ? Reply.Of(message.Refused("403::denied")) : null;
        }

        await ConnectAsync();
        PublishResult result = await PublishAsync("1", denied);
        Assert.Equal((PublishOutcome.Rejected, 403), (result.Outcome, result.Error?.Code));
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
    }

    [Theory, Scenario("PublishOutcomes")]
    public async Task PublishOutcomes_a_lost_reply_is_of_unknown_fate(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        Server.Script = message => message.Channel == A && message.Number == 1 ? Reply.Lost : null;
        await ConnectAsync();
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.ConnectionClosed), (result.Outcome, result.Fault?.Kind));
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("2")).Outcome);
        Assert.Equal(2, Server.CountOf(A));
    }

    [Theory, Scenario("PublishOutcomes")]
    public async Task PublishOutcomes_a_reply_that_does_not_come_in_time(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        Server.Script = message => message.Channel == A ? Reply.Never() : null;
        await ConnectAsync(options => options with { MaxNetworkDelay = TimeSpan.FromSeconds(1) });
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.Timeout), (result.Outcome, result.Fault?.Kind));
        Assert.Equal(1, Server.CountOf(A));
    }

    [Theory, Scenario("PublishOutcomes")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    public async Task PublishOutcomes_an_answer_that_fails_leaves_the_connection_alone(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == A ? Reply.Http(500) : null;
        await ConnectAsync();
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, 500), (result.Outcome, result.Fault?.HttpStatus));
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("PublishOutcomes")]
    public async Task PublishOutcomes_nothing_is_sent_while_disconnected(Against column)
    {
        await StartAsync(column);
        Create();
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.NotSent, BayeuxFaultKind.NotConnected), (result.Outcome, result.Fault?.Kind));
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("2")).Outcome);
        Assert.Equal(2, (int)(await Server.NextAsync(A)).Json["data"]!);
    }

    [Theory, Scenario("PublishWithServerDownInvokesCallback")]
    public async Task PublishWithServerDownInvokesCallback(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { HttpMessageHandler = Network, MaxQueueTime = TimeSpan.FromSeconds(1) });
        GoDown();
        await StateAsync(BayeuxClientState.Reconnecting);
        Assert.Equal(PublishOutcome.NotSent, (await PublishAsync("1")).Outcome);
        Assert.Equal(0, Server.CountOf(A));
    }

    [Theory, Scenario("PublishHeldUntilHandshook")]
    public async Task PublishHeldUntilHandshook(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.After(answer.Task, Reply.Usual) : null;
        Task connecting = Create().ConnectAsync(Cancellation);
        await Server.NextAsync("/meta/handshake");
        BayeuxSubscription subscription = Client.Subscribe(B, Record);
        Task<PublishResult> publishing = PublishAsync("1");
        Assert.Equal(0, Server.CountOf(A));
        answer.SetResult();
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
        await connecting.Soon();
        await subscription.ConfirmedAsync(Cancellation).Soon();
        ServerMessage message = await Server.NextAsync(A);
        Assert.Equal(2, message.BatchSize);
        Assert.StartsWith("""[{"channel":"/meta/subscribe""", message.Raw, StringComparison.Ordinal);
    }

    [Theory, Scenario("MessagesAfterFailedHandshake")]
    public async Task MessagesAfterFailedHandshake(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message is { Channel: "/meta/handshake", Number: 1 }
            ? Reply.After(answer.Task, Reply.Of(message.Refused("500::broken", """{"reconnect":"none"}""")))
            : null;
        Task connecting = Create().ConnectAsync(Cancellation);
        await Server.NextAsync("/meta/handshake");
        Task<PublishResult> publishing = PublishAsync("1");
        answer.SetResult();
        Assert.Equal(PublishOutcome.NotSent, (await publishing).Outcome);
        await Assert.ThrowsAsync<BayeuxException>(() => connecting.Soon());
        Assert.Equal(PublishOutcome.NotSent, (await PublishAsync("2")).Outcome);
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("3")).Outcome);
        Assert.Equal(1, Server.CountOf(A));
    }

    [Theory, Scenario("MultiPublish")]
    [NotAgainst(Against.WebSocket, "Nothing waits for an answer there; all goes out at once.")]
    public async Task MultiPublish_what_waits_behind_a_failure_is_sent_in_order(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == A && message.Number == 1 ? Reply.After(answer.Task, Reply.Http(500)) : null;
        await ConnectAsync();
        var publishing = new List<Task<PublishResult>> { PublishAsync("1") };
        await Server.NextAsync(A);
        publishing.AddRange(Enumerable.Range(2, 4).Select(number => PublishAsync($"{number}")));
        answer.SetResult();
        PublishResult[] results = await Task.WhenAll(publishing);
        Assert.Equal(
            [PublishOutcome.Unknown, .. Enumerable.Repeat(PublishOutcome.Acknowledged, 4)],
            results.Select(static result => result.Outcome));
        Assert.Equal(Enumerable.Range(2, 4), await SentAsync(4));
    }

    [Theory, Scenario("BatchPublish")]
    public async Task BatchPublish_what_was_held_goes_in_one_envelope(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.After(answer.Task, Reply.Usual) : null;
        Task connecting = Create().ConnectAsync(Cancellation);
        Task<PublishResult>[] publishing = [.. Enumerable.Range(1, 5).Select(number => PublishAsync($"{number}"))];
        await Server.NextAsync("/meta/handshake");
        answer.SetResult();
        await connecting.Soon();
        Assert.All(await Task.WhenAll(publishing), static result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        ServerMessage first = await Server.NextAsync(A);
        Assert.Equal(5, first.BatchSize);
        Assert.Equal((1, 2), ((int)first.Json["data"]!, (await SentAsync(4))[0]));
    }

    [Theory, Scenario("AutoBatch")]
    [NotAgainst(Against.WebSocket, "Nothing waits for an answer there; all goes out at once.")]
    public async Task AutoBatch_sends_together_what_waits_for_a_request(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == A && message.Number == 1 ? Reply.After(answer.Task, Reply.Usual) : null;
        await ConnectAsync();
        var publishing = new List<Task<PublishResult>> { PublishAsync("1") };
        Assert.Equal(1, (await Server.NextAsync(A)).BatchSize);
        publishing.AddRange(Enumerable.Range(2, 4).Select(number => PublishAsync($"{number}")));
        answer.SetResult();
        Assert.All(await Task.WhenAll(publishing), static result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        ServerMessage second = await Server.NextAsync(A);
        Assert.Equal((4, 2), (second.BatchSize, (int)second.Json["data"]!));
        Assert.Equal(Enumerable.Range(3, 3), await SentAsync(3));
    }

    [Theory, Scenario("BatchSplit")]
    public async Task BatchSplit_no_request_or_frame_is_too_big_for_a_server(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        string data = "\"" + new string('x', 10_000) + "\"";
        PublishResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PublishAsync(data)));
        Assert.All(results, static result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        for (int number = 0; number < 50; number++)
        {
            Assert.InRange((await Server.NextAsync(A)).Raw.Length, 10_000, 65_535);
        }
    }

    [Theory, Scenario("FalsyMessage")]
    [Case("0")]
    [Case("\"\"")]
    [Case("false")]
    [Case("{}")]
    [Case("[]")]
    public async Task FalsyMessage(Against column, string data)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await Server.PushAsync(A, data);
        Assert.Equal($"/a {data}", await NextEventAsync());
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync(data, B)).Outcome);
        Assert.Equal(data, (await Server.NextAsync(B)).Json["data"]!.ToJsonString());
    }

    [Theory, Scenario("Charset")]
    public async Task Charset_of_what_is_sent_and_received(Against column)
    {
        const string Data = """{"text":"é😀 日本 \u0001"}""";
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync(Data, B)).Outcome);
        Assert.Equal("é😀 日本 \u0001", (string?)(await Server.NextAsync(B)).Json["data"]!["text"]);
        await Server.PushAsync(A, Data);
        Assert.Equal($"/a {Data}", await NextEventAsync());
    }

    [Theory, Scenario("SameIdAsEvent")]
    [NotAgainst(Against.LongPolling | Against.FayeWebSocket, "The server gives events no ids of its own choice.")]
    public async Task SameIdAsEvent_is_no_acknowledgement(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == A ? Reply.After(answer.Task, Reply.Of(message.Refused("403::late"))) : null;
        await ConnectAsync();
        await SubscribeAsync(A);
        Task<PublishResult> publishing = PublishAsync("1");
        ServerMessage message = await Server.NextAsync(A);
        await Server.PushAsync(A, "7", message.Id);
        Assert.Equal("/a 7", await NextEventAsync());
        Assert.False(publishing.IsCompleted);
        answer.SetResult();
        Assert.Equal(PublishOutcome.Rejected, (await publishing).Outcome);
    }

    [Theory, Scenario("InvalidPayload")]
    [NotAgainst(Against.Real | Against.ScriptedWebSocket, Because.OfClient)]
    [Case("")]
    [Case("{")]
    [Case("1 2")]
    [Case("1},{\"channel\":\"/b\"")]
    public async Task InvalidPayload_is_refused_at_once(Against column, string data)
    {
        await StartAsync(column);
        Create();
        await Assert.ThrowsAsync<ArgumentException>(() => PublishAsync(data));
        await Assert.ThrowsAsync<ArgumentException>(() => PublishAsync("1", "/meta/connect"));
        await Assert.ThrowsAsync<ArgumentException>(() => PublishAsync("1", "/a/*"));
    }

    private async Task<int[]> SentAsync(int count)
    {
        int[] sent = new int[count];
        for (int index = 0; index < count; index++)
        {
            sent[index] = (int)(await Server.NextAsync(A)).Json["data"]!;
        }

        return sent;
    }
}

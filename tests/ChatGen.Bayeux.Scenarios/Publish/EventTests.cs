using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Publish;

public sealed class EventTests : ScenarioTest
{
    [Theory, Scenario("MaxMessageSizeIn")]
    public async Task MaxMessageSizeIn(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        await ConnectAsync(static options => options with { MaxResponseSize = 2000 });
        await SubscribeAsync(A);
        await Server.PushAsync(A, "\"" + new string('x', 1500) + "\"");
        Assert.Equal(1505, (await NextEventAsync()).Length);
        await Server.PushAsync(A, "\"" + new string('x', 3000) + "\"");
        await FaultAsync(BayeuxFaultKind.ResponseTooLarge);
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
    }

    [Theory, Scenario("BigMessage")]
    public async Task BigMessage(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        string text = string.Concat(Enumerable.Repeat("é日", 60_000));
        await Server.PushAsync(A, $"\"{text}\"");
        Assert.Equal($"/a \"{text}\"", await NextEventAsync());
    }

    [Theory, Scenario("BigMessage")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task BigMessage_in_fragments(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        string text = string.Concat(Enumerable.Repeat("é😀", 30_000));
        await Server.PushRawAsync($$"""[{"channel":"{{A}}","data":"{{text}}"}]""", fragments: 7);
        Assert.Equal($"/a \"{text}\"", await NextEventAsync());
    }

    [Theory, Scenario("HighRateServerEvents")]
    public async Task HighRateServerEvents(Against column)
    {
        const int Count = 5000;
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await Server.PushEachAsync(A, Enumerable.Range(0, Count).Select(static number => $"{number}"));
        await InOrderOfArrivalAsync(Count);
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("EventOrder")]
    public async Task EventOrder_is_kept_over_many_answers(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        for (int number = 0; number < 100; number++)
        {
            await Server.PushAsync(A, $"{number}");
        }

        await InOrderOfArrivalAsync(100);
    }

    [Theory, Scenario("CallbackExceptions")]
    public async Task CallbackExceptions_are_reported_and_the_others_go_on(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        Client.Listen(A, static _ => throw new FormatException());
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.IsType<FormatException>((await FaultAsync(BayeuxFaultKind.CallbackFailed)).Exception);
    }

    [Theory, Scenario("SlowCallbacks")]
    public async Task SlowCallbacks_do_not_hold_up_the_connection(Against column)
    {
        await StartAsync(column);
        using var release = new ManualResetEventSlim();
        await ConnectAsync();
        Client.Listen(A, _ => release.Wait(TimeSpan.FromSeconds(60), Cancellation));
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        await Server.NextSentAsync(A);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        Assert.False(HasEvent);
        release.Set();
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Theory, Scenario("ServerCanSendBeforeFirstMetaConnect")]
    [NotAgainst(Against.Real, "The server sends nothing before the first connect.")]
    public async Task ServerCanSendBeforeFirstMetaConnect(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == "/meta/handshake"
            ? Reply.Of(Server.HandshakeReply(message), new JsonObject { ["channel"] = A, ["data"] = 1 })
            : null;
        Create().Listen(A, Record);
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Theory, Scenario("MetaConnectDeliverOnly")]
    public async Task MetaConnectDeliverOnly_events_in_the_answer_to_a_connect(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        if (!column.IsReal())
        {
            Server.Script = message => message is { Channel: "/meta/connect", Number: 2 }
                ? Reply.After(answer.Task, Reply.Of(new JsonObject { ["channel"] = A, ["data"] = 1 }, message.Ok(), new JsonObject { ["channel"] = A, ["data"] = 2 }))
                : null;
        }

        await ConnectAsync();
        await SubscribeAsync(A);
        if (column.IsReal())
        {
            await Server.PushEachAsync(A, ["1", "2"]);
        }

        answer.SetResult();
        string[] events = [await NextEventAsync(), await NextEventAsync()];

        // Faye now and then sends the first of many events last.
        Assert.Equal(["/a 1", "/a 2"], column.IsReal() ? events.Order(StringComparer.Ordinal) : events);
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    // Faye now and then sends the first of many events last, so the order to keep is that of the wire.
    private async Task InOrderOfArrivalAsync(int count)
    {
        var numbers = new HashSet<int>();
        for (int index = 0; index < count; index++)
        {
            int sent = (int)(await Server.NextSentAsync(A))["data"]!;
            Assert.Equal($"/a {sent}", await NextEventAsync());
            Assert.True(numbers.Add(sent));
        }

        Assert.Equal(count - 1, numbers.Max());
    }
}

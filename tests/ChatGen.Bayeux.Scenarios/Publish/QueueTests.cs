using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Publish;

public sealed class QueueTests : ScenarioTest
{
    private static readonly BayeuxPublishOptions s_idempotent = new() { IsIdempotent = true };

    [Theory, Scenario("MaxMessageSizeOut")]
    public async Task MaxMessageSizeOut_is_refused_before_the_server_would(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(static options => options with { MaxMessageSize = 1000 });
        PublishResult result = await PublishAsync("\"" + new string('x', 1000) + "\"");
        Assert.Equal((PublishOutcome.NotSent, BayeuxFaultKind.MessageTooLarge), (result.Outcome, result.Fault?.Kind));
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("\"" + new string('x', 500) + "\"")).Outcome);
        Assert.Equal(1, Server.CountOf(A));
    }

    [Theory, Scenario("QueueAcrossReconnection")]
    public async Task QueueAcrossReconnection_what_was_not_sent_is_sent_in_order(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        GoDown();
        await StateAsync(BayeuxClientState.Reconnecting);
        Task<PublishResult>[] publishing = [.. Enumerable.Range(1, 20).Select(number => PublishAsync($"{number}"))];
        GoUp();
        Assert.All(await Task.WhenAll(publishing), static result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        for (int number = 1; number <= 20; number++)
        {
            Assert.Equal(number, (int)(await Server.NextAsync(A)).Json["data"]!);
        }

        Assert.Equal(20, Server.CountOf(A));
    }

    [Theory, Scenario("QueueAcrossReconnection")]
    public async Task QueueAcrossReconnection_also_into_a_new_session_after_the_subscriptions(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        await SubscribeAsync(B);
        ServerMessage before = await Server.NextAsync("/meta/subscribe");
        GoDown();
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        Task<PublishResult> publishing = PublishAsync("1");
        GoUp();
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
        ServerMessage published = await Server.NextAsync(A);
        Assert.NotEqual(before.ClientId, published.ClientId);
        Assert.Equal(2, Server.CountOf("/meta/subscribe"));
    }

    [Theory, Scenario("QueueAcrossReconnection")]
    public async Task QueueAcrossReconnection_is_bounded(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        await ConnectAsync(options => options with { HttpMessageHandler = Network, MaxQueuedMessages = 5 });
        GoDown();
        await StateAsync(BayeuxClientState.Reconnecting);
        Task<PublishResult>[] publishing = [.. Enumerable.Range(1, 8).Select(number => PublishAsync($"{number}"))];
        PublishResult[] refused = await Task.WhenAll(publishing[5..]);
        Assert.All(refused, static result => Assert.Equal((PublishOutcome.NotSent, BayeuxFaultKind.QueueFull), (result.Outcome, result.Fault?.Kind)));
        GoUp();
        Assert.All(await Task.WhenAll(publishing[..5]), static result => Assert.Equal(PublishOutcome.Acknowledged, result.Outcome));
        Assert.Equal(5, Server.CountOf(A));
    }

    [Theory, Scenario("QueueAcrossReconnection")]
    public async Task QueueAcrossReconnection_each_message_waits_as_long_as_it_may(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        GoDown();
        await StateAsync(BayeuxClientState.Reconnecting);
        Task<PublishResult> patient = PublishAsync("1");
        var options = new BayeuxPublishOptions { MaxQueueTime = TimeSpan.FromMilliseconds(300) };
        PublishResult result = await Client.PublishAsync(A, "2"u8.ToArray(), options, Cancellation).Soon();
        Assert.Equal((PublishOutcome.NotSent, BayeuxFaultKind.Timeout), (result.Outcome, result.Fault?.Kind));
        Assert.False(patient.IsCompleted);
        GoUp();
        Assert.Equal(PublishOutcome.Acknowledged, (await patient).Outcome);
        Assert.Equal(1, Server.CountOf(A));
    }

    [Theory, Scenario("QueueAcrossReconnection")]
    public async Task QueueAcrossReconnection_a_message_may_wait_for_ever(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        await ConnectAsync(options => options with { HttpMessageHandler = Network, MaxQueueTime = TimeSpan.MaxValue, MaxNetworkDelay = TimeSpan.MaxValue });
        GoDown();
        await StateAsync(BayeuxClientState.Reconnecting);
        Task<PublishResult> publishing = PublishAsync("1");
        Assert.False(publishing.IsCompleted);
        GoUp();
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
    }

    [Theory, Scenario("PublishOutcomes")]
    public async Task PublishOutcomes_what_does_no_harm_twice_is_sent_again(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        Server.Script = message => message.Channel == A && message.Number <= 2 ? Reply.Lost : null;
        await ConnectAsync();
        PublishResult result = await Client.PublishAsync(A, "1"u8.ToArray(), s_idempotent, Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, result.Outcome);
        Assert.Equal(3, Server.CountOf(A));
    }

    [Theory, Scenario("PublishOutcomes")]
    public async Task PublishOutcomes_what_was_rejected_is_not_sent_again(Against column)
    {
        await StartAsync(column);
        string denied = Named("/denied");
        Server.Script = message => message.Channel == denied && !column.IsReal() ? Reply.Of(message.Refused("403::denied")) : null;
        await ConnectAsync();
        PublishResult result = await Client.PublishAsync(denied, "1"u8.ToArray(), s_idempotent, Cancellation).Soon();
        Assert.Equal(PublishOutcome.Rejected, result.Outcome);
        Assert.Equal(1, Server.CountOf(denied));
    }

    [Theory, Scenario("SlowConsumer")]
    public async Task SlowConsumer_loses_nothing_when_receiving_pauses(Against column)
    {
        const int Count = 500;
        await StartAsync(column);
        using var release = new ManualResetEventSlim();
        await ConnectAsync(static options => options with { MaxBufferedEvents = 10, Overflow = BayeuxOverflowPolicy.PauseReceiving });
        Client.Listen(A, _ => release.Wait(TimeSpan.FromSeconds(60), Cancellation));
        await SubscribeAsync(A);
        for (int number = 0; number < Count; number += 50)
        {
            await Server.PushEachAsync(A, Enumerable.Range(number, 50).Select(static each => $"{each}"));
        }

        release.Set();
        var seen = new HashSet<string>();
        for (int number = 0; number < Count; number++)
        {
            Assert.True(seen.Add(await NextEventAsync()));
        }

        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("SlowConsumer")]
    public async Task SlowConsumer_may_prefer_what_is_new(Against column)
    {
        const int Count = 500;
        await StartAsync(column);
        using var release = new ManualResetEventSlim();
        await ConnectAsync(static options => options with { MaxBufferedEvents = 10, Overflow = BayeuxOverflowPolicy.DropOldest });
        Client.Listen(A, _ => release.Wait(TimeSpan.FromSeconds(60), Cancellation));
        await SubscribeAsync(A);
        await Server.PushEachAsync(A, Enumerable.Range(0, Count).Select(static number => $"{number}"));
        for (int number = 0; number < Count; number++)
        {
            await Server.NextSentAsync(A);
        }

        // What is answered after the events were sent has come after them.
        await PublishAsync("1", B);
        if (!column.IsWebSocket())
        {
            await StillConnectedAsync();
        }

        release.Set();
        await FaultAsync(BayeuxFaultKind.EventsDropped);
        await Server.PushAsync(A, "\"last\"");
        int delivered = 0;
        string text = await NextEventAsync();
        for (; text != "/a \"last\""; text = await NextEventAsync())
        {
            delivered++;
        }

        Assert.InRange(delivered, 1, Count / 2);
    }

    /// <summary>Waits until the client polls again, by when it has taken what the poll before brought.</summary>
    private async Task StillConnectedAsync()
    {
        int before = Server.SentCountOf("/meta/connect");
        while (Server.CountOf("/meta/connect") <= before)
        {
            await Server.NextAsync("/meta/connect");
        }
    }
}

using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Publish;

public sealed class SubscribeTests : ScenarioTest
{
    [Theory, Scenario("SubscriptionsUnsubscriptionsForSameChannelOnlySentOnce")]
    public async Task SubscriptionsUnsubscriptionsForSameChannelOnlySentOnce(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        BayeuxSubscription first = await SubscribeAsync(A);
        BayeuxSubscription second = await SubscribeAsync(A);
        Assert.Equal(1, Server.CountOf("/meta/subscribe"));
        first.Dispose();
        first.Dispose();
        await SubscribeAsync(B);
        Assert.Equal(0, Server.CountOf("/meta/unsubscribe"));
        second.Dispose();
        Assert.Equal(A, (await Server.NextAsync("/meta/unsubscribe")).Subscription);
    }

    [Theory, Scenario("SubscriptionsRemovedOnReHandshake")]
    public async Task SubscriptionsRemovedOnReHandshake_are_restored_before_anything_is_published(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A);
        await SubscribeAsync(B);
        await Server.NextAsync("/meta/subscribe");
        ServerMessage before = await Server.NextAsync("/meta/subscribe");
        Server.Script = message => message is { Channel: "/meta/handshake" } ? Reply.Abort : null;
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        Task<PublishResult> publishing = PublishAsync("1");
        Server.Script = static _ => null;
        await StateAsync(BayeuxClientState.Connected);
        ServerMessage first = await Server.NextAsync("/meta/subscribe");
        ServerMessage second = await Server.NextAsync("/meta/subscribe");
        Assert.Equal(new[] { A, B }.Order(), new[] { first.Subscription, second.Subscription }.Order());
        Assert.NotEqual(before.ClientId, first.ClientId);

        // Whoever publishes to what it has subscribed to hears itself.
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
        ServerMessage published = await Server.NextAsync(A);
        Assert.StartsWith("""[{"channel":"/meta/subscribe""", published.Raw, StringComparison.Ordinal);
        Assert.Equal(3, published.BatchSize);
        if (column.IsReal())
        {
            Assert.Equal("/a 1", await NextEventAsync());
        }
    }

    [Theory, Scenario("DynamicResubscription")]
    public async Task DynamicResubscription_asks_for_what_is_wanted_by_then(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { HttpMessageHandler = Network });
        BayeuxSubscription first = await SubscribeAsync(A);
        await Server.NextAsync("/meta/subscribe");
        GoDown();
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        first.Dispose();
        BayeuxSubscription second = Client.Subscribe(B, Record);
        GoUp();
        await second.ConfirmedAsync(Cancellation).Soon();
        Assert.Equal(B, (await Server.NextAsync("/meta/subscribe")).Subscription);
        await Server.PushAsync(A, "1");
        await Server.PushAsync(B, "2");
        Assert.Equal("/b 2", await NextEventAsync());
        Assert.Equal(2, Server.CountOf("/meta/subscribe"));
    }

    [Theory, Scenario("SubscriptionDeniedRemovesListener")]
    public async Task SubscriptionDeniedRemovesListener(Against column)
    {
        await StartAsync(column);
        string denied = await ConnectToDenierAsync(column);
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => SubscribeAsync(denied));
        Assert.Equal((BayeuxFaultKind.SubscriptionRejected, 403), (exception.Kind, exception.Error?.Code));
        await SubscribeAsync(B);
        await Server.PushAsync(denied, "1");
        await Server.PushAsync(B, "2");
        Assert.Equal("/b 2", await NextEventAsync());
    }

    [Theory, Scenario("FailedSubscriptionDecrementsCount")]
    public async Task FailedSubscriptionDecrementsCount_so_that_the_next_one_asks_again(Against column)
    {
        await StartAsync(column);
        string denied = await ConnectToDenierAsync(column);
        await Assert.ThrowsAsync<BayeuxException>(() => SubscribeAsync(denied));
        await Assert.ThrowsAsync<BayeuxException>(() => SubscribeAsync(denied));
        Assert.Equal(2, Server.CountOf("/meta/subscribe"));
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        await SubscribeAsync(B);
        Assert.Equal(3, Server.CountOf("/meta/subscribe"));
    }

    [Theory, Scenario("SubscriptionFailedOnlyOnClient")]
    public async Task SubscriptionFailedOnlyOnClient_is_asked_for_again(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        Server.Script = message => message is { Channel: "/meta/subscribe", Number: 1 } ? Reply.Lost : null;
        await ConnectAsync();
        await SubscribeAsync(A);
        Assert.Equal(2, Server.CountOf("/meta/subscribe"));
        await FaultAsync(BayeuxFaultKind.ConnectionClosed);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("SubscriptionToMetaFails")]
    [NotAgainst(Against.Real | Against.ScriptedWebSocket, Because.OfClient)]
    [Case("/meta/connect")]
    [Case("/meta/*")]
    [Case("/a/*/b")]
    [Case("a")]
    public async Task SubscriptionToMetaFails(Against column, string channel)
    {
        await StartAsync(column);
        Create();
        Assert.Throws<ArgumentException>(() => Client.Subscribe(channel, Record));
    }

    [Theory, Scenario("SameChannelWithTrailingSlash")]
    public async Task SameChannelWithTrailingSlash(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync(A + "/");
        await SubscribeAsync(A);
        Assert.Equal(1, Server.CountOf("/meta/subscribe"));
        Assert.Equal(A, (await Server.NextAsync("/meta/subscribe")).Subscription);
        await PublishAsync("1", B + "/");
        Assert.Equal(1, Server.CountOf(B));
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("SubscriptionToServiceIsNoOp")]
    [NotAgainst(Against.Faye, Because.OfServices)]
    public async Task SubscriptionToServiceIsNoOp(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await SubscribeAsync("/service" + A);
        await Server.DeliverAsync("/service" + A, "1");
        Assert.Equal("/service/a 1", await NextEventAsync());
    }

    [Theory, Scenario("UnsubscribeFailure")]
    public async Task UnsubscribeFailure_delivers_nothing_more_all_the_same(Against column)
    {
        await StartAsync(column, ["--timeout=3000"]);
        Server.Script = message => message is { Channel: "/meta/unsubscribe", Number: 1 } ? column.IsWebSocket() ? Reply.Abort : Reply.Http(500) : null;
        await ConnectAsync();
        BayeuxSubscription subscription = await SubscribeAsync(A);
        await SubscribeAsync(B);
        subscription.Dispose();
        await Server.NextAsync("/meta/unsubscribe");
        if (column.IsWebSocket())
        {
            await StateAsync(BayeuxClientState.Reconnecting);
            await StateAsync(BayeuxClientState.Connected);
        }

        await Server.PushAsync(A, "1");
        await Server.PushAsync(B, "2");
        Assert.Equal("/b 2", await NextEventAsync());
    }

    [Theory, Scenario("ChannelRelease")]
    public async Task ChannelRelease_the_server_stops_and_can_be_asked_again(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        (await SubscribeAsync(A)).Dispose();
        await Server.NextSentAsync("/meta/unsubscribe");
        await SubscribeAsync(B);
        await Server.PushAsync(A, "1");
        await Server.PushAsync(B, "2");
        Assert.Equal("/b 2", await NextEventAsync());
        await SubscribeAsync(A);
        Assert.Equal(3, Server.CountOf("/meta/subscribe"));
        await Server.PushAsync(A, "3");
        Assert.Equal("/a 3", await NextEventAsync());
    }

    [Theory, Scenario("ListenersNotifiedBeforeConnect")]
    [NotAgainst(Against.LongPolling, "Requests of HTTP may overtake one another.")]
    public async Task ListenersNotifiedBeforeConnect_what_was_subscribed_to_before_is_sent_before(Against column)
    {
        await StartAsync(column);
        Create().Subscribe(A, Record);
        await Client.ConnectAsync(Cancellation).Soon();
        int subscribed = -1;
        Server.Script = message =>
        {
            subscribed = message is { Channel: "/meta/connect", IsImmediate: true } ? Server.CountOf("/meta/subscribe") : subscribed;
            return null;
        };
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        Assert.Equal(2, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(2, subscribed);
    }

    [Theory, Scenario("SlashStarStarNoMeta")]
    public async Task SlashStarStarNoMeta(Against column)
    {
        await StartAsync(column);
        var seen = new List<string>();
        Create().Listen("/**", bayeuxEvent => seen.Add(Text(bayeuxEvent)));
        await Client.ConnectAsync(Cancellation).Soon();
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        await NextEventAsync();
        await Server.PushAsync(A, "2");
        await NextEventAsync();
        Assert.Equal("/a 1", seen[0]);
        Assert.DoesNotContain(seen, static text => text.StartsWith("/meta", StringComparison.Ordinal));
    }

    [Theory, Scenario("WildcardOrder")]
    public async Task WildcardOrder_the_nearest_first(Against column)
    {
        await StartAsync(column);
        var seen = new List<string>();
        BayeuxClient client = await ConnectAsync();
        foreach (string pattern in (string[])["/**", Named("/a/**"), Named("/a/*"), Named("/a/b"), Named("/a/c"), "/*"])
        {
            client.Listen(pattern, bayeuxEvent => seen.Add($"{pattern} {Text(bayeuxEvent)}"));
        }

        await SubscribeAsync(Named("/a/**"));
        await Server.PushAsync(Named("/a/b"), "1");
        await NextEventAsync();
        await Server.PushAsync(Named("/a/b/c"), "2");
        await NextEventAsync();
        await Server.PushAsync(Named("/a/b"), "3");
        await NextEventAsync();
        Assert.Equal(
            [Named("/a/b") + " /a/b 1", Named("/a/*") + " /a/b 1", Named("/a/**") + " /a/b 1", "/** /a/b 1", Named("/a/**") + " /a/b/c 2", "/** /a/b/c 2"],
            seen.Take(6));
    }

    [Theory, Scenario("Deliver")]
    [NotAgainst(Against.Faye, Because.OfServices)]
    public async Task Deliver_without_a_subscription(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Client.Listen("/service" + A, Record).ConfirmedAsync(Cancellation).Soon();
        await Server.DeliverAsync("/service" + A, "1");
        Assert.Equal("/service/a 1", await NextEventAsync());
        Assert.Equal(0, Server.CountOf("/meta/subscribe"));
    }

    /// <summary>Connects to a server that denies a channel, and returns that.</summary>
    private async Task<string> ConnectToDenierAsync(Against column)
    {
        string denied = Named("/denied");
        if (!column.IsReal())
        {
            Server.Script = message => message.Channel == "/meta/subscribe" && message.Subscription == denied
                ? Reply.Of(message.Refused($"403:{denied}:subscribe_denied"))
                : null;
        }

        await ConnectAsync();
        return denied;
    }
}

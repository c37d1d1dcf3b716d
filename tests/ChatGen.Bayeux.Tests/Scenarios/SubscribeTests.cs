using System.Text;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Scenarios;

public sealed class SubscribeTests : Scenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SubscriptionsUnsubscriptionsForSameChannelOnlySentOnce(bool webSocket)
    {
        await ConnectAsync(webSocket);
        BayeuxSubscription first = await SubscribeAsync("/a");
        BayeuxSubscription second = await SubscribeAsync("/a");
        Assert.Equal(1, Server.CountOf("/meta/subscribe"));
        first.Dispose();
        first.Dispose();
        await SubscribeAsync("/b");
        Assert.Equal(0, Server.CountOf("/meta/unsubscribe"));
        second.Dispose();
        Assert.Equal("/a", (await Server.NextAsync("/meta/unsubscribe")).Subscription);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SubscriptionDeniedRemovesListener(bool webSocket)
    {
        Server.Script = message => message.Channel == "/meta/subscribe" ? Reply.Of(message.Refused("403:/a:subscribe_denied")) : null;
        await ConnectAsync(webSocket);
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => SubscribeAsync("/a"));
        Assert.Equal((BayeuxFaultKind.SubscriptionRejected, 403), (exception.Kind, exception.Error?.Code));
        Client.Listen("/b", Record);
        await Server.PushAsync("/a", "1");
        await Server.PushAsync("/b", "2");
        Assert.Equal("/b 2", await NextEventAsync());
    }

    [Fact]
    public async Task A_subscription_that_did_not_get_through_is_asked_for_again()
    {
        Server.Script = message => message is { Channel: "/meta/subscribe", Number: 1 } ? Reply.Http(500) : null;
        await ConnectAsync(webSocket: false);
        await SubscribeAsync("/a");
        Assert.Equal(2, Server.CountOf("/meta/subscribe"));
        Assert.Equal(500, (await FaultAsync(BayeuxFaultKind.HttpStatus)).HttpStatus);
    }

    [Fact]
    public async Task Wildcards_see_what_matches_and_nothing_meta()
    {
        var seen = new List<string>();
        var all = new TaskCompletionSource();
        BayeuxClient client = Create(webSocket: true);
        foreach (string pattern in (string[])["/**", "/a/**", "/a/*", "/a/b", "/a/c", "/*"])
        {
            client.Listen(pattern, bayeuxEvent => seen.Add($"{pattern} {bayeuxEvent.Channel}"));
        }

        client.Listen("/end", _ => all.SetResult());
        await client.ConnectAsync(TestContext.Current.CancellationToken).Soon();
        await Server.PushAsync("/a/b", "1");
        await Server.PushAsync("/a/b/c", "1");
        await Server.PushAsync("/end", "1");
        await all.Task.Soon();
        Assert.Equal(["/a/b /a/b", "/a/* /a/b", "/a/** /a/b", "/** /a/b", "/a/** /a/b/c", "/** /a/b/c"], seen.Take(6));
    }

    [Theory]
    [InlineData("/meta/connect")]
    [InlineData("/a/*/b")]
    [InlineData("a")]
    public void Channels_that_cannot_be_subscribed_to_are_refused(string channel)
    {
        Create(webSocket: false);
        Assert.Throws<ArgumentException>(() => Client.Subscribe(channel, Record));
    }

    [Fact]
    public async Task A_listener_is_not_told_to_the_server()
    {
        await ConnectAsync(webSocket: false);
        await Client.Listen("/service/x", Record).ConfirmedAsync(TestContext.Current.CancellationToken).Soon();
        await Server.PushAsync("/service/x", "1");
        Assert.Equal("/service/x 1", await NextEventAsync());
        Assert.Equal(0, Server.CountOf("/meta/subscribe"));
    }

    [Fact]
    public async Task A_callback_that_throws_is_reported_and_the_others_go_on()
    {
        await ConnectAsync(webSocket: true);
        Client.Listen("/a", _ => throw new FormatException());
        Client.Listen("/a", Record);
        await Server.PushAsync("/a", "1");
        await Server.PushAsync("/a", "2");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.IsType<FormatException>((await FaultAsync(BayeuxFaultKind.CallbackFailed)).Exception);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_callback_that_blocks_does_not_block_the_connect_loop(bool webSocket)
    {
        using var release = new ManualResetEventSlim();
        await ConnectAsync(webSocket);
        Client.Listen("/a", _ => release.Wait(TimeSpan.FromSeconds(20)));
        Client.Listen("/a", Record);
        await Server.PushAsync("/a", "1");
        PublishResult result = await Client.PublishAsync("/b", Encoding.UTF8.GetBytes("1"), TestContext.Current.CancellationToken).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, result.Outcome);
        release.Set();
        Assert.Equal("/a 1", await NextEventAsync());
    }

    [Fact]
    public async Task Events_stay_in_order()
    {
        await ConnectAsync(webSocket: true);
        Client.Listen("/a", Record);
        for (int number = 0; number < 200; number++)
        {
            await Server.PushAsync("/a", $"{number}");
        }

        for (int number = 0; number < 200; number++)
        {
            Assert.Equal($"/a {number}", await NextEventAsync());
        }
    }
}

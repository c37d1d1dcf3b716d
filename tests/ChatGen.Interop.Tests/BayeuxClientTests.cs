using System.Text;
using ChatGen.Bayeux;
using ChatGen.Interop.Tests.Servers;
using Xunit;

namespace ChatGen.Interop.Tests;

/// <summary>The Bayeux client by itself, without a chat.</summary>
public sealed class BayeuxClientTests(SharedChatServer faye) : IClassFixture<SharedChatServer>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Faye_carries_events_from_one_client_to_another(bool publishesWithoutWebSockets, bool listensWithoutWebSockets)
    {
        IChatServer server = await faye.GetAsync(() => NodeChatServer.StartFayeAsync());
        await using BayeuxClient publisher = await ConnectAsync(server, publishesWithoutWebSockets);
        await using BayeuxClient subscriber = await ConnectAsync(server, listensWithoutWebSockets);
        using Listener listener = await Listener.SubscribeAsync(subscriber, "/foo");

        PublishResult elsewhere = await PublishAsync(publisher, "/bar", "0");
        PublishResult first = await PublishAsync(publisher, "/foo", """{"text":"é ✓ 日本 👋","list":[1,null]}""");
        PublishResult second = await PublishAsync(publisher, "/foo", "\"second\"");

        Assert.Equal([PublishOutcome.Acknowledged, PublishOutcome.Acknowledged, PublishOutcome.Acknowledged], [elsewhere.Outcome, first.Outcome, second.Outcome]);
        Assert.Equal("""/foo {"text":"é ✓ 日本 👋","list":[1,null]}""", await listener.NextAsync());
        Assert.Equal("/foo \"second\"", await listener.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Faye_delivers_to_a_pattern_what_matches_it(bool disableWebSockets)
    {
        IChatServer server = await faye.GetAsync(() => NodeChatServer.StartFayeAsync());
        await using BayeuxClient publisher = await ConnectAsync(server, disableWebSockets);
        await using BayeuxClient subscriber = await ConnectAsync(server, disableWebSockets);
        using Listener one = await Listener.SubscribeAsync(subscriber, "/pattern/*");
        using Listener any = await Listener.SubscribeAsync(subscriber, "/pattern/**");

        await PublishAsync(publisher, "/pattern/a", "1");
        await PublishAsync(publisher, "/pattern/a/b", "2");
        await PublishAsync(publisher, "/elsewhere/a", "3");
        await PublishAsync(publisher, "/pattern/c", "4");

        Assert.Equal(["/pattern/a 1", "/pattern/c 4"], [await one.NextAsync(), await one.NextAsync()]);
        Assert.Equal(["/pattern/a 1", "/pattern/a/b 2", "/pattern/c 4"], [await any.NextAsync(), await any.NextAsync(), await any.NextAsync()]);
    }

    [Fact]
    public async Task CometD_server_gets_its_cookie_back_from_each_client_its_own()
    {
        await using IChatServer server = await NodeChatServer.StartCometDAsync();
        using WireLog firstLog = new();
        using WireLog secondLog = new();
        await using BayeuxClient first = await ConnectAsync(server, disableWebSockets: true, firstLog);
        await using BayeuxClient second = await ConnectAsync(server, disableWebSockets: true, secondLog);

        WireExchange firstHandshake = await firstLog.ReadUntilAsync("/meta/handshake");
        WireExchange firstConnect = await firstLog.ReadUntilAsync("/meta/connect");
        WireExchange secondHandshake = await secondLog.ReadUntilAsync("/meta/handshake");
        WireExchange secondConnect = await secondLog.ReadUntilAsync("/meta/connect");

        Assert.StartsWith("BAYEUX_BROWSER=", firstHandshake.SetCookie, StringComparison.Ordinal);
        Assert.Null(firstHandshake.Cookie);
        Assert.Null(secondHandshake.Cookie);
        Assert.Equal(firstHandshake.SetCookie!.Split(';')[0], firstConnect.Cookie);
        Assert.Equal(secondHandshake.SetCookie!.Split(';')[0], secondConnect.Cookie);
        Assert.NotEqual(firstConnect.Cookie, secondConnect.Cookie);
    }

    [Fact]
    public async Task CometD_server_delivers_nothing_on_a_channel_after_it_was_unsubscribed_from()
    {
        await using IChatServer server = await NodeChatServer.StartCometDAsync();
        using WireLog log = new();
        await using BayeuxClient publisher = await ConnectAsync(server, disableWebSockets: false);
        await using BayeuxClient subscriber = await ConnectAsync(server, disableWebSockets: true, log);
        using Listener kept = await Listener.SubscribeAsync(subscriber, "/kept");
        using (Listener ended = await Listener.SubscribeAsync(subscriber, "/ended"))
        {
            await PublishAsync(publisher, "/ended", "\"before\"");
            Assert.Equal("/ended \"before\"", await ended.NextAsync());
        }

        WireExchange unsubscribed = await log.ReadUntilAsync("/meta/unsubscribe");
        await PublishAsync(publisher, "/ended", "\"after\"");
        await PublishAsync(publisher, "/kept", "\"last\"");

        Assert.Equal("/kept \"last\"", await kept.NextAsync());
        await log.ReadUntilAsync("\"last\"");
        Assert.Contains("\"successful\":true", unsubscribed.Response, StringComparison.Ordinal);
        Assert.Contains(log.Read, exchange => exchange.Response.Contains("\"before\"", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Read, exchange => exchange.Response.Contains("\"after\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CometD_server_is_told_of_a_disconnect()
    {
        await using IChatServer server = await NodeChatServer.StartCometDAsync();
        await using BayeuxClient client = await ConnectAsync(server, disableWebSockets: false);
        ChatServerStats before = await server.ReadStatsAsync(Deadline.Token);

        await client.DisconnectAsync(Deadline.Token);

        Assert.Equal(BayeuxClientState.Disconnected, client.State);
        Assert.Equal((1, 0), (before.Handshakes, before.Disconnects));
        Assert.Equal(1, (await server.ReadStatsAsync(Deadline.Token)).Disconnects);
        PublishResult late = await PublishAsync(client, "/foo", "1");
        Assert.Equal(PublishOutcome.NotSent, late.Outcome);

        await client.ConnectAsync(Deadline.Token);

        Assert.Equal((2, 2), (client.SessionNumber, (await server.ReadStatsAsync(Deadline.Token)).Handshakes));
    }

    private static async Task<BayeuxClient> ConnectAsync(IChatServer server, bool disableWebSockets, HttpMessageHandler? handler = null)
    {
        BayeuxClient client = new(new BayeuxClientOptions { Url = server.CometDUrl, DisableWebSockets = disableWebSockets, HttpMessageHandler = handler });
        await client.ConnectAsync(Deadline.Token);
        return client;
    }

    private static Task<PublishResult> PublishAsync(BayeuxClient client, string channel, string json) =>
        client.PublishAsync(channel, Encoding.UTF8.GetBytes(json), Deadline.Token);
}

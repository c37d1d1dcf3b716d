using System.Net;
using System.Text.Json;
using ChatGen.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGen.AspNetCore.Tests;

/// <summary>Two servers in one process, which share keys, cache and ownership.</summary>
public sealed class FarmTests : IAsyncLifetime
{
    private readonly Neighbourhood _neighbourhood = new();
    private ChatBackend _backend = null!;
    private Site _one = null!;
    private Site _two = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        _one = await Site.StartAsync(_backend, neighbourhood: _neighbourhood);
        _two = await Site.StartAsync(_backend, neighbourhood: _neighbourhood);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task A_chat_follows_its_visitor_to_another_server()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        await visitor.SayAsync("One");
        visitor.Site = _two;
        Assert.True((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());
        await visitor.SayAsync("Two");
        visitor.Site = _one;
        await visitor.SayAsync("Three");
        Assert.Equal(["One", "Two", "Three"], _backend.Sessions[0].Messages);
        await Eventually.IsTrueAsync(() => _one.Host.Count == 1 && _two.Host.Count == 0);
    }

    [Fact]
    public async Task A_stream_goes_on_at_another_server_without_loss_or_doubles()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        var seen = new List<string>();
        string? place = null;
        for (int round = 0; round < 6; round++)
        {
            visitor.Site = round % 2 == 0 ? _one : _two;
            await visitor.SayAsync($"A{round}");
            visitor.Site = round % 3 == 0 ? _two : _one;
            await visitor.SayAsync($"B{round}");
            await using EventReader events = await visitor.ListenAsync(place);
            Assert.Equal(HttpStatusCode.OK, events.Status);
            do
            {
                seen.Add(await events.NextMessageAsync());
            }
            while (seen[^1] != $"B{round}");
            place = events.LastEventId;
        }

        Assert.Equal(Enumerable.Range(0, 6).SelectMany(round => new[] { $"A{round}", $"B{round}" }), seen);
    }

    [Fact]
    public async Task What_another_server_replays_says_that_it_is_restored()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        await visitor.SayAsync("One");
        visitor.Site = _two;
        await visitor.DoAsync("/restore");
        await visitor.SayAsync("Two");
        await using EventReader events = await visitor.ListenAsync();
        JsonElement one = await events.NextAsync("MessageReceived");
        Assert.Equal("One", EventReader.TextOf(one));
        Assert.True(one.GetProperty("restored").GetBoolean());
        JsonElement two = await events.NextAsync("MessageReceived");
        Assert.Equal("Two", EventReader.TextOf(two));
        Assert.False(two.TryGetProperty("restored", out _));
    }

    [Fact]
    public async Task What_is_in_no_history_is_told_by_the_server_that_it_happens_on()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        await _backend.Sessions[0].Agent.ConnectAsync();
        await using EventReader events = await visitor.ListenAsync();
        await events.NextAsync("AgentConnected");
        visitor.Site = _two;
        await visitor.DoAsync("/restore");
        await _backend.Sessions[0].Agent.TypeAsync();
        await using EventReader next = await visitor.ListenAsync(events.LastEventId);
        Assert.Equal("AgentTyping", JsonElement.Parse((await next.NextAsync())!.Value.Data).GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_server_that_lets_go_ends_its_streams_but_not_the_chat()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        await visitor.SayAsync("One");
        await using EventReader events = await visitor.ListenAsync();
        await events.NextMessageAsync();
        visitor.Site = _two;
        await visitor.SayAsync("Two");
        Assert.DoesNotContain(await events.RestAsync(), item => item.EventType == "end");
        await using EventReader next = await visitor.ListenAsync(events.LastEventId);
        Assert.Equal("Two", await next.NextMessageAsync());
    }

    [Fact]
    public async Task A_chat_cannot_be_started_at_one_server_while_another_has_one()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        visitor.Site = _two;
        Assert.Equal("chatExists", (await visitor.FailAsync(HttpStatusCode.Conflict, "/start", """{"queue":"sales"}""")).GetProperty("reason").GetString());
        await visitor.DoAsync("/leave");
        Assert.True(_backend.Sessions[0].IsEnded);
        Assert.Single(_backend.Sessions);
    }

    [Fact]
    public async Task Starts_at_two_servers_at_once_start_one_chat()
    {
        for (int round = 0; round < 10; round++)
        {
            var visitor = new VisitorBrowser(_one);
            await visitor.DescribeAsync();
            HttpStatusCode[] answers = await Task.WhenAll(new[] { _one, _two, _one, _two }.Select(async site =>
            {
                var tab = new VisitorBrowser(site) { Cookies = visitor.Cookies, Token = visitor.Token };
                using HttpResponseMessage response = await tab.PostAsync("/start", """{"queue":"sales"}""");
                return response.StatusCode;
            }));
            Assert.Equal(1, answers.Count(status => status == HttpStatusCode.OK));
            Assert.Equal(3, answers.Count(status => status == HttpStatusCode.Conflict));
            Assert.Equal(round + 1, _backend.Sessions.Count);
        }
    }

    [Fact]
    public async Task A_server_that_stops_hands_its_chats_over()
    {
        VisitorBrowser[] visitors = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => VisitorBrowser.EnterAsync(_one)));
        EventReader[] streams = await Task.WhenAll(visitors.Select(visitor => visitor.ListenAsync()));
        Assert.Equal(12, _one.Host.Count);

        await _one.StopAsync();

        Assert.Equal(0, _one.Host.Count);
        Assert.All(await Task.WhenAll(streams.Select(stream => stream.RestAsync())), items => Assert.DoesNotContain(items, item => item.EventType == "end"));
        foreach (VisitorBrowser visitor in visitors)
        {
            visitor.Site = _two;
            await visitor.SayAsync("Still here");
        }

        Assert.All(_backend.Sessions, session => Assert.Equal(["Still here"], session.Messages));
        Assert.Equal(12, _backend.Sessions.Count);
    }

    [Fact]
    public async Task A_chat_that_another_server_does_not_let_go_of_is_to_be_asked_for_again()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        await _one.Host.SweepAsync();
        var stubborn = new StubbornOwnership();
        await using Site site = await Site.StartAsync(_backend, gateway => gateway.Services.AddSingleton<IChatOwnership>(stubborn), neighbourhood: _neighbourhood);
        visitor.Site = site;
        using HttpResponseMessage response = await visitor.PostAsync("/commands/sendMessage", """{"message":"Hello"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal(0, site.Host.Waiting);
    }

    [Fact]
    public async Task While_the_cache_is_down_chats_go_on_and_what_needs_it_is_to_be_asked_again()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_one);
        await visitor.SayAsync("One");
        _neighbourhood.Cache.IsDown = true;
        await visitor.SayAsync("Two");
        var other = new VisitorBrowser(_two) { Cookies = visitor.Cookies, Token = visitor.Token };
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Get, "/chat"), (HttpMethod.Get, "/chat/events"), (HttpMethod.Post, "/chat/restore"), (HttpMethod.Post, "/chat/commands/getTranscript"), (HttpMethod.Post, "/chat/leave") })
        {
            using HttpResponseMessage response = await other.SendAsync(method, path, method == HttpMethod.Post ? "{}" : null);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        _neighbourhood.Cache.IsDown = false;
        await visitor.SayAsync("Three");
        await other.SayAsync("Four");
        Assert.Equal(["One", "Two", "Three", "Four"], _backend.Sessions[0].Messages);
    }

    [Fact]
    public async Task A_server_that_is_not_sure_any_more_to_hold_a_chat_neither_uses_it_nor_writes_its_state()
    {
        var ownership = new RevocableOwnership();
        var farm = new Neighbourhood();
        await using Site site = await Site.StartAsync(_backend, gateway => gateway.Services.AddSingleton<IChatOwnership>(ownership), neighbourhood: farm);
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        RevocableClaim first = ownership.Claims[0];
        first.Lose();
        await visitor.SayAsync("Hello");
        Assert.Equal(2, ownership.Claims.Count);
        Assert.True(first.IsDisposed);
        Assert.True(ownership.Claims[1].IsHeld);
        Assert.Equal(["Hello"], _backend.Sessions[0].Messages);
    }

    private sealed class StubbornOwnership : IChatOwnership
    {
        public ValueTask<IChatClaim?> ClaimAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult<IChatClaim?>(null);
    }
}

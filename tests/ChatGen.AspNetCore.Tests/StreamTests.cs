using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ChatGen.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.AspNetCore.Tests;

public sealed class StreamTests : IAsyncLifetime
{
    private ChatBackend _backend = null!;
    private Site _site = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        _site = await Site.StartAsync(_backend);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_first_brings_what_came_before()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        await visitor.SayAsync("One");
        await visitor.SayAsync("Two");
        await using EventReader events = await visitor.ListenAsync();
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType?.MediaType);
        Assert.True(events.Response.Headers.CacheControl?.NoStore);
        Assert.Equal("One", await events.NextMessageAsync());
        Assert.Equal("Two", await events.NextMessageAsync());
    }

    [Fact]
    public async Task A_stream_that_comes_again_goes_on_without_loss_or_doubles_typing_included()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        ChatBackendSession session = _backend.Sessions[0];
        await session.Agent.ConnectAsync();
        var seen = new List<string>();
        string? place = null;
        for (int round = 0; round < 6; round++)
        {
            await session.Agent.TypeAsync();
            await session.Agent.SendAsync($"Message {round}");
            await using EventReader events = await visitor.ListenAsync(place);
            while (await events.NextAsync() is { } item)
            {
                JsonElement data = JsonElement.Parse(item.Data);
                seen.Add(data.GetProperty("type").GetString() == "MessageReceived" ? EventReader.TextOf(data) : data.GetProperty("type").GetString()!);
                place = events.LastEventId;
                if (seen[^1] == $"Message {round}")
                {
                    break;
                }
            }
        }

        Assert.Equal(["AgentConnected", .. Enumerable.Range(0, 6).SelectMany(round => new[] { "AgentTyping", $"Message {round}" })], seen);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c.d")]
    [InlineData("x.2147483648.y.1")]
    [InlineData("other.100.log.100")]
    public async Task A_place_that_is_not_of_this_chat_is_as_good_as_none(string place)
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        await visitor.SayAsync("One");
        await using EventReader events = await visitor.ListenAsync(place);
        Assert.Equal("One", await events.NextMessageAsync());
    }

    [Fact]
    public async Task A_stream_ends_with_the_chat_and_does_not_come_again()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        await using EventReader events = await visitor.ListenAsync();
        await _backend.Sessions[0].Agent.EndAsync();
        List<SseItem<string>> items = await events.RestAsync();
        Assert.Equal("SessionEnded", JsonElement.Parse(items[^2].Data).GetProperty("type").GetString());
        Assert.Equal("end", items[^1].EventType);
        await using EventReader again = await visitor.ListenAsync(events.LastEventId);
        Assert.Equal(HttpStatusCode.NoContent, again.Status);
        await using EventReader otherTab = await visitor.ListenAsync();
        Assert.Equal(HttpStatusCode.OK, otherTab.Status);
        Assert.Equal("end", (await otherTab.RestAsync())[^1].EventType);
    }

    [Fact]
    public async Task Two_tabs_both_see_everything()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        await using EventReader one = await visitor.ListenAsync();
        await using EventReader two = await visitor.ListenAsync();
        await visitor.SayAsync("Hello");
        Assert.Equal("Hello", await one.NextMessageAsync());
        Assert.Equal("Hello", await two.NextMessageAsync());
    }

    [Fact]
    public async Task A_visitor_has_so_many_streams_and_no_more()
    {
        await using Site site = await Site.StartAsync(_backend, gateway => gateway.Configure(options => options.MaxStreamsPerVisitor = 2));
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        EventReader one = await visitor.ListenAsync();
        await using EventReader two = await visitor.ListenAsync();
        await using (EventReader three = await visitor.ListenAsync())
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, three.Status);
        }

        await one.DisposeAsync();
        await Eventually.IsTrueAsync(() => site.Host.Streams == 1);
        await using EventReader four = await visitor.ListenAsync();
        Assert.Equal(HttpStatusCode.OK, four.Status);
    }

    [Fact]
    public async Task Visitors_that_go_leave_no_stream_behind()
    {
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(_site);
        for (int round = 0; round < 30; round++)
        {
            EventReader events = await visitor.ListenAsync();
            if (round % 2 == 0)
            {
                await visitor.SayAsync($"Message {round}");
                await events.NextMessageAsync();
            }

            await events.DisposeAsync();
            await Eventually.IsTrueAsync(() => _site.Host.Streams == 0);
        }

        Assert.Equal(1, _site.Host.Count);
        Assert.Equal(15, _backend.Sessions[0].Messages.Count);
    }

    [Fact]
    public async Task A_stream_on_which_nothing_happens_says_that_it_is_alive()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using Site site = await Site.StartAsync(_backend, gateway =>
        {
            gateway.Services.AddSingleton<TimeProvider>(clock);
            gateway.Client.ConfigureSettings(settings => settings with { TimeProvider = TimeProvider.System });
        });
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        using HttpResponseMessage response = await visitor.SendAsync(HttpMethod.Get, "/chat/events");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Deadline.Token));
        Assert.Equal("retry: 1000", await reader.ReadLineAsync(Deadline.Token));
        Assert.Equal("", await reader.ReadLineAsync(Deadline.Token));
        for (int beat = 0; beat < 3; beat++)
        {
            Task<string?> line = reader.ReadLineAsync(Deadline.Token).AsTask();
            await Task.Yield();
            Assert.False(line.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal(":", await line);
            Assert.Equal("", await reader.ReadLineAsync(Deadline.Token));
        }
    }
}

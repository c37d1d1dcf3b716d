using System.Collections.Concurrent;
using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using ChatGen.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests;

/// <summary>The page goes away and comes back. Specification: <c>restoreSession</c>, options <c>maxOfflineDuration</c> and <c>stateStorage</c>.</summary>
public sealed class ReloadTests(ChromiumBrowser browser, PublishedSite site)
{
    [Theory]
    [InlineData("")]
    [InlineData("?websockets=off")]
    public async Task Reloaded_page_goes_on_with_the_same_session_and_the_same_messages(string query)
    {
        await using Visit visit = await Visit.BeginAsync(browser, site, ScriptedAgent.Silent);
        await visit.Page.OpenAsync(visit.Site, query);
        await visit.Page.StartAsync();
        ChatBackendSession session = await visit.SessionAsync();
        await session.Agent.SendAsync("one");
        await visit.Page.SeesAsync("one");
        await visit.Page.SayAsync("two");
        await visit.Page.SeesAsync("two");
        IReadOnlyList<string> before = await visit.Page.ReadAsync();

        for (int reload = 0; reload < 3; reload++)
        {
            await visit.Page.Tab.ReloadAsync();
            await visit.Page.IsAsync("connected");
            await visit.Page.SeesAsync("two");
            Assert.Equal(before, await visit.Page.ReadAsync());
        }

        await visit.Page.SayAsync("three");
        await session.Agent.SendAsync("four");
        await visit.Page.SeesAsync("three");
        await visit.Page.SeesAsync("four");
        Assert.Single(visit.Backend.Sessions);
        IReadOnlyList<string> after = await visit.Page.ReadAsync();
        Assert.Equal(before.Count + 2, after.Count);
        Assert.Equal(after.Count, after.Distinct().Count());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Reloaded_page_has_kept_the_history_and_asks_only_for_what_came_after()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site, ScriptedAgent.Silent);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync();
        ChatBackendSession session = await visit.SessionAsync();
        await session.Agent.SendAsync("one");
        await visit.Page.SeesAsync("one");
        int last = session.Transcript.Max(entry => (int)entry["index"]!);
        var asked = new ConcurrentQueue<string>();
        visit.Page.Tab.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            if (frame.Text?.Contains("getTranscript", StringComparison.Ordinal) == true)
            {
                asked.Enqueue(frame.Text);
            }
        };
        await visit.Page.Tab.ReloadAsync();
        await visit.Page.IsAsync("connected");
        await visit.Page.SeesAsync("one");
        Assert.Contains($"\"fromIndex\":{last + 1}", Assert.Single(asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_while_the_page_was_away_is_there_when_it_is_back()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site, ScriptedAgent.Silent);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=60");
        await visit.Page.StartAsync();
        ChatBackendSession session = await visit.SessionAsync();
        await session.Agent.SendAsync("before");
        await visit.Page.SeesAsync("before");
        await visit.Page.Tab.GotoAsync("about:blank");
        await session.Agent.SendAsync("meanwhile");
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=60");
        await visit.Page.SeesAsync("before");
        await visit.Page.SeesAsync("meanwhile");
        await visit.Page.IsAsync("connected");
        Assert.Single(visit.Backend.Sessions);
    }

    [Fact]
    public async Task Page_that_was_away_for_longer_than_it_may_shows_the_form_again()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=1");
        await visit.Page.StartAsync();
        await visit.Page.Tab.GotoAsync("about:blank");
        await Eventually.HoldsAsync(async () => (await visit.CookiesAsync()).Count > 0);
        await Eventually.HoldsAsync(async () => (await visit.CookiesAsync()).Count == 0);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=1");
        await Expect(visit.Page.StartButton).ToBeVisibleAsync();
        await Expect(visit.Page.Alerts).ToHaveCountAsync(0);
        Assert.False((await visit.SessionAsync()).IsEnded);
    }

    [Fact]
    public async Task Page_that_keeps_nothing_shows_the_form_after_a_reload()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=0");
        await visit.Page.StartAsync();
        await visit.Page.Tab.ReloadAsync();
        await Expect(visit.Page.StartButton).ToBeVisibleAsync();
        Assert.Empty(await visit.CookiesAsync());
    }

    [Fact]
    public async Task Chat_goes_on_after_a_visit_to_another_page_of_the_site()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=60");
        await visit.Page.StartAsync();
        await visit.Page.SayAsync("Hello");
        await visit.Page.SeesAsync("You said: Hello");
        IReadOnlyList<string> before = await visit.Page.ReadAsync();

        await visit.Page.Tab.GotoAsync(new Uri(visit.Site, "/about").AbsoluteUri);
        await visit.Page.Tab.GetByRole(AriaRole.Link, new() { Name = "chat" }).First.ClickAsync();
        await visit.Page.IsAsync("connected");
        await visit.Page.SeesAsync("You said: Hello");
        Assert.Equal(before, await visit.Page.ReadAsync());

        await visit.Page.Tab.GotoAsync(new Uri(visit.Site, "/about").AbsoluteUri);
        await visit.Page.Tab.GoBackAsync();
        await visit.Page.IsAsync("connected");
        await visit.Page.SeesAsync("You said: Hello");
        await visit.Page.SayAsync("Again");
        await visit.Page.SeesAsync("You said: Again");
        Assert.Single(visit.Backend.Sessions);
    }

    [Fact]
    public async Task Tabs_keep_their_own_chats()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        ChatPage other = await visit.OpenTabAsync();
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync("Jane");
        await visit.Page.SayAsync("I am Jane");
        await visit.Page.SeesAsync("You said: I am Jane");
        await other.OpenAsync(visit.Site);
        await other.StartAsync("John");
        await other.SayAsync("I am John");
        await other.SeesAsync("You said: I am John");

        await Task.WhenAll(visit.Page.Tab.ReloadAsync(), other.Tab.ReloadAsync());

        await visit.Page.SeesAsync("You said: I am Jane");
        await other.SeesAsync("You said: I am John");
        await Expect(visit.Page.Conversation).Not.ToContainTextAsync("John");
        await Expect(other.Conversation).Not.ToContainTextAsync("Jane");
        Assert.Equal(2, visit.Backend.Sessions.Count);
    }

    [Fact]
    public async Task Page_keeps_its_state_where_it_is_told_to()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site, "?storage=local&maxOfflineDuration=1");
        await visit.Page.StartAsync();
        await visit.Page.SayAsync("Hello");
        await visit.Page.SeesAsync("You said: Hello");
        await visit.Page.Tab.GotoAsync("about:blank");
        Assert.Empty(await visit.CookiesAsync());
        await visit.Page.OpenAsync(visit.Site, "?storage=local&maxOfflineDuration=1");
        await visit.Page.IsAsync("connected");
        await visit.Page.SeesAsync("You said: Hello");
        Assert.Single(visit.Backend.Sessions);

        await visit.Page.EndButton.ClickAsync();
        await visit.Page.IsAsync("ended");
        Assert.Equal("0", await visit.Page.Tab.EvaluateAsync<string>("String(Object.values(localStorage).filter(value => value.includes('sessionId')).length)"));
    }
}

using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using ChatGen.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests;

/// <summary>A chat from its start to its end, on a page in a browser.</summary>
public sealed class ConversationTests(ChromiumBrowser browser, PublishedSite site)
{
    [Fact]
    public async Task Visitor_and_agent_chat_both_ways()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site, ScriptedAgent.Silent);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync("Jane", "A late parcel");
        ChatBackendSession session = await visit.SessionAsync();
        await session.Agent.SendAsync("How can I help you?");
        await visit.Page.SeesAsync("How can I help you?");
        await visit.Page.SayAsync("Where is my parcel?");
        await visit.Page.SeesAsync("Where is my parcel?");

        Assert.Equal(("Jane", "A late parcel", "jane@example.com"), (session.Username, session.Subject, (string?)session.UserData["EmailAddress"]));
        Assert.Contains(await visit.Page.ReadAsync(), line => line.Contains("visitor", StringComparison.Ordinal) && line.Contains("Where is my parcel?", StringComparison.Ordinal));
        Assert.Contains(await visit.Page.ReadAsync(), line => line.Contains("agent", StringComparison.Ordinal) && line.Contains("How can I help you?", StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Each_sees_that_the_other_is_typing()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site, ScriptedAgent.Silent);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync();
        ChatBackendSession session = await visit.SessionAsync();
        await session.Agent.TypeAsync();
        await Expect(visit.Page.Typing).ToContainTextAsync("typing");
        await session.Agent.TypeAsync(isTyping: false);
        await Expect(visit.Page.Typing).ToHaveCountAsync(0);
        Task<ChatBackendRequest> told = visit.Backend.Requests.WaitForNextAsync(request => request.IsPublish, TestContext.Current.CancellationToken);
        await visit.Page.MessageBox.PressSequentiallyAsync("Wh");
        await told;
        await Eventually.HoldsAsync(() => session.IsVisitorTyping);
    }

    [Fact]
    public async Task Chat_that_the_visitor_ends_is_over_for_both_and_another_can_be_started()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync();
        await visit.Page.EndButton.ClickAsync();
        await visit.Page.IsAsync("ended");
        ChatBackendSession first = await visit.SessionAsync();
        Assert.True(first.IsEnded);
        await visit.Page.NewButton.ClickAsync();
        await visit.Page.StartAsync();
        Assert.Equal(2, visit.Backend.Sessions.Count);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Chat_that_the_agent_ends_is_over_and_cannot_be_restored()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync();
        await (await visit.SessionAsync()).Agent.EndAsync();
        await visit.Page.IsAsync("ended");
        await Expect(visit.Page.MessageBox).ToHaveCountAsync(0);
        await visit.Page.Tab.ReloadAsync();
        await Expect(visit.Page.StartButton).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Text_is_shown_as_text_whatever_is_in_it()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site, ScriptedAgent.Silent);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync("<b>Jane</b>");
        ChatBackendSession session = await visit.SessionAsync();
        const string Hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        await session.Agent.SendAsync(Hostile);
        await session.Agent.SendAsync("javascript:document.title='owned'", ChatMessageType.Url);
        await visit.Page.SeesAsync(Hostile);
        await visit.Page.SeesAsync("javascript:document.title");
        Assert.Equal(0, await visit.Page.Conversation.Locator("img, script, a[href^='javascript']").CountAsync());
        Assert.DoesNotContain("owned", await visit.Page.Tab.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_of_the_backend_is_told_in_the_words_of_the_schema()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        visit.Backend.GoOffline();
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.NameField.FillAsync("Jane");
        await visit.Page.StartButton.ClickAsync();
        await Expect(visit.Page.Alerts).ToContainTextAsync("The chat could not be started. The connection is interrupted.");
        visit.Backend.GoOnline();
        await visit.Page.StartButton.ClickAsync();
        await visit.Page.IsAsync("connected");
    }
}

using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests;

/// <summary>Two people chat: one at the visitor's page, one at the agent's, over the backend that the sample starts.</summary>
public sealed class AgentTests(ChromiumBrowser browser, PublishedSite site)
{
    [Fact]
    public async Task Person_at_the_agents_page_chats_with_a_visitor()
    {
        using SiteHost host = await SiteHost.StartAsync(site, SiteHost.FindAddress(), server: null);
        Uri address = host.Address;
        await using IBrowserContext visitors = await browser.OpenContextAsync();
        await using IBrowserContext agents = await browser.OpenContextAsync(new BrowserNewContextOptions { BypassCSP = true });
        IPage desk = await agents.NewPageAsync();
        await desk.GotoAsync(new Uri(address, "/agent").AbsoluteUri);
        await Expect(desk.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();

        var visitor = new ChatPage(await visitors.NewPageAsync());
        await visitor.OpenAsync(address);
        await visitor.StartAsync("Jane", "A late parcel");
        await desk.GetByRole(AriaRole.Button, new() { NameRegex = new("Jane") }).First.ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        var agent = new ChatPage(desk);
        await agent.SayAsync("Hello Jane");
        await visitor.SeesAsync("Hello Jane");
        await visitor.SayAsync("Hello, where is it?");
        await agent.SeesAsync("Hello, where is it?");
        await visitor.MessageBox.PressSequentiallyAsync("I");
        await Expect(agent.Typing).ToContainTextAsync("typing");
        await agent.MessageBox.PressSequentiallyAsync("I");
        await Expect(visitor.Typing).ToContainTextAsync("typing");

        await Pictures.TakeAsync(desk, "agent");
        Assert.Equal("", await Axe.FindBarriersAsync(desk, "agent"));

        await visitor.Tab.ReloadAsync();
        await visitor.IsAsync("connected");
        await agent.SayAsync("Still there?");
        await visitor.SeesAsync("Still there?");
        await agent.EndButton.ClickAsync();
        await visitor.IsAsync("ended");
    }
}

using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using ChatGen.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests;

/// <summary>What axe-core finds in each state of the visitor's page, and how the page looks there.</summary>
public sealed class AccessibilityTests(ChromiumBrowser browser, PublishedSite site)
{
    public static TheoryData<string, ColorScheme, int> Looks { get; } = new()
    {
        { "light", ColorScheme.Light, 1000 },
        { "dark", ColorScheme.Dark, 1000 },
        { "narrow", ColorScheme.Light, 320 },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_has_no_serious_barrier_in_any_state(string look, ColorScheme scheme, int width)
    {
        await using Visit visit = await Visit.BeginAsync(
            browser, site, ScriptedAgent.Silent, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 760 }, ReducedMotion = ReducedMotion.Reduce, BypassCSP = true });
        ChatPage page = visit.Page;
        await page.OpenAsync(visit.Site);
        await Expect(page.StartButton).ToBeVisibleAsync();
        await CheckAsync("form");

        await page.EmailField.FillAsync("jane at example");
        await page.StartButton.ClickAsync();
        await Expect(page.NameField).ToBeFocusedAsync();
        await CheckAsync("form-errors");

        await page.StartAsync();
        await CheckAsync("waiting");

        ChatBackendSession session = await visit.SessionAsync();
        await session.Agent.SendAsync("Hello Jane, my name is Sam. How can I help you?");
        await page.SayAsync("My parcel should have been here on Monday.\nThe number is Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft-0123456789.");
        await session.Agent.SendAsync("https://example.com/parcels/0123456789", ChatMessageType.Url);
        await session.Agent.TypeAsync();
        await Expect(page.Typing).ToContainTextAsync("typing");
        await page.SeesAsync("example.com/parcels");
        await CheckAsync("chat");

        visit.Backend.GoOffline();
        await page.IsAsync("interrupted");
        await CheckAsync("interrupted");
        visit.Backend.GoOnline();
        await page.IsAsync("connected");

        await page.Tab.ReloadAsync();
        await page.IsAsync("connected");
        await page.SeesAsync("example.com/parcels");
        await CheckAsync("restored");

        await page.EndButton.ClickAsync();
        await page.IsAsync("ended");
        await CheckAsync("ended");

        await page.Tab.GotoAsync(new Uri(visit.Site, "/about").AbsoluteUri);
        await CheckAsync("about");

        async Task CheckAsync(string state)
        {
            await Pictures.TakeAsync(page.Tab, $"{look}-{state}");
            Assert.True(await page.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{look}, {state}: the page has to be scrolled sideways.");
            Assert.Equal("", await Axe.FindBarriersAsync(page.Tab, $"{look}, {state}"));
        }
    }
}

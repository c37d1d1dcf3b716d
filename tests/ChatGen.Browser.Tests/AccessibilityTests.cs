using System.Text.Json;
using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using ChatGen.Testing;
using ChatGen.Tests.Shared;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests;

/// <summary>What axe-core finds in each state of the page, and how the page looks there. The pictures are kept in <c>artifacts/browser-tests/screenshots</c>.</summary>
public sealed class AccessibilityTests(ChromiumBrowser browser, PublishedSite site)
{
    private static readonly string s_pictures = Path.Combine(Repository.Root, "artifacts", "browser-tests", "screenshots");

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
        await NpmPackages.BrowserTools.RequireAsync();
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
            Directory.CreateDirectory(s_pictures);
            await page.Tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(s_pictures, $"{look}-{state}.png") });
            Assert.True(await page.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{look}, {state}: the page has to be scrolled sideways.");
            Assert.Equal("", await FindBarriersAsync(page.Tab, $"{look}, {state}"));
        }
    }

    [Fact]
    public async Task Agents_page_has_no_serious_barrier()
    {
        await NpmPackages.BrowserTools.RequireAsync();
        await using Visit visit = await Visit.BeginAsync(browser, site, options: new BrowserNewContextOptions { BypassCSP = true });
        await visit.Page.Tab.GotoAsync(new Uri(visit.Site, "/agent").AbsoluteUri);
        await Expect(visit.Page.Tab.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
        await visit.Page.Tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Directory.CreateDirectory(s_pictures).FullName, "agent.png") });
        Assert.Equal("", await FindBarriersAsync(visit.Page.Tab, "agent"));
    }

    private static async Task<string> FindBarriersAsync(IPage tab, string where)
    {
        await tab.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Path.Combine(NpmPackages.BrowserTools.Folder, "node_modules", "axe-core", "axe.min.js") });
        JsonElement? result = await tab.EvaluateAsync("axe.run()");
        return string.Join(Environment.NewLine, result!.Value.GetProperty("violations").EnumerateArray()
            .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(violation => $"{where}: {violation.GetProperty("id")}: {violation.GetProperty("help")}: {string.Join("; ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").GetString()))}"));
    }
}

using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests;

/// <summary>The cookie of the built-in storage.</summary>
public sealed class CookieTests(ChromiumBrowser browser, PublishedSite site)
{
    [Fact]
    public async Task Cookie_is_there_while_the_page_is_away_and_only_then()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=86400");
        await visit.Page.StartAsync();
        await visit.Page.SayAsync("A secret");
        await visit.Page.SeesAsync("You said: A secret");
        Assert.Empty(await visit.CookiesAsync());

        double before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await visit.Page.Tab.GotoAsync("about:blank");
        BrowserContextCookiesResult cookie = await visit.CookieAsync();
        Assert.Equal(("/", SameSiteAttribute.Lax, false, false), (cookie.Path, cookie.SameSite, cookie.HttpOnly, cookie.Secure));

        // Playwright has the time as a float, which is exact to about two minutes.
        Assert.InRange(cookie.Expires, before + 86400 - 130, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 86400 + 130);
        Assert.InRange(cookie.Name.Length + cookie.Value.Length, 1, 3000);
        Assert.DoesNotContain("secret", Uri.UnescapeDataString(cookie.Value), StringComparison.Ordinal);

        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=86400");
        await visit.Page.IsAsync("connected");
        Assert.Empty(await visit.CookiesAsync());
    }

    [Fact]
    public async Task Cookie_that_is_no_state_is_told_and_does_not_keep_the_visitor_from_chatting()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=60");
        await visit.Page.StartAsync();
        await visit.Page.Tab.GotoAsync("about:blank");
        BrowserContextCookiesResult cookie = await visit.CookieAsync();
        await visit.Context.AddCookiesAsync([new Cookie { Name = cookie.Name, Value = "no%20state", Url = visit.Site.AbsoluteUri }]);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=60");
        await Expect(visit.Page.Alerts).ToContainTextAsync("could not be brought back");
        await visit.Page.StartAsync();
    }

    [Fact]
    public async Task Chat_that_has_ended_leaves_no_cookie_and_no_history()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site, "?maxOfflineDuration=60");
        await visit.Page.StartAsync();
        await visit.Page.SayAsync("A secret");
        await visit.Page.SeesAsync("You said: A secret");
        await visit.Page.EndButton.ClickAsync();
        await visit.Page.IsAsync("ended");
        Assert.DoesNotContain("secret", await visit.Page.Tab.EvaluateAsync<string>("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"), StringComparison.Ordinal);
        await visit.Page.Tab.GotoAsync("about:blank");
        Assert.Empty(await visit.CookiesAsync());
    }

    [Fact]
    public async Task Cookie_of_a_page_over_https_goes_over_https_alone()
    {
        await using IBrowserContext context = await browser.OpenContextAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true });
        await using SecureModuleSite secure = await SecureModuleSite.StartAsync();
        IPage tab = await context.NewPageAsync();
        await tab.GotoAsync(secure.Address.AbsoluteUri);
        await tab.EvaluateAsync("import('/chatgen.js').then(module => module.keep(module.open('chatgen', '/'), 1, 'state', 60))");
        await tab.GotoAsync("about:blank");
        await Eventually.HoldsAsync(async () => (await context.CookiesAsync()).Count > 0);
        BrowserContextCookiesResult cookie = Assert.Single(await context.CookiesAsync());
        Assert.Equal(("state", true, SameSiteAttribute.Lax), (cookie.Value, cookie.Secure, cookie.SameSite));
    }
}

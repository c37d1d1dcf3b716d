using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using ChatGen.Testing;
using Xunit;

namespace ChatGen.Browser.Tests;

/// <summary>What goes over the wire. Specification: option <c>disableWebSockets</c>.</summary>
public sealed class TransportTests(ChromiumBrowser browser, PublishedSite site)
{
    [Fact]
    public async Task Page_uses_a_WebSocket()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync();
        await visit.Page.Tab.ReloadAsync();
        await visit.Page.IsAsync("connected");
        await visit.Page.SayAsync("Hello");
        await visit.Page.SeesAsync("You said: Hello");
        Assert.Equal((2, 0), (visit.Backend.Requests.WebSocketUpgrades, visit.Backend.Requests.LongPollingRequests));
    }

    [Fact]
    public async Task Page_that_must_not_use_WebSockets_keeps_to_long_polling_after_a_reload_too()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        int sockets = 0;
        visit.Page.Tab.WebSocket += (_, _) => sockets++;
        await visit.Page.OpenAsync(visit.Site, "?websockets=off");
        await visit.Page.StartAsync();
        await visit.Page.Tab.ReloadAsync();
        await visit.Page.IsAsync("connected");
        await visit.Page.SayAsync("Hello");
        await visit.Page.SeesAsync("You said: Hello");
        Assert.Equal((0, 0), (sockets, visit.Backend.Requests.WebSocketUpgrades + visit.Backend.Requests.RefusedWebSocketUpgrades));
        Assert.True(visit.Backend.Requests.LongPollingRequests > 0);
    }

    [Fact]
    public async Task Page_falls_back_to_long_polling_where_there_are_no_WebSockets()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        using IDisposable refused = visit.Backend.Faults.RefuseWebSockets();
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.StartAsync();
        await visit.Page.SayAsync("Hello");
        await visit.Page.SeesAsync("You said: Hello");
        Assert.True(visit.Backend.Requests.RefusedWebSocketUpgrades > 0);
        Assert.True(visit.Backend.Requests.LongPollingRequests > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?websockets=off")]
    public async Task Page_that_loses_the_server_says_so_and_goes_on_when_it_is_back(string query)
    {
        await using Visit visit = await Visit.BeginAsync(browser, site, ScriptedAgent.Silent);
        await visit.Page.OpenAsync(visit.Site, query);
        await visit.Page.StartAsync();
        ChatBackendSession session = await visit.SessionAsync();
        await session.Agent.SendAsync("before");
        await visit.Page.SeesAsync("before");

        // The server's process is gone, and with it all that it knew of connections.
        visit.Backend.GoOffline();
        visit.Backend.Restart();
        await visit.Page.IsAsync("interrupted");
        await session.Agent.SendAsync("meanwhile");
        visit.Backend.GoOnline();

        await visit.Page.IsAsync("connected");
        await visit.Page.SeesAsync("meanwhile");
        await visit.Page.SayAsync("after");
        await visit.Page.SeesAsync("after");
        IReadOnlyList<string> lines = await visit.Page.ReadAsync();
        Assert.Equal(lines.Count, lines.Distinct().Count());
        Assert.Single(visit.Backend.Sessions);
    }
}

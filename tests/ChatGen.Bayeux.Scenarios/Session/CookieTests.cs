using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Session;

public sealed class CookieTests : ScenarioTest
{
    private const string GivesNone = "The server gives no cookie.";

    [Theory, Scenario("CookiesSentOnHandshakeReply")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    [NotAgainst(Against.FayeLongPolling, GivesNone)]
    public async Task CookiesSentOnHandshakeReply(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        Assert.Equal("", (await Server.NextAsync("/meta/handshake")).Cookie);
        string cookie = (await Server.NextAsync("/meta/connect")).Cookie;
        Assert.StartsWith("BAYEUX_BROWSER=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(";", cookie, StringComparison.Ordinal);
        await PublishAsync("1");
        Assert.Equal(cookie, (await Server.NextAsync(A)).Cookie);
    }

    [Theory, Scenario("CookiesOfEachSession")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    [NotAgainst(Against.FayeLongPolling, GivesNone)]
    public async Task CookiesOfEachSession_are_not_shared(Against column)
    {
        await StartAsync(column);
        using var handler = new SocketsHttpHandler { UseCookies = false };
        await ConnectAsync(options => options with { HttpMessageHandler = handler });
        string first = (await Server.NextAsync("/meta/connect")).Cookie;
        await ConnectAsync(options => options with { HttpMessageHandler = handler });
        await Server.NextAsync("/meta/handshake");
        Assert.Equal("", (await Server.NextAsync("/meta/handshake")).Cookie);
        Assert.NotEqual("", first);
    }

    [Theory, Scenario("MultipleCookies")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    [NotAgainst(Against.ScriptedWebSocket, Because.OfHttp)]
    public async Task MultipleCookies(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/handshake" }
            ? Reply.Http(
                200,
                ScriptedServer.Text([Server.HandshakeReply(message)]),
                "application/json",
                ("Set-Cookie", "route=7; Path=/; HttpOnly"),
                ("Set-Cookie", "BAYEUX_BROWSER=b; HttpOnly"))
            : null;
        await ConnectAsync();
        string[] cookies = (await Server.NextAsync("/meta/connect")).Cookie.Split("; ");
        Assert.Equal(["BAYEUX_BROWSER=b", "route=7"], cookies.Order(StringComparer.Ordinal));
    }

    [Theory, Scenario("CookieExpiry")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    [NotAgainst(Against.ScriptedWebSocket, Because.OfHttp)]
    public async Task CookieExpiry(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message switch
        {
            { Channel: "/meta/handshake" } => Reply.Http(
                200,
                ScriptedServer.Text([Server.HandshakeReply(message)]),
                "application/json",
                ("Set-Cookie", "route=7; Path=/"),
                ("Set-Cookie", "stays=1; Path=/; Max-Age=3600")),
            { Channel: "/meta/connect", Number: 1 } => Reply.Http(
                200,
                ScriptedServer.Text([message.Ok()]),
                "application/json",
                ("Set-Cookie", "route=; Path=/; Max-Age=0")),
            _ => null,
        };
        await ConnectAsync();
        Assert.Contains("route=7", (await Server.NextAsync("/meta/connect")).Cookie, StringComparison.Ordinal);
        Assert.Equal("stays=1", (await Server.NextAsync("/meta/connect")).Cookie);
    }

    [Theory, Scenario("CookiesOfUpgrade")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task CookiesOfUpgrade_go_with_the_next_one(Against column)
    {
        await StartAsync(column);
        Server.UpgradeCookie = "route=7; Path=/";
        await ConnectAsync();
        await Server.NextAsync("/meta/connect");
        await Server.NextAsync("/meta/connect");
        Server.AbortSockets();
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(["", "route=7"], Server.UpgradeRequests.Select(static request => request["Cookie"]));
    }
}

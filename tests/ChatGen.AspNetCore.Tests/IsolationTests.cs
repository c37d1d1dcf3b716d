using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ChatGen.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatGen.AspNetCore.Tests;

public sealed class IsolationTests : IAsyncLifetime
{
    private static readonly Uri s_site = new("https://shop.example/chat");

    private ChatBackend _backend = null!;
    private Site _site = null!;
    private VisitorBrowser _jane = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        _site = await Site.StartAsync(_backend);
        _jane = await VisitorBrowser.EnterAsync(_site);
        await _jane.SayAsync("My number is 4711");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Another_visitor_sees_and_says_nothing_in_the_chat()
    {
        VisitorBrowser john = await VisitorBrowser.EnterAsync(_site);
        await john.SayAsync("Hello");
        Assert.Equal(["My number is 4711"], _backend.Sessions[0].Messages);
        Assert.Equal(["Hello"], _backend.Sessions[1].Messages);
        await using EventReader events = await john.ListenAsync();
        Assert.Equal("Hello", await events.NextMessageAsync());
        JsonElement transcript = await john.DoAsync("/commands/getTranscript");
        Assert.DoesNotContain("4711", transcript.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_place_in_the_stream_brings_nothing_of_his_chat()
    {
        await using EventReader own = await _jane.ListenAsync();
        await own.NextMessageAsync();
        VisitorBrowser john = await VisitorBrowser.EnterAsync(_site);
        await john.SayAsync("Hello");
        await using EventReader events = await john.ListenAsync(own.LastEventId);
        Assert.Equal("Hello", await events.NextMessageAsync());
    }

    [Fact]
    public async Task The_cookies_admit_to_the_chat_and_are_kept_from_scripts_and_other_sites()
    {
        var john = new VisitorBrowser(_site);
        await john.DescribeAsync();
        string key = Assert.Single(john.SetCookies, cookie => cookie.StartsWith(".ChatGen=", StringComparison.Ordinal));
        Assert.Contains("httponly", key, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", key, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", key, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/chat", key, StringComparison.OrdinalIgnoreCase);
        await john.DoAsync("/start", """{"queue":"sales"}""");
        string state = Assert.Single(john.SetCookies, cookie => cookie.StartsWith(".ChatGen.State=", StringComparison.Ordinal));
        Assert.Contains("httponly", state, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", state, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", state, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/chat", state, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=60", state, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_backend.Sessions[1].Id, state, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_http_the_cookies_do_not_ask_for_https()
    {
        var john = new VisitorBrowser(_site) { Scheme = "http" };
        await john.DescribeAsync();
        Assert.DoesNotContain("secure", Assert.Single(john.SetCookies, cookie => cookie.StartsWith(".ChatGen=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
    }

    public static TheoryData<string> Forgeries => new()
    {
        "",
        "x",
        "!!!",
        new string('A', 3_000),
        WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)),
        WebEncoders.Base64UrlEncode(new EphemeralDataProtectionProvider().CreateProtector("ChatGen.AspNetCore.Visitor", "shop").Protect(RandomNumberGenerator.GetBytes(32))),
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_cookie_is_as_good_as_none(string value)
    {
        _jane.Cookies.Add(s_site, new Cookie(".ChatGen", value, "/chat"));
        await AssertNobodyAsync(_jane);
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_is_as_good_as_none()
    {
        string value = _jane.Cookies.GetCookies(s_site)[".ChatGen"]!.Value;
        foreach (int place in new[] { 0, value.Length / 2, value.Length - 2 })
        {
            char other = value[place] == 'A' ? 'B' : 'A';
            _jane.Cookies.Add(s_site, new Cookie(".ChatGen", value[..place] + other + value[(place + 1)..], "/chat"));
            await AssertNobodyAsync(_jane);
        }
    }

    [Fact]
    public async Task The_cookie_of_the_state_is_none_of_the_visitor_and_the_other_way_round()
    {
        string state = _jane.Cookies.GetCookies(s_site)[".ChatGen.State"]!.Value;
        _jane.Cookies.Add(s_site, new Cookie(".ChatGen", state, "/chat"));
        await AssertNobodyAsync(_jane);
    }

    [Fact]
    public async Task Without_the_visitors_cookie_the_state_admits_to_nothing()
    {
        var john = new VisitorBrowser(_site);
        await john.DescribeAsync();
        john.Cookies.Add(s_site, new Cookie(".ChatGen.State", _jane.Cookies.GetCookies(s_site)[".ChatGen.State"]!.Value, "/chat"));
        Assert.False((await john.DescribeAsync()).GetProperty("hasChat").GetBoolean());
        await john.FailAsync(HttpStatusCode.NotFound, "/restore");
        await john.FailAsync(HttpStatusCode.NotFound, "/commands/getTranscript");
    }

    [Fact]
    public async Task The_cookies_of_a_chat_that_was_left_admit_to_nothing()
    {
        var thief = new VisitorBrowser(_site) { Token = _jane.Token };
        foreach (Cookie cookie in _jane.Cookies.GetCookies(s_site))
        {
            thief.Cookies.Add(s_site, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        }

        await _jane.DoAsync("/leave");
        Assert.Contains(_jane.SetCookies, cookie => cookie.StartsWith(".ChatGen=;", StringComparison.Ordinal));
        Assert.Contains(_jane.SetCookies, cookie => cookie.StartsWith(".ChatGen.State=;", StringComparison.Ordinal));
        HttpStatusCode status = (await thief.PostAsync("/commands/getTranscript")).StatusCode;
        Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.Gone, status.ToString());

        // On a server that does not hold the chat the old state is tried, and the backend does not know the session.
        await _site.Host.SweepAsync();
        await _jane.DescribeAsync();
        await _jane.DoAsync("/start", """{"queue":"sales"}""");
        Assert.DoesNotContain("4711", (await _jane.DoAsync("/commands/getTranscript")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_tells_a_key_that_is_in_use_from_one_that_is_not()
    {
        var unknown = new VisitorBrowser(_site);
        await unknown.DescribeAsync();
        var forged = new VisitorBrowser(_site) { Token = unknown.Token };
        forged.Cookies.Add(unknown.Cookies.GetCookies(s_site));
        forged.Cookies.Add(s_site, new Cookie(".ChatGen", "forged", "/chat"));
        Assert.Equal(
            (await unknown.FailAsync(HttpStatusCode.NotFound, "/restore")).GetRawText(),
            (await forged.FailAsync(HttpStatusCode.NotFound, "/restore")).GetRawText());
        Assert.Equal(0, _site.Host.Waiting);
        Assert.Equal(1, _site.Host.Count);
    }

    private async Task AssertNobodyAsync(VisitorBrowser visitor)
    {
        foreach (string path in new[] { "/restore", "/commands/getTranscript", "/leave" })
        {
            await visitor.FailAsync(HttpStatusCode.NotFound, path);
        }

        await using (EventReader events = await visitor.ListenAsync())
        {
            Assert.Equal(HttpStatusCode.NotFound, events.Status);
        }

        Assert.False((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());
        Assert.False(_backend.Sessions[0].IsEnded);
    }
}

using System.Net;
using System.Text.Json;
using ChatGen.AspNetCore.Tests.Chat;
using ChatGen.Testing;
using Microsoft.Extensions.Options;

namespace ChatGen.AspNetCore.Tests;

public sealed class StartOptionsTests : IAsyncLifetime
{
    private ChatBackend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Theory]
    [InlineData("serverUrl", "\"http://169.254.169.254/\"")]
    [InlineData("ServerURL", "\"http://169.254.169.254/\"")]
    [InlineData("server\\u0055rl", "\"http://169.254.169.254/\"")]
    [InlineData("transport", "{}")]
    [InlineData("stateStorage", "{}")]
    [InlineData("maxOfflineDuration", "100000")]
    [InlineData("disableWebSockets", "true")]
    [InlineData("logger", "{}")]
    public async Task What_is_the_clients_own_a_visitor_cannot_set(string member, string value)
    {
        await using Site site = await Site.StartAsync(_backend);
        var visitor = new VisitorBrowser(site);
        await visitor.DescribeAsync();
        JsonElement problem = await visitor.FailAsync(HttpStatusCode.BadRequest, "/start", $$"""{"queue":"sales","{{member}}":{{value}}}""");
        string name = JsonSerializer.Deserialize<string>($"\"{member}\"")!;
        Assert.Contains(name, problem.GetProperty("errors").GetProperty("$." + name)[0].GetString(), StringComparison.Ordinal);
        Assert.Empty(_backend.Sessions);
    }

    [Fact]
    public async Task A_member_that_stands_twice_is_refused()
    {
        await using Site site = await Site.StartAsync(_backend);
        var visitor = new VisitorBrowser(site);
        await visitor.DescribeAsync();
        await visitor.FailAsync(HttpStatusCode.BadRequest, "/start", """{"queue":"sales","queue":"support"}""");
    }

    [Fact]
    public async Task What_must_be_there_may_come_from_the_visitor_and_is_checked()
    {
        await using Site site = await Site.StartAsync(_backend);
        var visitor = new VisitorBrowser(site);
        await visitor.DescribeAsync();
        JsonElement problem = await visitor.FailAsync(HttpStatusCode.BadRequest, "/start", "{}");
        Assert.Contains("queue", problem.GetProperty("errors").GetProperty("$")[0].GetString(), StringComparison.Ordinal);
        await visitor.FailAsync(HttpStatusCode.BadRequest, "/start", """{"queue":"complaints"}""");
        Assert.Empty(_backend.Sessions);
        await visitor.DoAsync("/start", """{"queue":"support"}""");
        Assert.Equal("support", (string?)_backend.Sessions[0].StartRequest["queue"]);
    }

    [Fact]
    public async Task What_the_visitor_sends_is_set_over_what_is_configured()
    {
        await using Site site = await Site.StartAsync(_backend, settings: new()
        {
            ["Chat:StartSession:Subject"] = "From the shop",
            ["Chat:StartSession:Username"] = "Somebody",
            ["Chat:StartSession:UserData:Page"] = "shop",
            ["Chat:StartSession:UserData:Language"] = "en",
        });
        await VisitorBrowser.EnterAsync(site, """{"queue":"sales","username":"Jane","userData":{"Language":"de"}}""");
        ChatBackendSession session = _backend.Sessions[0];
        Assert.Equal("From the shop", session.Subject);
        Assert.Equal("Jane", session.Username);
        Assert.Equal("""{"Language":"de","Page":"shop"}""", session.UserData.ToJsonString());
    }

    [Fact]
    public async Task What_code_completes_the_visitor_cannot_change()
    {
        await using Site site = await Site.StartAsync(
            _backend, gateway => gateway.CompleteOptions<StartSessionOptions>((context, options) => options with { Username = "Host " + context.Request.Host }));
        await VisitorBrowser.EnterAsync(site, """{"queue":"sales","username":"Jane"}""");
        Assert.Equal("Host shop.example", _backend.Sessions[0].Username);
    }

    [Fact]
    public async Task What_is_configured_wrong_keeps_the_host_from_starting()
    {
        OptionsValidationException wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => Site.StartAsync(_backend, settings: new() { ["Chat:StartSession:MaxOfflineDuration"] = "soon" }));
        Assert.Contains("maxOfflineDuration", wrong.Message, StringComparison.OrdinalIgnoreCase);
        OptionsValidationException unfit = await Assert.ThrowsAsync<OptionsValidationException>(() => Site.StartAsync(_backend, gateway => gateway.Configure(options => options.IdleTimeout = TimeSpan.Zero)));
        Assert.Contains("IdleTimeout", unfit.Message, StringComparison.Ordinal);
    }
}

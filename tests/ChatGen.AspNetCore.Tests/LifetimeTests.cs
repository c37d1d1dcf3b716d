using System.Net;
using ChatGen.AspNetCore.Tests.Chat;
using ChatGen.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.AspNetCore.Tests;

public sealed class LifetimeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private ChatBackend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task A_chat_that_nobody_uses_is_let_go_of_and_comes_back_with_the_next_request()
    {
        await using Site site = await StartAsync(new() { ["Chat:StartSession:MaxOfflineDuration"] = "3600" });
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        await visitor.SayAsync("One");
        _clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(1, site.Host.Count);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually.IsTrueAsync(() => site.Host.Count == 0);
        Assert.False(_backend.Sessions[0].IsEnded);
        await visitor.SayAsync("Two");
        Assert.Equal(1, site.Host.Count);
        Assert.Equal(["One", "Two"], _backend.Sessions[0].Messages);
    }

    [Fact]
    public async Task A_chat_with_a_stream_is_not_idle()
    {
        await using Site site = await StartAsync();
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        EventReader events = await visitor.ListenAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, site.Host.Count);
        await events.DisposeAsync();
        await Eventually.IsTrueAsync(() => site.Host.Streams == 0);
        _clock.Advance(TimeSpan.FromMinutes(3));
        await Eventually.IsTrueAsync(() => site.Host.Count == 0);
    }

    [Fact]
    public async Task After_the_maximum_offline_duration_there_is_nothing_to_come_back_to()
    {
        await using Site site = await StartAsync(new() { ["Chat:StartSession:MaxOfflineDuration"] = "200" });
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        _clock.Advance(TimeSpan.FromSeconds(150));
        await Eventually.IsTrueAsync(() => site.Host.Count == 0);
        Assert.True((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());
        _clock.Advance(TimeSpan.FromSeconds(51));
        Assert.False((await visitor.DescribeAsync()).GetProperty("hasChat").GetBoolean());
        await visitor.FailAsync(HttpStatusCode.NotFound, "/restore");
        await visitor.DoAsync("/start", """{"queue":"sales"}""");
    }

    [Fact]
    public async Task A_server_that_stops_refuses_what_is_new_and_is_not_healthy()
    {
        await using Site site = await StartAsync();
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(site));
        using HttpResponseMessage healthy = await visitor.SendAsync(HttpMethod.Get, "/health");
        Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);

        await site.Services.GetRequiredService<ChatGateway<ChatClient>>().StoppingAsync(Deadline.Token);

        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(site));
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Get, "/chat"), (HttpMethod.Post, "/chat/start"), (HttpMethod.Post, "/chat/restore"), (HttpMethod.Get, "/chat/events") })
        {
            using HttpResponseMessage response = await visitor.SendAsync(method, path, method == HttpMethod.Post ? """{"queue":"sales"}""" : null);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        Assert.Equal(0, site.Host.Count);
        Assert.False(_backend.Sessions[0].IsEnded);
    }

    [Fact]
    public async Task A_server_holds_so_many_chats_and_no_more()
    {
        await using Site site = await Site.StartAsync(_backend, gateway => gateway.Configure(options => options.MaxSessions = 1));
        await VisitorBrowser.EnterAsync(site);
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(site));
        var late = new VisitorBrowser(site);
        await late.DescribeAsync();
        Assert.Equal("busy", (await late.FailAsync(HttpStatusCode.ServiceUnavailable, "/start", """{"queue":"sales"}""")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_command_that_is_under_way_is_waited_for_before_the_chat_is_let_go_of()
    {
        await using Site site = await StartAsync();
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
        IDisposable hold = _backend.Faults.Delay(TimeSpan.FromSeconds(1), where: request => request.IsPublish);
        Task<HttpResponseMessage> saying = visitor.PostAsync("/commands/sendMessage", """{"message":"Hello"}""");
        await Eventually.IsTrueAsync(() => _backend.Requests.Recorded.Any(request => request is { IsPublish: true, IsDelayed: true }));
        await site.Services.GetRequiredService<ChatGateway<ChatClient>>().StoppingAsync(Deadline.Token);
        Assert.Equal(HttpStatusCode.NoContent, (await saying).StatusCode);
        Assert.Equal(["Hello"], _backend.Sessions[0].Messages);
        hold.Dispose();
    }

    private Task<Site> StartAsync(Dictionary<string, string?>? settings = null) => Site.StartAsync(
        _backend,
        gateway =>
        {
            gateway.Services.AddSingleton<TimeProvider>(_clock);

            // The connection to the backend lives in real time.
            gateway.Client.ConfigureSettings(each => each with { TimeProvider = TimeProvider.System });
        },
        settings);

    private static async Task<HealthStatus> HealthAsync(Site site) =>
        (await site.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Deadline.Token)).Status;
}

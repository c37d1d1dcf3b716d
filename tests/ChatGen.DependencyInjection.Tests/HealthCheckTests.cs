using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Shop.Chat;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>What the health check says of a client, and when.</summary>
public sealed class HealthCheckTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedTransport _transport = new();
    private readonly ServiceProvider _provider;

    public HealthCheckTests()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_time);
        services.AddChatClient<ChatClient>().AddHealthCheck();
        services.AddChatClient<ChatClient>("support").AddHealthCheck(tags: ["ready"]);
        services.AddChatClient<ChatClient>("sales").AddHealthCheck("sales chat", HealthStatus.Degraded);
        _provider = services.BuildServiceProvider();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Each_client_has_a_check_of_its_own()
    {
        HealthReport report = await _provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct);
        Assert.Equal(["Shop.Chat.ChatClient", "Shop.Chat.ChatClient.support", "sales chat"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["ready"], report.Entries["Shop.Chat.ChatClient.support"].Tags);
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    [Fact]
    public async Task A_client_whose_sessions_work_is_healthy()
    {
        await StartAsync();
        HealthReportEntry entry = await CheckAsync();
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal([new("sessions", 1), new("interruptedSessions", 0)], entry.Data);
    }

    [Fact]
    public async Task A_client_is_degraded_while_a_connection_is_interrupted()
    {
        await StartAsync();
        await StartAsync(new ScriptedTransport());
        _transport.Host!.OnInterrupted();
        HealthReportEntry entry = await CheckAsync();
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal([new("sessions", 2), new("interruptedSessions", 1)], entry.Data);

        _transport.Host.OnContinued();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task A_client_is_unhealthy_when_its_last_attempt_to_connect_has_failed()
    {
        await StartAsync(new ScriptedTransport());
        await FailAsync(_provider.GetRequiredService<ChatClient>(), new ChatException(ErrorCode.ConnectionInterrupted, "pelican"));
        HealthReportEntry entry = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal([new("sessions", 1), new("interruptedSessions", 0), new("failureCode", ErrorCode.ConnectionInterrupted.ToString()), new("failureTime", _time.GetUtcNow())], entry.Data);

        await StartAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task A_failure_is_reported_as_the_check_was_added()
    {
        await FailAsync(_provider.GetRequiredKeyedService<ChatClient>("sales"), new ChatException(ErrorCode.ConnectionInterrupted, "pelican"));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync("sales chat")).Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task What_is_reported_holds_no_words_and_no_secrets()
    {
        await StartAsync();
        await FailAsync(_provider.GetRequiredService<ChatClient>(), new InvalidOperationException("pelican-failure"));
        HealthReportEntry entry = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Null(entry.Exception);
        Assert.DoesNotContain("pelican", entry.Description + string.Join(' ', entry.Data), StringComparison.Ordinal);
    }

    private async Task<HealthReportEntry> CheckAsync(string name = "Shop.Chat.ChatClient") =>
        (await _provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(registration => registration.Name == name, Ct)).Entries[name];

    private Task<ChatSession> StartAsync(ScriptedTransport? transport = null) => _provider.GetRequiredService<ChatClient>().StartSessionAsync(Options(transport ?? _transport), Ct);

    private static Task<ChatException> FailAsync(ChatClient client, Exception failure) =>
        Assert.ThrowsAsync<ChatException>(() => client.StartSessionAsync(Options(new ScriptedTransport { Failure = failure }), Ct));

    private static StartSessionOptions Options(ScriptedTransport transport) => new() { Transport = transport, StateStorage = new MemoryChatStateStorage() };
}

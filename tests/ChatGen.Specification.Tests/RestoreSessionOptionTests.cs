using ChatGen.Specification.Tests.Doubles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Specification.Tests;

/// <summary>The rows of the table of restoreSession's options, each through the generated client and a real backend.</summary>
public sealed class RestoreSessionOptionTests
{
    private static readonly RestoreSessionOptions s_defaults = new();

    [Fact]
    public async Task No_option_is_mandatory_after_a_start_with_the_built_in_transport()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, bench.Start);
        ChatSession? session = await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token);
        Assert.True(session?.IsActive);
        Assert.Equal(2, bench.Backend.Requests.WebSocketUpgrades);
    }

    [Fact]
    public async Task Transport_is_mandatory_if_the_session_was_started_with_one_of_the_users_own()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, new StartSessionOptions { Transport = bench.RestTransport() });
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
        Assert.Equal(ErrorCode.Unspecified, exception.Code);
        Assert.Equal("The stored session was started with a transport of its own: give 'Transport' the transport that startSession was given.", exception.Message);
        Assert.True(File.Exists(bench.StateFile));

        ChatSession? session = await bench.Client().RestoreSessionAsync(new RestoreSessionOptions { Transport = bench.RestTransport() }, Deadline.Token);
        Assert.True(session?.IsActive);
        Assert.Equal(0, bench.Backend.Requests.Handshakes);
    }

    [Fact]
    public async Task Transport_of_the_users_own_gets_the_state_and_the_options()
    {
        await using Bench bench = await Bench.StartAsync();
        var transport = new InMemoryTransport();
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { Transport = transport }, Deadline.Token);
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        await session.MessageAsync("Hello");
        await session.DisposeAsync();

        var options = new RestoreSessionOptions { Transport = transport };
        ChatSession restored = (await bench.Client().RestoreSessionAsync(options, Deadline.Token))!;
        Assert.Same(options, transport.RestoredWith);
        Assert.Equal((InMemoryTransport.SessionId, 1, null), (transport.RestoredFrom?.SessionId, transport.RestoredFrom?.LastIndex, transport.RestoredFrom?.ServerUrl));
        Assert.True((await restored.MessageAsync("Hello")).Restored);
    }

    [Fact]
    public async Task StateStorage_of_the_users_own_is_read_instead_of_the_built_in_one()
    {
        await using Bench bench = await Bench.StartAsync();
        var storage = new RecordingStorage();
        await StartAndLetGoAsync(bench, bench.Start with { StateStorage = storage });
        Assert.Null(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
        int writes = storage.Writes.Count;
        ChatSession? session = await bench.Client().RestoreSessionAsync(new RestoreSessionOptions { StateStorage = storage }, Deadline.Token);
        Assert.True(session?.IsActive);
        Assert.Equal(1, storage.Reads);
        Assert.True(storage.Writes.Count > writes);
        Assert.False(File.Exists(bench.StateFile));
        await session!.LeaveAsync(Deadline.Token);
        Assert.Null(storage.Writes[^1]);
    }

    [Fact]
    public async Task StateStorage_is_told_to_clear_all_state_if_the_backend_no_longer_knows_the_session()
    {
        await using Bench bench = await Bench.StartAsync();
        var storage = new RecordingStorage();
        await StartAndLetGoAsync(bench, bench.Start with { StateStorage = storage });
        await bench.Backend.Sessions[0].Agent.EndAsync();
        await Assert.ThrowsAsync<ChatException>(() => bench.Client().RestoreSessionAsync(new RestoreSessionOptions { StateStorage = storage }, Deadline.Token));
        Assert.Null(storage.Writes[^1]);
    }

    [Fact]
    public async Task MaxOfflineDuration_is_5_seconds_by_default()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), s_defaults.MaxOfflineDuration);
        Assert.True(await IsRestoredOnceMoreAfterAsync(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1), s_defaults));
        Assert.False(await IsRestoredOnceMoreAfterAsync(TimeSpan.FromSeconds(5), s_defaults));
    }

    [Fact]
    public async Task MaxOfflineDuration_that_is_given_is_how_long_the_state_is_kept_after_the_restored_session_was_let_go_of()
    {
        var options = new RestoreSessionOptions { MaxOfflineDuration = TimeSpan.FromMinutes(1) };
        Assert.True(await IsRestoredOnceMoreAfterAsync(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1), options));
        Assert.False(await IsRestoredOnceMoreAfterAsync(TimeSpan.FromMinutes(1), options));
    }

    [Fact]
    public async Task MaxOfflineDuration_of_zero_restores_what_is_still_stored_and_keeps_nothing_of_it()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, bench.Start);
        var options = new RestoreSessionOptions { MaxOfflineDuration = TimeSpan.Zero };
        ChatSession? session = await bench.Client().RestoreSessionAsync(options, Deadline.Token);
        Assert.True(session?.IsActive);
        Assert.False(File.Exists(bench.StateFile));
        await session!.DisposeAsync();
        Assert.Null(await bench.Client().RestoreSessionAsync(options, Deadline.Token));
    }

    [Fact]
    public async Task MaxOfflineDuration_must_not_be_negative()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, bench.Start);
        ChatValidationException exception = await Assert.ThrowsAsync<ChatValidationException>(
            () => bench.Client().RestoreSessionAsync(new RestoreSessionOptions { MaxOfflineDuration = TimeSpan.FromSeconds(-0.5) }, Deadline.Token));
        Assert.Equal("'MaxOfflineDuration' must be at least 0, but is -0.5", exception.Message);
        Assert.True(File.Exists(bench.StateFile));
        Assert.Equal(1, bench.Backend.Requests.Handshakes);
    }

    [Fact]
    public async Task MaxOfflineDuration_has_no_effect_on_a_storage_of_the_users_own()
    {
        await using Bench bench = await Bench.StartAsync();
        var clock = new FakeTimeProvider();
        var options = new RestoreSessionOptions { StateStorage = new RecordingStorage(), MaxOfflineDuration = TimeSpan.Zero };
        ChatSession session = await bench.Client(clock).StartSessionAsync(bench.Start with { StateStorage = options.StateStorage }, Deadline.Token);
        for (int i = 0; i < 2; i++)
        {
            await session.DisposeAsync();
            clock.Advance(TimeSpan.FromDays(1));
            session = (await bench.Client(clock).RestoreSessionAsync(options, Deadline.Token))!;
            Assert.True(session.IsActive);
        }
    }

    [Fact]
    public async Task DisableWebSockets_is_false_by_default()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, bench.Start);
        Assert.NotNull(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
        Assert.Equal((2, 0), (bench.Backend.Requests.WebSocketUpgrades, bench.Backend.Requests.LongPollingRequests));
    }

    [Fact]
    public async Task DisableWebSockets_that_both_are_given_keeps_to_long_polling()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, bench.Start with { DisableWebSockets = true });
        Assert.NotNull(await bench.Client().RestoreSessionAsync(new RestoreSessionOptions { DisableWebSockets = true }, Deadline.Token));
        Assert.Equal((0, 0), (bench.Backend.Requests.WebSocketUpgrades, bench.Backend.Requests.RefusedWebSocketUpgrades));
    }

    [Fact]
    public async Task DisableWebSockets_has_no_effect_on_a_transport_of_the_users_own()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, bench.Start);
        var options = new RestoreSessionOptions { Transport = new CometDChatTransport(bench.Backend.CometDUrl), DisableWebSockets = true };
        Assert.NotNull(await bench.Client().RestoreSessionAsync(options, Deadline.Token));
        Assert.Equal((2, 0), (bench.Backend.Requests.WebSocketUpgrades, bench.Backend.Requests.LongPollingRequests));
    }

    [Fact]
    public async Task Logger_that_is_given_receives_the_log_instead_of_the_clients()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench, bench.Start);
        var ofClient = new CollectingLogger();
        var given = new CollectingLogger();
        await bench.Client(logger: ofClient).RestoreSessionAsync(new RestoreSessionOptions { Logger = given }, Deadline.Token);
        Assert.Contains(given.Entries, entry => entry.Level == LogLevel.Information && entry.Text.Contains("The chat session was restored", StringComparison.Ordinal));
        Assert.Empty(ofClient.Entries);
    }

    private static async Task StartAndLetGoAsync(Bench bench, StartSessionOptions options, TimeProvider? clock = null)
    {
        ChatSession session = await bench.Client(clock).StartSessionAsync(options with { MaxOfflineDuration = TimeSpan.FromMinutes(10) }, Deadline.Token);
        await session.DisposeAsync();
    }

    private static async Task<bool> IsRestoredOnceMoreAfterAsync(TimeSpan offline, RestoreSessionOptions options)
    {
        await using Bench bench = await Bench.StartAsync();
        var clock = new FakeTimeProvider();
        await StartAndLetGoAsync(bench, bench.Start, clock);
        ChatSession session = (await bench.Client(clock).RestoreSessionAsync(options, Deadline.Token))!;
        await session.DisposeAsync();
        clock.Advance(offline);
        return await bench.Client(clock).RestoreSessionAsync(options, Deadline.Token) is { IsActive: true };
    }
}

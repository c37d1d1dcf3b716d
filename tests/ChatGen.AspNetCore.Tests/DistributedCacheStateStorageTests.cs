using System.Text;
using ChatGen.AspNetCore.Tests.Chat;
using ChatGen.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.AspNetCore.Tests;

public sealed class DistributedCacheStateStorageTests
{
    private static readonly ChatSessionState s_state = new() { SessionId = "very-secret", LastIndex = 7 };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly IDataProtectionProvider _protection = new EphemeralDataProtectionProvider();
    private readonly OpenCache _cache = new();

    [Fact]
    public async Task What_one_node_writes_another_reads()
    {
        await Storage("jane").WriteAsync(s_state, TestContext.Current.CancellationToken);
        ChatSessionState? read = await Storage("jane").ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(s_state.SessionId, read?.SessionId);
        Assert.Equal(7, read?.LastIndex);
        Assert.Null(await Storage("john").ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_cache_learns_neither_the_visitors_key_nor_the_session()
    {
        await Storage("jane").WriteAsync(s_state, TestContext.Current.CancellationToken);
        (string key, byte[] value) = Assert.Single(_cache.Entries);
        Assert.DoesNotContain("jane", key, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("very-secret", Encoding.Latin1.GetString(value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_was_moved_or_changed_is_not_read()
    {
        await Storage("jane").WriteAsync(s_state, TestContext.Current.CancellationToken);
        await Storage("john").WriteAsync(s_state with { SessionId = "other" }, TestContext.Current.CancellationToken);
        string[] keys = [.. _cache.Entries.Keys];
        (_cache.Entries[keys[0]], _cache.Entries[keys[1]]) = (_cache.Entries[keys[1]], _cache.Entries[keys[0]]);
        Assert.Null(await Storage("jane").ReadAsync(TestContext.Current.CancellationToken));
        Assert.Null(await Storage("john").ReadAsync(TestContext.Current.CancellationToken));
        _cache.Entries[keys[0]] = "{}"u8.ToArray();
        _cache.Entries[keys[1]] = [];
        Assert.Null(await Storage("jane").ReadAsync(TestContext.Current.CancellationToken));
        Assert.Null(await Storage("john").ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_state_expires_by_the_cache_and_by_what_it_holds()
    {
        await Storage("jane").WriteAsync(s_state, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(60), _cache.LastOptions?.AbsoluteExpirationRelativeToNow);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await Storage("jane").ReadAsync(TestContext.Current.CancellationToken));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Storage("jane").ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Clearing_and_zero_seconds_leave_nothing()
    {
        await Storage("jane").WriteAsync(s_state, TestContext.Current.CancellationToken);
        await Storage("jane").WriteAsync(null, TestContext.Current.CancellationToken);
        Assert.Empty(_cache.Entries);
        DistributedCacheChatStateStorage none = Storage("jane", 0);
        await none.WriteAsync(s_state, TestContext.Current.CancellationToken);
        Assert.Empty(_cache.Entries);
        Assert.Equal(Timeout.InfiniteTimeSpan, none.RenewalInterval);
    }

    [Fact]
    public async Task A_session_that_lives_longer_than_its_state_renews_it()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        await using var client = new ChatClient(new ChatClientSettings { Logger = NullLogger.Instance });
        var storage = new DistributedCacheChatStateStorage(_cache, _protection, "jane", TimeSpan.FromSeconds(1));
        await using ChatSession session = await client.StartSessionAsync(
            new StartSessionOptions { ServerUrl = backend.CometDUrl, Queue = StartSessionOptionsQueue.Sales, StateStorage = storage }, Deadline.Token);
        Assert.Equal(TimeSpan.FromSeconds(0.25), storage.RenewalInterval);
        int writes = _cache.Writes;
        await Eventually.IsTrueAsync(() => _cache.Writes >= writes + 4);
        Assert.NotNull(await storage.ReadAsync(TestContext.Current.CancellationToken));
    }

    private DistributedCacheChatStateStorage Storage(string key, int seconds = 60) => new(_cache, _protection, key, TimeSpan.FromSeconds(seconds), _clock);
}

using System.Collections.Immutable;

namespace ChatGen.Tests;

/// <summary>A session that is disposed leaves its connection to whoever restores it.</summary>
public sealed class DetachTests : IAsyncDisposable
{
    private static readonly ImmutableDictionary<string, string> s_values = ImmutableDictionary<string, string>.Empty.Add("connection", "secret-2");

    private readonly DetachableTransport _transport = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact]
    public async Task What_the_transport_leaves_is_stored_with_the_last_state_before_it_is_closed()
    {
        await using var bench = new Bench { Transport = _transport };
        _transport.OnDetach = () =>
        {
            _transport.Host!.OnStateChanged(new ChatSessionState { SessionId = "secret-1", Values = s_values });
            return ValueTask.CompletedTask;
        };
        TestSession session = await bench.StartAsync();
        _transport.Message(1);
        await bench.Storage.Writes.CountAsync(2);
        bench.Storage.OnWrite = _ =>
        {
            _transport.Calls.Add("write");
            return Task.CompletedTask;
        };
        await session.DisposeAsync();
        Assert.Equal(["initialize", "start", "detach", "write", "close"], _transport.Calls.Items);
        Assert.Equal(s_values, bench.Storage.Stored?.Values);
        Assert.Equal(1, bench.Storage.Stored?.LastIndex);
    }

    [Fact]
    public async Task A_transport_that_leaves_nothing_changes_nothing()
    {
        await using var bench = new Bench { Transport = _transport };
        TestSession session = await bench.StartAsync();
        await session.DisposeAsync();
        Assert.Equal(2, bench.Storage.Writes.Items.Count);
        Assert.Equal("secret-1", bench.Storage.Stored?.SessionId);
        Assert.Empty(bench.Storage.Stored!.Values);
    }

    [Fact]
    public async Task A_transport_that_throws_meanwhile_is_logged_and_the_state_stored()
    {
        await using var bench = new Bench { Transport = _transport };
        _transport.OnDetach = () => throw new IOException("broken pipe");
        TestSession session = await bench.StartAsync();
        await session.DisposeAsync();
        Assert.Contains(bench.Logger.Entries.Items, entry => entry.Exception is IOException);
        Assert.Equal("secret-1", bench.Storage.Stored?.SessionId);
        Assert.Equal(["initialize", "start", "detach", "close"], _transport.Calls.Items);
    }

    [Theory]
    [InlineData("leave")]
    [InlineData("end")]
    [InlineData("failed start")]
    [InlineData("failed restore")]
    public async Task Nothing_is_left_when_there_is_nothing_to_restore_or_it_did_not_come_up(string how)
    {
        await using var bench = new Bench { Transport = _transport };
        switch (how)
        {
            case "leave":
                await (await bench.StartAsync()).LeaveAsync(Ct);
                break;
            case "end":
                await bench.StartAsync();
                _transport.Json("""{"type":"SessionEnded","reason":"agent"}""");
                break;
            case "failed start":
                _transport.OnStart = _ => throw new IOException("broken pipe");
                await Assert.ThrowsAsync<ChatException>(bench.StartAsync);
                break;
            default:
                bench.Storage.Stored = new ChatSessionState { SessionId = "secret-1", Values = s_values };
                _transport.OnRestore = _ => throw new IOException("broken pipe");
                await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync);
                Assert.Equal(s_values, bench.Storage.Stored?.Values);
                break;
        }

        await _transport.Calls.LastAsync(call => call == "close");
        Assert.DoesNotContain("detach", _transport.Calls.Items);
    }

    [Fact]
    public async Task A_transport_sees_what_was_left_as_soon_as_it_is_initialized_and_says_when_that_is_used_up()
    {
        await using var bench = new Bench { Transport = _transport };
        var left = new ChatSessionState { SessionId = "secret-1", LastIndex = 7, Values = s_values };
        bench.Storage.Stored = left;
        _transport.OnRestore = state =>
        {
            _transport.Host!.OnStateChanged(state with { Values = [] });
            return Task.CompletedTask;
        };
        Assert.NotNull(await bench.RestoreAsync());
        Assert.Equal(left, _transport.StateAtInitialization);
        Assert.Empty(bench.Storage.Stored!.Values);
        Assert.Equal(7, bench.Storage.Stored.LastIndex);
    }

    [Fact]
    public async Task A_transport_of_a_session_that_is_started_sees_nothing_of_another()
    {
        await using var bench = new Bench { Transport = _transport };
        bench.Storage.Stored = new ChatSessionState { SessionId = "secret-0", Values = s_values };
        await bench.StartAsync();
        Assert.Null(_transport.StateAtInitialization);
    }
}

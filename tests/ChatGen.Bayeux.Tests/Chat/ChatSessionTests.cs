using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>Whole sessions over the built-in transport, whose connection is lost.</summary>
public sealed class ChatSessionTests : IAsyncLifetime
{
    private readonly MemoryChatStateStorage _storage = new();
    private readonly TestChat _chat = new(new ChatClientSettings());
    private ChatBench _bench = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ChatBench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task After_each_outage_what_was_missed_comes_once_and_in_order()
    {
        TestChatSession session = await _chat.StartAsync(Setup());
        int index = 0;
        int outages = 0;
        using IDisposable counting = session.On<TestEvent>(chatEvent => outages += chatEvent.Type == TestEvent.Back ? 1 : 0);
        var expected = new List<string>();
        for (int outage = 0; outage < 3; outage++)
        {
            await _bench.SayAsync(++index, "live");
            await UntilAsync(() => session.LastIndex == index);
            await _bench.SayAsync(++index, "missed", push: false);
            await _bench.SayAsync(++index, "missed", push: false);
            _bench.Forget();
            await UntilAsync(() => Volatile.Read(ref outages) == outage + 1);
            expected.AddRange([$"said {index - 2} live", "cut", $"said {index - 1} missed", $"said {index} missed", "back"]);
            Assert.Equal("said x", await session.SayAsync("x"));
        }

        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"over","n":99}""");
        Assert.Equal([.. expected, "over 99"], await session.ReadUntilAsync(TestEvent.Over));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_has_ended_during_an_outage_ends_here_too_and_its_state_is_cleared(bool disableWebSockets)
    {
        TestChatSession session = await _chat.StartAsync(Setup(disableWebSockets));
        Assert.NotNull(await _storage.ReadAsync(Cancelled));
        _bench.Answers = static (_, _) => """{"fault":{"no":50,"why":"gone"}}""";
        _bench.Forget();
        Assert.Equal(["cut", "wrong", "over lost"], await session.ReadUntilAsync(TestEvent.Over));
        Assert.False(session.IsActive);
        await session.DisposeAsync().AsTask().Soon();
        Assert.Null(await _storage.ReadAsync(Cancelled));
        Assert.Equal(!disableWebSockets, _bench.Server.Upgrades > 0);
    }

    [Fact]
    public async Task The_end_that_was_missed_is_the_backends_own()
    {
        TestChatSession session = await _chat.StartAsync(Setup());
        _bench.History.Add("""{"kind":"said","n":1,"text":"Bye."}""");
        _bench.History.Add("""{"kind":"over","n":2,"text":"by the agent"}""");
        _bench.Forget();
        Assert.Equal(["cut", "said 1 Bye.", "over 2 by the agent"], await session.ReadUntilAsync(TestEvent.Over));
        await session.DisposeAsync().AsTask().Soon();
        Assert.Null(await _storage.ReadAsync(Cancelled));
    }

    [Fact]
    public async Task A_restored_session_asks_for_the_whole_history_once_and_after_an_outage_for_the_rest()
    {
        await _bench.SayAsync(1, "before", push: false);
        await _storage.WriteAsync(new ChatSessionState { SessionId = "secret-session", ServerUrl = _bench.Server.Url, LastIndex = 1 }, Cancelled);
        TestChatSession session = (await _chat.RestoreAsync(Setup()))!;
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Assert.Equal("0", (string?)ChatBench.RequestOf(await _bench.NextAsync())["from"]);
        await _bench.SayAsync(2, "missed", push: false);
        _bench.Forget();
        Assert.Equal(["said 1 before", "cut", "said 2 missed", "back"], await session.ReadUntilAsync(TestEvent.Back));
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Assert.Equal("2", (string?)ChatBench.RequestOf(await _bench.NextAsync())["from"]);
    }

    [Fact]
    public async Task A_command_to_a_session_that_is_over_ends_it_here_too()
    {
        TestChatSession session = await _chat.StartAsync(Setup());
        _bench.Answers = static (_, _) => """{"fault":{"no":50,"why":"gone"}}""";
        Assert.Equal(50, (await Assert.ThrowsAsync<ChatException>(() => session.SayAsync("x"))).Code.Number);
        Assert.Equal(["wrong", "over lost"], await session.ReadUntilAsync(TestEvent.Over));
    }

    private ChatSessionSetup Setup(bool disableWebSockets = false) => new()
    {
        ServerUrl = _bench.Server.Url,
        StateStorage = _storage,
        DisableWebSockets = disableWebSockets,
        Logger = NullLogger.Instance,
        Validation = default,
    };

    private static async Task UntilAsync(Func<bool> isIt)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isIt())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}

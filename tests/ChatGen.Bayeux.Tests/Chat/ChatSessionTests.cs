using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>Whole sessions over the built-in transport, whose connection is lost.</summary>
public sealed class ChatSessionTests : IAsyncLifetime
{
    private readonly MemoryChatStateStorage _storage = new();
    private readonly TestChat _chat = new(new ChatClientSettings { CometD = ChatBench.Quick });
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
            await _bench.ForgetAsync();
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
    public async Task Commands_amid_outages_end_each_and_none_is_sent_twice(bool disableWebSockets)
    {
        const int Outages = 4;
        TestChatSession session = await _chat.StartAsync(Setup(disableWebSockets));
        int continued = 0;
        using IDisposable counting = session.On<TestEvent>(chatEvent => continued += chatEvent.Type == TestEvent.Back ? 1 : 0);
        var received = new ConcurrentBag<string>();
        _bench.Answers = (operation, request) =>
        {
            if (operation == "SAY")
            {
                received.Add((string)request["text"]!);
            }

            return null;
        };
        var said = new ConcurrentBag<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Task[] talking = [.. Enumerable.Range(0, 8).Select(talker => Task.Run(async () =>
        {
            for (int number = 0; !stop.IsCancellationRequested; number++)
            {
                string text = $"{talker}-{number}";
                try
                {
                    Assert.Equal($"said {text}", await session.SayAsync(text));
                    said.Add(text);
                }
                catch (ChatException exception)
                {
                    Assert.Equal(TestProtocol.Connection, exception.Code.Number);
                }

                await Task.Delay(1, Cancelled);
            }
        }, Cancelled))];
        for (int outage = 1; outage <= Outages; outage++)
        {
            int before = said.Count;
            await UntilAsync(() => said.Count > before + 20);
            await _bench.ForgetAsync();
            await UntilAsync(() => Volatile.Read(ref continued) == outage);
        }

        await stop.CancelAsync();
        await Task.WhenAll(talking).Soon();
        Assert.Equal(received.Count, received.Distinct().Count());
        Assert.Subset(received.ToHashSet(), said.ToHashSet());
        Assert.Equal(Outages + 1, _bench.Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_has_ended_during_an_outage_ends_here_too_and_its_state_is_cleared(bool disableWebSockets)
    {
        TestChatSession session = await _chat.StartAsync(Setup(disableWebSockets));
        Assert.NotNull(await _storage.ReadAsync(Cancelled));
        _bench.Answers = static (_, _) => """{"fault":{"no":50,"why":"gone"}}""";
        await _bench.ForgetAsync();
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
        await _bench.ForgetAsync();
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
        await _bench.ForgetAsync();
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

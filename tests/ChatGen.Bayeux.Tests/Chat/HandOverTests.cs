using System.Text.Json.Nodes;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>A chat that one process lets go of and another restores over the same Bayeux session.</summary>
public sealed class HandOverTests : IAsyncLifetime
{
    private readonly RecordingHost _log = new(TestProtocol.Create());
    private readonly MemoryChatStateStorage _storage = new();
    private readonly List<TestChat> _chats = [];
    private ChatBench _bench = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ChatBench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (TestChat chat in _chats)
        {
            await chat.DisposeAsync();
        }

        await _bench.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chat_that_was_let_go_of_goes_on_in_the_same_Bayeux_session(bool disableWebSockets)
    {
        await StartAndDisposeAsync(disableWebSockets);
        Assert.NotNull(await HandOverAsync());
        await _bench.SayAsync(1, "meanwhile", push: false);
        TestChatSession session = (await Chat().RestoreAsync(Setup(disableWebSockets)))!;
        Assert.Equal("said x", await session.SayAsync("x"));
        await session.DisposeAsync();
        Assert.Equal(["said 1 meanwhile"], await ReadAsync(session));
        Assert.Equal((1, 0), (_bench.Server.CountOf("/meta/handshake"), _bench.Server.CountOf("/meta/disconnect")));
        Assert.Equal(["OPEN", "REOPEN", "HISTORY", "SAY"], await OperationsAsync(4));
        Assert.Equal(disableWebSockets ? 0 : 2, _bench.Server.Upgrades);
        Assert.Contains("another process has left goes on", _log.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_let_go_of_and_restored_again_and_again()
    {
        await StartAndDisposeAsync();
        for (int time = 1; time <= 3; time++)
        {
            TestChatSession session = (await Chat().RestoreAsync(Setup()))!;
            Assert.Equal("said x", await session.SayAsync("x"));
            await session.DisposeAsync();
            Assert.NotNull(await HandOverAsync());
        }

        Assert.Equal((1, 0), (_bench.Server.CountOf("/meta/handshake"), _bench.Server.CountOf("/meta/disconnect")));
    }

    [Fact]
    public async Task What_was_left_is_for_one_process_alone()
    {
        await StartAndDisposeAsync();
        await Chat().RestoreAsync(Setup());
        ChatSessionState? state = await _storage.ReadAsync(Cancelled);
        Assert.Equal("secret-session", state?.SessionId);
        Assert.Empty(state!.Values);

        // As if the process had been killed.
        await Chat().RestoreAsync(Setup());
        Assert.Equal(2, _bench.Server.CountOf("/meta/handshake"));
    }

    [Fact]
    public async Task What_the_server_has_kept_for_the_session_arrives_once_and_nothing_twice()
    {
        _bench.Script = static message => message is { Channel: "/meta/connect", IsImmediate: false } ? Reply.Usual : null;
        await StartAndDisposeAsync(disableWebSockets: true);
        await _bench.SayAsync(1, "both in the history and at the server");
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"typing"}""");
        await _bench.SayAsync(2, "in the history alone", push: false);
        TestChatSession session = (await Chat().RestoreAsync(Setup(disableWebSockets: true)))!;
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"over","n":3}""");
        Assert.Equal(["said 1 both in the history and at the server", "said 2 in the history alone", "typing", "over 3"], await session.ReadUntilAsync(TestEvent.Over));
        Assert.Equal(1, _bench.Server.CountOf("/meta/handshake"));
    }

    [Fact]
    public async Task A_server_that_has_forgotten_the_session_gets_another_and_nothing_is_lost()
    {
        await StartAndDisposeAsync();
        _bench.Server.Forget();
        await _bench.SayAsync(1, "meanwhile", push: false);
        TestChatSession session = (await Chat().RestoreAsync(Setup()))!;
        await _bench.SayAsync(2, "live");
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"over","n":3}""");
        Assert.Equal(["said 1 meanwhile", "said 2 live", "over 3"], await session.ReadUntilAsync(TestEvent.Over));
        Assert.Equal(2, _bench.Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("broken")]
    [InlineData("silent")]
    public async Task A_session_that_cannot_be_gone_on_with_is_followed_by_another(string how)
    {
        await StartAndDisposeAsync();
        int connects = _bench.Server.CountOf("/meta/connect");
        _bench.Script = message => message.Channel == "/meta/connect" && message.Number == connects + 1
            ? how switch
            {
                "refused" => Reply.Of(message.Refused("500::no", """{"reconnect":"none"}""")),
                "broken" => Reply.Abort,
                _ => Reply.Never(),
            }
            : null;
        var time = new WatchedTimeProvider();
        time.SetUtcNow(DateTimeOffset.UtcNow);
        Task<TestChatSession?> restoring = Chat(time).RestoreAsync(Setup());
        if (how == "silent")
        {
            await WaitForConnectsAsync(connects + 1);
            time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal("said x", await (await restoring)!.SayAsync("x"));
        Assert.Equal(2, _bench.Server.CountOf("/meta/handshake"));
        Assert.Contains("another is begun", _log.LogText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 9, false)]
    [InlineData(null, 11, true)]
    [InlineData(null, -11, true)]
    [InlineData(60_000, 59, false)]
    [InlineData(60_000, 61, true)]
    [InlineData(2_000, 3, true)]
    public async Task It_is_tried_for_as_long_as_the_server_says_that_it_remembers_or_as_most_do(int? maxInterval, int secondsLater, bool isTooLate)
    {
        _bench.Script = message => message.Channel == "/meta/handshake" && maxInterval is not null
            ? Reply.Of(_bench.Server.HandshakeReply(message, $$"""{"reconnect":"retry","interval":0,"timeout":30000,"maxInterval":{{maxInterval}}}"""))
            : null;
        await StartAndDisposeAsync();
        var time = new WatchedTimeProvider();
        time.AdjustTime(DateTimeOffset.UtcNow + TimeSpan.FromSeconds(secondsLater));
        Assert.NotNull(await Chat(time).RestoreAsync(Setup()));
        Assert.Equal(isTooLate ? 2 : 1, _bench.Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Who_chooses_otherwise_about_WebSockets_gets_a_session_of_his_own(bool before, bool after)
    {
        await StartAndDisposeAsync(before);
        Assert.NotNull(await Chat().RestoreAsync(Setup(after)));
        Assert.Equal((2, 1), (_bench.Server.CountOf("/meta/handshake"), _bench.Server.Upgrades));
    }

    [Fact]
    public async Task It_is_shown_to_no_other_server()
    {
        _bench.Script = message =>
        {
            if (message.Channel != "/meta/handshake")
            {
                return null;
            }

            JsonObject reply = _bench.Server.HandshakeReply(message);
            reply["clientId"] = "left-here";
            return Reply.Of(reply);
        };
        await using ChatBench other = await ChatBench.StartAsync();
        await StartAndDisposeAsync();
        Assert.Equal("left-here", (await _bench.Server.NextAsync("/meta/connect")).ClientId);
        TestChat chat = Chat();
        Assert.NotNull(await chat.RestoreAsync(Setup() with { ServerUrl = other.Server.Url }));
        await chat.DisposeAsync();
        for (int number = other.Server.CountOf("/meta/connect"); number > 0; number--)
        {
            Assert.Equal("client-1", (await other.Server.NextAsync("/meta/connect")).ClientId);
        }

        Assert.Equal(1, other.Server.CountOf("/meta/handshake"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("e30")]
    [InlineData("W10")]
    public async Task What_is_no_session_is_passed_over(string text)
    {
        await StartAndDisposeAsync();
        ChatSessionState state = (await _storage.ReadAsync(Cancelled))!;
        await _storage.WriteAsync(state with { Values = state.Values.SetItem("bayeux", text) }, Cancelled);
        Assert.NotNull(await Chat().RestoreAsync(Setup()));
        Assert.Equal(2, _bench.Server.CountOf("/meta/handshake"));
        Assert.Empty((await _storage.ReadAsync(Cancelled))!.Values);
    }

    [Fact]
    public async Task What_would_make_the_state_large_is_left_out()
    {
        _bench.Server.UpgradeCookie = $"A={new string('x', 2000)}; Path=/";
        await StartAndDisposeAsync();
        Assert.Null(await HandOverAsync());
        Assert.NotNull(await Chat().RestoreAsync(Setup()));
        Assert.Equal(2, _bench.Server.CountOf("/meta/handshake"));
    }

    [Fact]
    public async Task It_adds_less_than_a_kilobyte_to_the_state_as_a_rule()
    {
        _bench.Server.UpgradeCookie = $"BAYEUX_BROWSER={new string('x', 24)}; Path=/; HttpOnly";
        await StartAndDisposeAsync();
        ChatSessionState state = (await _storage.ReadAsync(Cancelled))!;
        Assert.InRange(state.ToJson().Length - (state with { Values = state.Values.Clear() }).ToJson().Length, 100, 1000);
        Assert.Matches("^[A-Za-z0-9_-]+$", state.Values["bayeux"]);
    }

    [Fact]
    public async Task Who_does_not_want_it_ends_the_Bayeux_session_and_begins_another()
    {
        await StartAndDisposeAsync(resume: false);
        Assert.Null(await HandOverAsync());
        Assert.Equal(1, _bench.Server.CountOf("/meta/disconnect"));
        await StartAndDisposeAsync();
        Assert.NotNull(await HandOverAsync());
        Assert.NotNull(await Chat(resume: false).RestoreAsync(Setup()));
        Assert.Equal(3, _bench.Server.CountOf("/meta/handshake"));
    }

    [Fact]
    public async Task A_session_that_has_ended_ends_its_Bayeux_session()
    {
        TestChatSession session = await Chat().StartAsync(Setup());
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"over","n":1}""");
        await session.ReadUntilAsync(TestEvent.Over);
        await session.DisposeAsync().AsTask().Soon();
        Assert.Null(await _storage.ReadAsync(Cancelled));
        Assert.Equal(1, _bench.Server.CountOf("/meta/disconnect"));
    }

    [Fact]
    public async Task A_session_whose_connection_is_lost_is_let_go_of_all_the_same()
    {
        TestChatSession session = await Chat().StartAsync(Setup());
        _bench.Server.IsDown = true;
        _bench.Server.AbortSockets();
        Assert.Equal(["cut"], await session.ReadUntilAsync(TestEvent.Cut));
        await session.DisposeAsync().AsTask().Soon();
        _bench.Server.IsDown = false;
        Assert.NotNull(await HandOverAsync());
        Assert.NotNull(await Chat().RestoreAsync(Setup()));
        Assert.Equal(1, _bench.Server.CountOf("/meta/handshake"));
    }

    [Fact]
    public async Task Nothing_of_it_is_logged()
    {
        await StartAndDisposeAsync();
        string handOver = (await HandOverAsync())!;
        string id = (await _bench.Server.NextAsync("/meta/connect")).ClientId!;
        await (await Chat().RestoreAsync(Setup()))!.DisposeAsync();
        Assert.DoesNotContain(handOver, _log.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain(id, _log.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain(id, CometDHandOver.Read(handOver)!.ToString(), StringComparison.Ordinal);
    }

    private TestChat Chat(TimeProvider? time = null, bool resume = true)
    {
        var chat = new TestChat(new ChatClientSettings { CometD = ChatBench.Quick with { ResumeBayeuxSession = resume }, TimeProvider = time ?? TimeProvider.System });
        _chats.Add(chat);
        return chat;
    }

    private ChatSessionSetup Setup(bool disableWebSockets = false) => new()
    {
        ServerUrl = _bench.Server.Url,
        StateStorage = _storage,
        DisableWebSockets = disableWebSockets,
        Logger = _log,
        Validation = default,
    };

    private async Task StartAndDisposeAsync(bool disableWebSockets = false, bool resume = true)
    {
        TestChatSession session = await Chat(resume: resume).StartAsync(Setup(disableWebSockets));
        await session.DisposeAsync().AsTask().Soon();
    }

    private async Task<string?> HandOverAsync() => (await _storage.ReadAsync(Cancelled))?.Values.GetValueOrDefault("bayeux");

    private async Task WaitForConnectsAsync(int count)
    {
        for (int number = 0; number < count; number++)
        {
            await _bench.Server.NextAsync("/meta/connect");
        }
    }

    private async Task<List<string>> OperationsAsync(int count)
    {
        var operations = new List<string>();
        for (int number = 0; number < count; number++)
        {
            operations.Add(await _bench.NextOperationAsync());
        }

        return operations;
    }

    /// <summary>All that a session that is over has had.</summary>
    private static async Task<List<string>> ReadAsync(TestChatSession session)
    {
        var read = new List<string>();
        await foreach (ChatEvent chatEvent in session.ReadEventsAsync(Cancelled))
        {
            read.Add(((TestEvent)chatEvent).Summary);
        }

        return read;
    }
}

namespace ChatGen.Tests;

public sealed class RestoreSessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_without_stored_state_yields_no_session()
    {
        await using var bench = new Bench();
        Assert.Null(await bench.RestoreAsync());
        Assert.Empty(bench.Transport.Calls.Items);
    }

    [Fact]
    public async Task Invalid_options_fault_the_task_before_the_storage_is_read()
    {
        await using var bench = new Bench();
        ChatSessionSetup setup = bench.Setup with { Validation = new ChatValidationResult([new ChatValidationFailure("$", "type", "wrong")]) };
        await Assert.ThrowsAsync<ChatValidationException>(() => bench.Client.RestoreSessionAsync(setup, Ct));
        Assert.Equal(0, bench.Storage.Reads);
    }

    [Fact]
    public async Task Restore_attaches_to_the_stored_session_and_replays_its_history_as_restored()
    {
        await using Bench bench = Stored(lastIndex: 2, historyTo: 3);
        TestSession session = (await bench.RestoreAsync())!;
        Assert.Equal(["initialize", "restore", "getTranscript"], bench.Transport.Calls.Items);
        Assert.Equal("stored", bench.Transport.RestoredState?.SessionId);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(3);
        Assert.Equal([1, 2, 3], events.Select(e => e.Index));
        Assert.All(events, e => Assert.True(e.Restored));
        Assert.True(session.IsActive);
    }

    [Theory]
    [InlineData(2, 3, 3)]
    [InlineData(5, 3, 5)]
    [InlineData(0, 0, 0)]
    public async Task The_last_index_is_the_greater_of_the_stored_and_the_replayed_one(int stored, int replayed, int expected)
    {
        await using Bench bench = Stored(stored, replayed);
        TestSession session = (await bench.RestoreAsync())!;
        Assert.Equal(expected, session.LastIndex);
        Assert.Equal(expected, bench.Storage.Stored!.LastIndex);
    }

    [Fact]
    public async Task Live_events_continue_after_the_history_and_are_not_restored()
    {
        await using Bench bench = Stored(lastIndex: 2, historyTo: 2);
        TestSession session = (await bench.RestoreAsync())!;
        bench.Transport.Message(2);
        bench.Transport.Message(3);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(3);
        Assert.Equal([(1, true), (2, true), (3, false)], events.Select(e => (e.Index!.Value, e.Restored)));
    }

    [Fact]
    public async Task Live_events_that_come_during_the_replay_follow_it_without_doubles()
    {
        await using Bench bench = Stored(lastIndex: 0, historyTo: 2);
        bench.Transport.OnRestore = _ =>
        {
            bench.Transport.Message(2);
            bench.Transport.Message(3);
            bench.Transport.Host!.OnInterrupted();
            return Task.CompletedTask;
        };
        TestSession session = (await bench.RestoreAsync())!;
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(4);
        Assert.Equal([(1, true), (2, true), (3, false)], events.Take(3).Select(e => (e.Index!.Value, e.Restored)));
        Assert.IsType<InterruptedEvent>(events[3]);
    }

    [Fact]
    public async Task A_history_whose_indexes_begin_at_zero_is_replayed_wholly()
    {
        await using Bench bench = Stored(lastIndex: 0, historyTo: 0);
        bench.Transport.History = [new MessageEvent { Index = 0, Text = "first" }];
        TestSession session = (await bench.RestoreAsync())!;
        Assert.Equal("first", ((MessageEvent)(await Bench.Record(session).CountAsync(1))[0]).Text);
    }

    [Fact]
    public async Task An_unknown_event_in_the_history_is_replayed_and_logged()
    {
        await using Bench bench = Stored(lastIndex: 0, historyTo: 0);
        bench.Transport.History = [new UnknownChatEvent { WireName = "Brand-New", Json = [], Index = 1 }];
        TestSession session = (await bench.RestoreAsync())!;
        Assert.True(Assert.IsType<UnknownChatEvent>((await Bench.Record(session).CountAsync(1))[0]).Restored);
        Assert.Contains(bench.Logger.Entries.Items, entry => entry.Text.Contains("Brand-New", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_schema_without_transcript_restores_without_replay()
    {
        await using var bench = new Bench(TestProtocol.WithoutTranscript);
        bench.Storage.Stored = new ChatSessionState { SessionId = "stored", LastIndex = 4 };
        TestSession session = (await bench.RestoreAsync())!;
        Assert.Equal(["initialize", "restore"], bench.Transport.Calls.Items);
        Assert.Equal(4, session.LastIndex);
    }

    [Fact]
    public async Task A_history_that_contains_the_end_yields_an_ended_session_and_clears_the_state()
    {
        await using Bench bench = Stored(lastIndex: 1, historyTo: 1);
        bench.Transport.History = [.. bench.Transport.History, new EndedEvent { Index = 2, Reason = "agent" }];
        TestSession session = (await bench.RestoreAsync())!;
        Assert.False(session.IsActive);
        Assert.Equal([null], bench.Storage.Writes.Items);
        Assert.Equal(1, bench.Transport.Closes);
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("too late", Ct));
        Assert.IsType<EndedEvent>((await Bench.Record(session).CountAsync(2))[1]);
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("restore")]
    [InlineData("transcript")]
    public async Task A_failed_restore_closes_the_transport_and_keeps_the_state(string where)
    {
        await using Bench bench = Stored(lastIndex: 1, historyTo: 1);
        ChatException error = TestProtocol.Error(TestProtocol.CommandFailed);
        Break(bench, where, error);
        Assert.Same(error, await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync));
        // One that could not be initialized has let go of everything itself, and may carry another session.
        Assert.Equal(where == "initialize" ? 0 : 1, bench.Transport.Closes);
        Assert.Equal("stored", bench.Storage.Stored?.SessionId);
        Assert.Empty(bench.Storage.Writes.Items);
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("transcript")]
    public async Task A_session_that_the_backend_does_not_know_any_more_clears_the_state(string where)
    {
        await using Bench bench = Stored(lastIndex: 1, historyTo: 1);
        ChatException error = TestProtocol.Error(TestProtocol.UnknownSession);
        Break(bench, where, error);
        Assert.Same(error, await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync));
        Assert.Equal([null], bench.Storage.Writes.Items);
        Assert.Equal(1, bench.Transport.Closes);
        Assert.Null(await bench.RestoreAsync());
    }

    [Fact]
    public async Task A_stored_thing_that_is_no_state_fails_the_restore_and_is_not_removed()
    {
        await using var bench = new Bench();
        bench.Storage.OnRead = () => throw new FormatException("not a state");
        ChatException exception = await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync);
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
        Assert.Equal("The stored state could not be read: not a state", exception.Message);
        Assert.Empty(bench.Storage.Writes.Items);
    }

    [Fact]
    public async Task A_storage_that_cannot_be_read_fails_the_restore()
    {
        await using var bench = new Bench();
        bench.Storage.OnRead = () => throw new IOException("no such device");
        ChatException exception = await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync);
        Assert.IsType<IOException>(exception.InnerException);
    }

    [Fact]
    public async Task A_transport_that_answers_without_a_transcript_fails_the_restore()
    {
        await using Bench bench = Stored(lastIndex: 1, historyTo: 1);
        bench.Transport.OnSend = (_, _) => Task.FromResult<object?>(null);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync);
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
    }

    [Fact]
    public async Task A_restored_session_can_be_restored_again()
    {
        await using Bench bench = Stored(lastIndex: 1, historyTo: 1);
        TestSession first = (await bench.RestoreAsync())!;
        bench.Transport.Message(2);
        await first.DisposeAsync();
        Assert.Equal(2, bench.Storage.Stored!.LastIndex);
        Assert.NotNull(await bench.RestoreAsync());
        Assert.Equal(2, bench.Transport.RestoredState!.LastIndex);
    }

    private static Bench Stored(int lastIndex, int historyTo)
    {
        var bench = new Bench();
        bench.Storage.Stored = new ChatSessionState { SessionId = "stored", LastIndex = lastIndex };
        bench.Transport.History = [.. Enumerable.Range(1, historyTo).Select(index => new MessageEvent { Index = index, Text = $"message {index}" })];
        return bench;
    }

    private static void Break(Bench bench, string where, ChatException error)
    {
        switch (where)
        {
            case "initialize":
                bench.Transport.OnInitialize = () => Task.FromException(error);
                break;
            case "restore":
                bench.Transport.OnRestore = _ => Task.FromException(error);
                break;
            default:
                bench.Transport.OnSend = (_, _) => Task.FromException<object?>(error);
                break;
        }
    }
}

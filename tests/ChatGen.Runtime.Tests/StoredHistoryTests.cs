using Microsoft.Extensions.Logging;

namespace ChatGen.Tests;

/// <summary>A history that is kept beside the state, so that a restored session asks only for what came after.</summary>
public sealed class StoredHistoryTests
{
    private readonly RecordingHistoryStorage _storage = new();
    private readonly List<int> _asked = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_is_stored_with_the_state_that_knows_of_it()
    {
        await using Bench bench = MakeBench();
        var lengths = new List<(int LastIndex, int Stored)>();
        bench.Storage.OnWrite = state =>
        {
            lengths.Add((state!.LastIndex, _storage.Stored.GetValueOrDefault("secret-1")?.Count ?? 0));
            return Task.CompletedTask;
        };
        await bench.StartAsync();
        for (int index = 1; index <= 3; index++)
        {
            int last = index;
            bench.Transport.Message(index);
            await bench.Storage.Writes.LastAsync(state => state?.LastIndex == last);
        }

        Assert.Equal([(0, 0), (1, 1), (2, 2), (3, 3)], lengths);
        Assert.Equal("""{"type":"MessageReceived","index":2,"text":"message 2"}""", _storage.Stored["secret-1"][1]);
    }

    [Fact]
    public async Task A_history_that_fits_to_the_state_is_replayed_and_only_what_came_after_is_asked_for()
    {
        await using Bench bench = Left(Message(1), Message(2));
        bench.Transport.History = [new MessageEvent { Index = 1, Text = "of the backend" }, new MessageEvent { Index = 3, Text = "c" }];
        TestSession session = (await bench.RestoreAsync())!;
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).LastAsync(e => e.Index == 3);
        Assert.Equal([3], _asked);
        Assert.Equal(["message 1", "message 2", "c"], events.Cast<MessageEvent>().Select(e => e.Text));
        Assert.All(events, e => Assert.True(e.Restored));
        Assert.Equal(3, session.LastIndex);
        Assert.Equal(3, _storage.Stored["stored"].Count);
    }

    [Fact]
    public async Task What_comes_live_after_the_replay_is_no_double_and_is_stored_behind_it()
    {
        await using Bench bench = Left(Message(1), Message(2));
        bench.Transport.OnRestore = _ =>
        {
            bench.Transport.Message(2);
            bench.Transport.Message(3);
            return Task.CompletedTask;
        };
        TestSession session = (await bench.RestoreAsync())!;
        bench.Transport.Message(3);
        bench.Transport.Message(4);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).LastAsync(e => e.Index == 4);
        Assert.Equal([(1, true), (2, true), (3, false), (4, false)], events.Select(e => (e.Index!.Value, e.Restored)));
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 4);
        Assert.Equal([Message(1), Message(2), Message(3), Message(4)], _storage.Stored["stored"]);
        Assert.DoesNotContain("clear", _storage.Calls.Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task A_history_that_does_not_end_where_the_state_does_is_replaced_by_the_backends(int lastIndex)
    {
        await using Bench bench = Left(Message(1), Message(2));
        bench.Storage.Stored = bench.Storage.Stored! with { LastIndex = lastIndex };
        bench.Transport.History = [new MessageEvent { Index = 1, Text = "a" }, new MessageEvent { Index = 2, Text = "b" }, new MessageEvent { Index = 3, Text = "c" }];
        TestSession session = (await bench.RestoreAsync())!;
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).LastAsync(e => e.Index == 3);
        Assert.Equal([0], _asked);
        Assert.Equal(["a", "b", "c"], events.Cast<MessageEvent>().Select(e => e.Text));
        Assert.Equal(["""{"type":"MessageReceived","index":1,"text":"a"}"""], _storage.Stored["stored"].Take(1));
        Assert.Equal(3, _storage.Stored["stored"].Count);
    }

    [Theory]
    [InlineData("secret of the visitor")]
    [InlineData("""{"type":"MessageReceived","index":2}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_history_that_cannot_be_read_is_replaced_by_the_backends_and_logged_without_its_text(string broken)
    {
        await using Bench bench = Left(Message(1), broken);
        bench.Transport.History = [new MessageEvent { Index = 1, Text = "a" }, new MessageEvent { Index = 2, Text = "b" }];
        TestSession session = (await bench.RestoreAsync())!;
        await Bench.Record(session).LastAsync(e => e.Index == 2);
        Assert.Equal([0], _asked);
        LogEntry warning = Assert.Single(bench.Logger.Entries.Items, entry => entry.Level == LogLevel.Warning);
        Assert.Contains("stored history could not be read", warning.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("visitor", warning.Text, StringComparison.Ordinal);
        Assert.Null(warning.Exception);
    }

    [Fact]
    public async Task A_history_in_disorder_is_replaced_by_the_backends()
    {
        await using Bench bench = Left(Message(2), Message(1), Message(2));
        await bench.RestoreAsync();
        Assert.Equal([0], _asked);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_session_that_has_ended_or_was_left()
    {
        await using Bench bench = MakeBench();
        await bench.StartAsync();
        bench.Transport.Message(1);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 1);
        bench.Transport.Json("""{"type":"SessionEnded","index":2,"reason":"agent"}""");
        await bench.Storage.Writes.LastAsync(state => state is null);
        Assert.Empty(_storage.Stored);

        await using Bench other = MakeBench();
        TestSession session = await other.StartAsync();
        other.Transport.Message(1);
        await other.Storage.Writes.LastAsync(state => state?.LastIndex == 1);
        Assert.Single(_storage.Stored);
        await session.LeaveAsync(Ct);
        Assert.Empty(_storage.Stored);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_session_that_the_backend_does_not_know_any_more()
    {
        await using Bench bench = Left(Message(1));
        bench.Transport.OnRestore = _ => Task.FromException(TestProtocol.Error(TestProtocol.UnknownSession));
        await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync);
        Assert.Null(bench.Storage.Stored);

        bench.Storage.Stored = new ChatSessionState { SessionId = "stored", LastIndex = 1 };
        bench.Transport.OnRestore = _ => Task.CompletedTask;
        bench.Transport.OnSend = (_, _) => Task.FromException<object?>(TestProtocol.Error(TestProtocol.UnknownSession));
        await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync);
        Assert.Empty(_storage.Stored);
    }

    [Fact]
    public async Task A_restore_that_fails_otherwise_leaves_the_history_where_it_is()
    {
        await using Bench bench = Left(Message(1));
        bench.Transport.OnSend = (_, _) => Task.FromException<object?>(TestProtocol.Error(TestProtocol.CommandFailed));
        await Assert.ThrowsAsync<ChatException>(bench.RestoreAsync);
        Assert.Equal([Message(1)], _storage.Stored["stored"]);
    }

    [Fact]
    public async Task A_storage_that_fails_to_read_does_not_break_the_restore()
    {
        await using Bench bench = Left(Message(1));
        _storage.Failures["read"] = new IOException("secret");
        Assert.NotNull(await bench.RestoreAsync());
        Assert.Equal([0], _asked);
        Assert.DoesNotContain(bench.Logger.Entries.Items, entry => entry.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_storage_that_fails_to_write_does_not_break_the_chat_and_is_not_written_any_more()
    {
        await using Bench bench = MakeBench();
        TestSession session = await bench.StartAsync();
        _storage.Failures["append"] = new IOException("full");
        bench.Transport.Message(1);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 1);
        _storage.Failures.Clear();
        bench.Transport.Message(2);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 2);
        Assert.Equal(["clear", "append 1", "clear"], _storage.Calls.Items);
        Assert.Empty(_storage.Stored);
        Assert.True(session.IsActive);
        Assert.Single(bench.Logger.Entries.Items, entry => entry.Level == LogLevel.Warning);
        Assert.DoesNotContain(await Bench.Record(session).CountAsync(2), e => e is ErrorEvent);
    }

    [Fact]
    public async Task A_storage_that_fails_to_clear_does_not_keep_the_state_from_being_cleared()
    {
        await using Bench bench = Left(Message(1));
        TestSession session = (await bench.RestoreAsync())!;
        _storage.Failures["clear"] = new IOException("gone");
        await session.LeaveAsync(Ct);
        Assert.Null(bench.Storage.Stored);
        Assert.Contains(bench.Logger.Entries.Items, entry => entry.Level == LogLevel.Error && entry.Text.Contains("could not be cleared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_an_error_of_the_transport_the_history_is_not_kept_since_it_may_lack_something()
    {
        await using Bench bench = MakeBench();
        await bench.StartAsync();
        bench.Transport.Message(1);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 1);
        bench.Transport.Json("""{"type":"MessageReceived","index":2}""");
        bench.Transport.Message(3);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 3);
        Assert.Empty(_storage.Stored);
    }

    [Fact]
    public async Task What_is_in_no_history_is_not_stored()
    {
        await using Bench bench = MakeBench();
        await bench.StartAsync();
        bench.Transport.Json("""{"type":"AgentTyping"}""");
        bench.Transport.Json("""{"type":"FileShared","index":4,"name":"a.png"}""");
        bench.Transport.Json("""{"type":"Nudged"}""");
        bench.Transport.Message(5);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 5);
        Assert.Equal(["""{"type":"FileShared","index":4,"name":"a.png"}""", Message(5)], _storage.Stored["secret-1"]);
    }

    [Fact]
    public async Task A_schema_without_transcript_replays_what_is_stored()
    {
        await using Bench bench = Left(TestProtocol.WithoutTranscript, Message(1), Message(2));
        TestSession session = (await bench.RestoreAsync())!;
        Assert.Equal([1, 2], (await Bench.Record(session).CountAsync(2)).Select(e => e.Index));
    }

    [Fact]
    public async Task A_schema_without_transcript_keeps_no_history_whose_beginning_is_not_known()
    {
        await using Bench bench = Left(TestProtocol.WithoutTranscript, Message(1));
        bench.Storage.Stored = bench.Storage.Stored! with { LastIndex = 2 };
        await bench.RestoreAsync();
        bench.Transport.Message(3);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 3);
        Assert.Empty(_storage.Stored);
    }

    [Fact]
    public async Task Without_a_place_for_the_state_no_history_is_kept()
    {
        await using var client = new TestClient(new ChatClientSettings { CreateHistoryStorage = () => _storage, CreateStateStorage = _ => new MemoryChatStateStorage() });
        var transport = new ScriptedTransport();
        var setup = new ChatSessionSetup { Transport = transport, MaxOfflineDuration = TimeSpan.Zero, Logger = new CollectingLogger(), Validation = default };
        TestSession session = await client.StartSessionAsync(setup, Ct);
        transport.Message(1);
        await session.DisposeAsync();
        Assert.Empty(_storage.Calls.Items);
    }

    private static string Message(int index) => $$"""{"type":"MessageReceived","index":{{index}},"text":"message {{index}}"}""";

    private Bench MakeBench(ChatProtocol? protocol = null)
    {
        var bench = new Bench(protocol, _storage);
        bench.Transport.OnSend = (command, _) => Task.FromResult<object?>(command.Name switch
        {
            "getTranscript" => Answer(bench, command),
            "leave" => new Transcript(null),
            _ => null,
        });
        return bench;
    }

    private Transcript Answer(Bench bench, ChatCommand command)
    {
        _asked.Add(((TranscriptOptions)command.Options!).FromIndex);
        return new Transcript(bench.Transport.History);
    }

    private Bench Left(params string[] entries) => Left(null, entries);

    private Bench Left(ChatProtocol? protocol, params string[] entries)
    {
        _storage.Stored["stored"] = [.. entries];
        Bench bench = MakeBench(protocol);
        bench.Storage.Stored = new ChatSessionState { SessionId = "stored", LastIndex = entries.Length };
        return bench;
    }
}

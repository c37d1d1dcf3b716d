using System.Net;

namespace ChatGen.Tests;

public sealed class RestChatTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly SignallingTimeProvider _time = new();
    private readonly TestRestTransport _transport = new(s_interval);
    private readonly RecordingHost _host;
    private int _timers;

    public RestChatTransportTests() => _host = new RecordingHost(_time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _transport.CloseAsync();

    [Fact]
    public async Task A_start_yields_the_session_and_is_followed_by_reads_at_every_interval()
    {
        _transport.OnRead = (from, _) => Task.FromResult<object?>(new Transcript(from < 4 ? [Message(from), Message(from + 1)] : []));
        ChatSessionState state = await StartAsync();
        Assert.Equal("secret-1", state.SessionId);
        Assert.Empty(_transport.Reads.Items);
        await PassAsync();
        await PassAsync();
        await PassAsync();
        Assert.Equal([0, 2, 4], await _transport.Reads.CountAsync(3));
        Assert.Equal(["event 0", "event 1", "event 2", "event 3"], _host.Calls.Items);
        Assert.All(_transport.SessionIds.Items, id => Assert.Equal("secret-1", id));
    }

    [Fact]
    public async Task Entries_that_were_seen_are_not_delivered_again_even_if_the_backend_sends_them()
    {
        _transport.OnRead = (_, _) => Task.FromResult<object?>(new Transcript([Message(1), Message(2)]));
        await StartAsync();
        await PassAsync();
        await PassAsync();
        await _transport.Reads.CountAsync(2);
        await NextTimerAsync();
        Assert.Equal(["event 1", "event 2"], _host.Calls.Items);
    }

    [Fact]
    public async Task Entries_without_an_index_are_left_out_and_reported_once()
    {
        _transport.OnRead = (_, _) => Task.FromResult<object?>(new Transcript([new MessageEvent { Text = "nowhere" }, Message(1)]));
        await StartAsync();
        await PassAsync();
        await PassAsync();
        await NextTimerAsync();
        Assert.Equal(["error 0", "event 1"], _host.Calls.Items);
    }

    [Fact]
    public async Task The_first_failed_read_interrupts_pauses_double_up_to_30_seconds_and_success_continues()
    {
        bool down = true;
        _transport.OnRead = (from, _) => down ? throw new HttpRequestException("refused") : Task.FromResult<object?>(new Transcript([Message(from)]));
        await StartAsync();
        for (int round = 0; round < 7; round++)
        {
            await PassAsync();
        }

        await NextTimerAsync();
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], _time.Timers.Items.Select(due => due.TotalSeconds));
        Assert.Equal(["interrupted"], _host.Calls.Items);
        down = false;
        _time.Advance(TimeSpan.FromSeconds(30));
        await NextTimerAsync();
        Assert.Equal(["interrupted", "continued", "event 0"], _host.Calls.Items);
        Assert.Equal(s_interval, _time.Timers.Items[^1]);
    }

    [Fact]
    public async Task An_interval_above_30_seconds_is_kept_after_a_failure()
    {
        var slow = new TestRestTransport(TimeSpan.FromMinutes(1)) { OnRead = (_, _) => throw new HttpRequestException() };
        await slow.InitializeAsync(_host, Ct);
        await slow.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
        await PassAsync();
        await NextTimerAsync();
        Assert.Equal([60, 60], _time.Timers.Items.Select(due => due.TotalSeconds));
        await slow.CloseAsync();
    }

    [Fact]
    public async Task A_read_that_fails_for_another_reason_says_why()
    {
        _transport.OnRead = (_, _) => throw TestProtocol.Error(TestProtocol.CommandFailed);
        await StartAsync();
        await PassAsync();
        await PassAsync();
        await NextTimerAsync();
        Assert.Equal(["error 52", "interrupted"], _host.Calls.Items);
    }

    [Fact]
    public async Task Reads_stop_when_the_backend_does_not_know_the_session()
    {
        _transport.OnRead = (_, _) => throw TestProtocol.Error(TestProtocol.UnknownSession);
        await StartAsync();
        await PassAsync();
        await _host.Calls.CountAsync(1);
        await _transport.CloseAsync();
        Assert.Equal(["error 50"], _host.Calls.Items);
        Assert.Single(_time.Timers.Items);
    }

    [Fact]
    public async Task Reads_stop_after_the_end()
    {
        _transport.OnRead = (_, _) => Task.FromResult<object?>(new Transcript([new EndedEvent { Index = 1, Reason = "agent" }, Message(2)]));
        await StartAsync();
        await PassAsync();
        await _host.Calls.CountAsync(1);
        await _transport.CloseAsync();
        Assert.Equal(["event 1"], _host.Calls.Items);
        Assert.Single(_time.Timers.Items);
    }

    [Fact]
    public async Task There_is_one_read_at_a_time()
    {
        var answer = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _transport.OnRead = (_, _) => answer.Task;
        await StartAsync();
        await PassAsync();
        await _transport.Reads.CountAsync(1);
        _time.Advance(s_interval * 10);
        answer.SetResult(new Transcript([]));
        await PassAsync();
        await _transport.Reads.CountAsync(2);
        Assert.False(_transport.Overlapped);
        Assert.Equal(2, _transport.Reads.Items.Count);
    }

    [Fact]
    public async Task Closing_stops_a_read_under_way_and_delivers_nothing_of_it()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _transport.OnRead = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => stopped.SetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return new Transcript([Message(1)]);
        };
        await StartAsync();
        await PassAsync();
        await _transport.Reads.CountAsync(1);
        await _transport.CloseAsync();
        Assert.True(stopped.Task.IsCompleted);
        Assert.Empty(_host.Calls.Items);
        await _transport.CloseAsync();
    }

    [Fact]
    public async Task Closing_waits_for_a_read_that_cannot_be_stopped_and_delivers_nothing_of_it()
    {
        var answer = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _transport.OnRead = (_, _) => answer.Task;
        await StartAsync();
        await PassAsync();
        await _transport.Reads.CountAsync(1);
        Task closing = _transport.CloseAsync().AsTask();
        await Bench.PoolTurnsAsync();
        Assert.False(closing.IsCompleted);
        answer.SetResult(new Transcript([Message(1)]));
        await closing;
        Assert.Empty(_host.Calls.Items);
    }

    [Fact]
    public async Task A_restore_reads_from_the_last_index_on_and_goes_on_from_there()
    {
        _transport.OnRead = (from, _) => Task.FromResult<object?>(new Transcript(from == 5 ? [Message(5)] : []));
        await RestoreAsync(lastIndex: 4);
        Assert.Equal(["event 5"], _host.Calls.Items);
        await PassAsync();
        Assert.Equal([5, 6], await _transport.Reads.CountAsync(2));
        Assert.Equal("stored", _transport.SessionIds.Items[0]);
    }

    [Fact]
    public async Task A_restore_without_a_last_index_reads_from_the_beginning()
    {
        await RestoreAsync(lastIndex: 0);
        Assert.Equal([0], _transport.Reads.Items);
    }

    [Fact]
    public async Task A_restore_of_an_unknown_session_fails()
    {
        _transport.OnRead = (_, _) => throw TestProtocol.Error(TestProtocol.UnknownSession);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => RestoreAsync(lastIndex: 4));
        Assert.Equal(ChatRecovery.Ended, exception.Recovery);
        Assert.Empty(_time.Timers.Items);
    }

    [Fact]
    public async Task A_restore_that_finds_the_end_reads_no_further()
    {
        _transport.OnRead = (_, _) => Task.FromResult<object?>(new Transcript([new EndedEvent { Index = 5, Reason = "agent" }]));
        await RestoreAsync(lastIndex: 4);
        await _transport.CloseAsync();
        Assert.Empty(_time.Timers.Items);
    }

    [Fact]
    public async Task A_schema_without_transcript_reads_nothing_and_says_so()
    {
        var host = new RecordingHost(_time, TestProtocol.WithoutTranscript);
        await _transport.InitializeAsync(host, Ct);
        await _transport.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
        Assert.Empty(_time.Timers.Items);
        Assert.Contains(host.Log.Items, entry => entry.Text.Contains("no transcript command", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_goes_out_with_the_session_id_and_its_failure_is_an_error_of_the_schema()
    {
        await StartAsync();
        await _transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), Ct);
        Assert.Equal(["secret-1"], _transport.SessionIds.Items);
        _transport.OnCommand = _ => throw new HttpRequestException("refused", null, HttpStatusCode.BadGateway);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => _transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), Ct));
        Assert.Equal(TestProtocol.Interrupted, exception.Code);
    }

    [Fact]
    public async Task A_command_that_the_schema_does_not_map_says_so()
    {
        await StartAsync();
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => _transport.SendAsync(TestProtocol.Leave.With(null), Ct));
        Assert.Equal("'leave' is not available over REST: the schema maps it to no request.", exception.Message);
    }

    [Fact]
    public async Task A_command_without_a_session_or_after_closing_fails()
    {
        await _transport.InitializeAsync(_host, Ct);
        ChatException early = await Assert.ThrowsAsync<ChatException>(() => _transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), Ct));
        Assert.Contains("before there is a session", early.Message, StringComparison.Ordinal);
        await _transport.CloseAsync();
        ChatException late = await Assert.ThrowsAsync<ChatException>(() => _transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), Ct));
        Assert.Equal("The REST transport is closed.", late.Message);
    }

    [Fact]
    public async Task One_transport_carries_one_session_at_a_time_but_another_after_closing()
    {
        await StartAsync();
        await Assert.ThrowsAsync<ChatException>(() => _transport.InitializeAsync(_host, Ct));
        await _transport.CloseAsync();
        await StartAsync();
        Assert.Equal(2, (await _time.Timers.CountAsync(2)).Count);
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_error()
    {
        await StartAsync();
        using var stop = new CancellationTokenSource();
        _transport.OnCommand = async _ =>
        {
            await stop.CancelAsync();
            throw new HttpRequestException("aborted");
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => _transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), stop.Token));
    }

    [Fact]
    public void An_interval_must_be_positive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestRestTransport(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_client_session_runs_over_it_from_start_to_end()
    {
        var client = new TestClient(new ChatClientSettings { TimeProvider = _time });
        var storage = new RecordingStorage();
        var setup = new ChatSessionSetup { Transport = _transport, StateStorage = storage, Logger = new CollectingLogger(), Validation = default };
        _transport.OnRead = (from, _) => Task.FromResult<object?>(new Transcript(from switch
        {
            0 => [Message(1)],
            2 => [new EndedEvent { Index = 2, Reason = "agent" }],
            _ => [],
        }));
        TestSession session = await client.StartSessionAsync(setup, Ct);
        Recorder<ChatEvent> events = Bench.Record(session);
        await PassAsync();
        await events.CountAsync(1);
        await PassAsync();
        Assert.IsType<EndedEvent>((await events.CountAsync(2))[1]);
        await storage.Writes.LastAsync(state => state is null);
        await client.DisposeAsync();
    }

    private static MessageEvent Message(int index) => new() { Index = index, Text = "text" };

    private async Task<ChatSessionState> StartAsync()
    {
        await _transport.InitializeAsync(_host, Ct);
        return await _transport.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
    }

    private async Task RestoreAsync(int lastIndex)
    {
        await _transport.InitializeAsync(_host, Ct);
        await _transport.RestoreSessionAsync(TestProtocol.Restore.With(null), new ChatSessionState { SessionId = "stored", LastIndex = lastIndex }, Ct);
    }

    /// <summary>Waits until the transport pauses, then lets the pause pass.</summary>
    private async Task PassAsync() => _time.Advance(await NextTimerAsync());

    private async Task<TimeSpan> NextTimerAsync() => (await _time.Timers.CountAsync(++_timers))[_timers - 1];
}

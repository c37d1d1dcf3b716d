using System.Collections.Immutable;
using System.Net;
using static ChatGen.Tests.ScriptedRestBackend;

namespace ChatGen.Tests;

public sealed class RestChatTransportTests : IAsyncDisposable
{
    // Their timers are told from the pauses by being longer.
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly SignallingTimeProvider _time = new();
    private readonly ScriptedRestBackend _backend = new();
    private readonly RecordingHost _host;
    private readonly RestChatTransport _transport;
    private int _pauses;

    public RestChatTransportTests()
    {
        _host = new RecordingHost(_time, ScriptedRestBackend.Protocol(s_interval));
        _transport = _backend.Transport(_host.Protocol);
    }

    /// <summary>What the host was told, but for the state.</summary>
    private List<string> Calls => [.. _host.Calls.Items.Where(call => call != "state")];

    private List<TimeSpan> Pauses => [.. _time.Timers.Items.Where(due => due != s_requestTimeout)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _transport.CloseAsync();

    [Fact]
    public async Task A_start_yields_the_session_and_is_followed_by_reads_at_every_interval()
    {
        _backend.OnRead = (from, _) => Task.FromResult(from < 4 ? Transcript(Message(from), Message(from + 1)) : Transcript());
        ChatSessionState state = await StartAsync();
        Assert.Equal("secret-1", state.SessionId);
        Assert.Empty(_backend.Reads.Items);
        await PassAsync();
        await PassAsync();
        await PassAsync();
        Assert.Equal([0, 2, 4], await _backend.Reads.CountAsync(3));
        Assert.Equal(["event 0", "event 1", "event 2", "event 3"], Calls);
        Assert.All(_backend.SessionIds.Items, id => Assert.Equal("secret-1", id));
    }

    [Fact]
    public async Task Entries_that_were_seen_are_not_delivered_again_even_if_the_backend_sends_them()
    {
        _backend.OnRead = (_, _) => Task.FromResult(Transcript(Message(1), Message(2)));
        await StartAsync();
        await PassAsync();
        await PassAsync();
        await _backend.Reads.CountAsync(2);
        await NextTimerAsync();
        Assert.Equal(["event 1", "event 2"], Calls);
    }

    [Fact]
    public async Task Entries_without_an_index_are_left_out_and_reported_once()
    {
        _backend.OnRead = (_, _) => Task.FromResult(Transcript(Message(null), Message(1)));
        await StartAsync();
        await PassAsync();
        await PassAsync();
        await NextTimerAsync();
        Assert.Equal(["error 0", "event 1"], Calls);
    }

    [Fact]
    public async Task The_first_failed_read_interrupts_pauses_double_up_to_30_seconds_and_success_continues()
    {
        bool down = true;
        _backend.OnRead = (from, _) => down ? throw new HttpRequestException("refused") : Task.FromResult(Transcript(Message(from)));
        await StartAsync();
        for (int round = 0; round < 7; round++)
        {
            await PassAsync();
        }

        await NextTimerAsync();
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], Pauses.Select(due => due.TotalSeconds));
        Assert.Equal(["interrupted"], Calls);
        down = false;
        _time.Advance(TimeSpan.FromSeconds(30));
        await NextTimerAsync();
        Assert.Equal(["interrupted", "continued", "event 0"], Calls);
        Assert.Equal(s_interval, Pauses[^1]);
    }

    [Fact]
    public async Task An_interval_above_30_seconds_is_kept_after_a_failure()
    {
        _backend.OnRead = (_, _) => throw new HttpRequestException();
        ChatProtocol protocol = Protocol(TimeSpan.FromMinutes(1));
        RestChatTransport slow = _backend.Transport(protocol);
        await slow.InitializeAsync(new RecordingHost(_time, protocol), Ct);
        await slow.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
        await PassAsync();
        await NextTimerAsync();
        Assert.Equal([60, 60], Pauses.Select(due => due.TotalSeconds));
        await slow.CloseAsync();
    }

    [Fact]
    public async Task A_read_that_fails_for_another_reason_says_why()
    {
        _backend.OnRead = (_, _) => Task.FromResult(ScriptedRestBackend.Error(TestProtocol.CommandFailed));
        await StartAsync();
        await PassAsync();
        await PassAsync();
        await NextTimerAsync();
        Assert.Equal(["error 52", "interrupted"], Calls);
    }

    [Fact]
    public async Task Reads_stop_when_the_backend_does_not_know_the_session()
    {
        _backend.OnRead = (_, _) => Task.FromResult(ScriptedRestBackend.Error(TestProtocol.UnknownSession));
        await StartAsync();
        await PassAsync();
        await _host.Calls.UntilAsync(calls => calls.Any(call => call != "state"));
        await _transport.CloseAsync();
        Assert.Equal(["error 50"], Calls);
        Assert.Single(Pauses);
    }

    [Fact]
    public async Task Reads_stop_after_the_end()
    {
        _backend.OnRead = (_, _) => Task.FromResult(Transcript(End(1), Message(2)));
        await StartAsync();
        await PassAsync();
        await _host.Calls.UntilAsync(calls => calls.Any(call => call != "state"));
        await _transport.CloseAsync();
        Assert.Equal(["event 1"], Calls);
        Assert.Single(Pauses);
    }

    [Fact]
    public async Task There_is_one_read_at_a_time()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _backend.OnRead = (_, _) => answer.Task;
        await StartAsync();
        await PassAsync();
        await _backend.Reads.CountAsync(1);
        _time.Advance(s_interval * 10);
        answer.SetResult(Transcript());
        await PassAsync();
        await _backend.Reads.CountAsync(2);
        Assert.False(_backend.Overlapped);
        Assert.Equal(2, _backend.Reads.Items.Count);
    }

    [Fact]
    public async Task Closing_stops_a_read_under_way_and_delivers_nothing_of_it()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _backend.OnRead = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => stopped.SetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return Transcript(Message(1));
        };
        await StartAsync();
        await PassAsync();
        await _backend.Reads.CountAsync(1);
        await _transport.CloseAsync();
        Assert.True(stopped.Task.IsCompleted);
        Assert.Empty(Calls);
        await _transport.CloseAsync();
    }

    [Fact]
    public async Task Closing_waits_for_a_read_that_cannot_be_stopped_and_delivers_nothing_of_it()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _backend.OnRead = (_, _) => answer.Task;
        await StartAsync();
        await PassAsync();
        await _backend.Reads.CountAsync(1);
        Task closing = _transport.CloseAsync().AsTask();
        await Bench.PoolTurnsAsync();
        Assert.False(closing.IsCompleted);
        answer.SetResult(Transcript(Message(1)));
        await closing;
        Assert.Empty(Calls);
    }

    [Fact]
    public async Task A_restore_reads_from_the_last_index_on_and_goes_on_from_there()
    {
        _backend.OnRead = (from, _) => Task.FromResult(from == 5 ? Transcript(Message(5)) : Transcript());
        await RestoreAsync(lastIndex: 4);
        Assert.Equal(["event 5"], Calls);
        await PassAsync();
        Assert.Equal([5, 6], await _backend.Reads.CountAsync(2));
        Assert.Equal("stored", _backend.SessionIds.Items[0]);
    }

    [Fact]
    public async Task A_restore_without_a_last_index_reads_from_the_beginning()
    {
        await RestoreAsync(lastIndex: 0);
        Assert.Equal([0], _backend.Reads.Items);
    }

    [Fact]
    public async Task A_restore_of_an_unknown_session_fails()
    {
        _backend.OnRead = (_, _) => Task.FromResult(ScriptedRestBackend.Error(TestProtocol.UnknownSession));
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => RestoreAsync(lastIndex: 4));
        Assert.Equal(ChatRecovery.Ended, exception.Recovery);
        Assert.Empty(Pauses);
    }

    [Fact]
    public async Task A_restore_that_finds_the_end_reads_no_further()
    {
        _backend.OnRead = (_, _) => Task.FromResult(Transcript(End(5)));
        await RestoreAsync(lastIndex: 4);
        await _transport.CloseAsync();
        Assert.Empty(Pauses);
    }

    [Fact]
    public async Task A_mapping_without_events_reads_nothing_and_says_so()
    {
        ChatProtocol protocol = Protocol(s_interval, hasTranscript: false);
        var host = new RecordingHost(_time, protocol);
        RestChatTransport transport = _backend.Transport(protocol);
        await transport.InitializeAsync(host, Ct);
        await transport.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
        Assert.Empty(Pauses);
        Assert.Contains(host.Log.Items, entry => entry.Text.Contains("does not say how events arrive", StringComparison.Ordinal));
        await transport.CloseAsync();
    }

    [Fact]
    public async Task A_command_goes_out_with_the_session_id_and_its_failure_is_an_error_of_the_schema()
    {
        await StartAsync();
        await _transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), Ct);
        Assert.Equal(["secret-1"], _backend.SessionIds.Items);
        _backend.OnCommand = _ => throw new HttpRequestException("refused", null, HttpStatusCode.BadGateway);
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
        await NextTimerAsync();
        await Assert.ThrowsAsync<ChatException>(() => _transport.InitializeAsync(_host, Ct));
        await _transport.CloseAsync();
        await StartAsync();
        await NextTimerAsync();
        Assert.Equal(2, Pauses.Count);
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_error()
    {
        await StartAsync();
        using var stop = new CancellationTokenSource();
        _backend.OnCommand = async _ =>
        {
            await stop.CancelAsync();
            throw new HttpRequestException("aborted");
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => _transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), stop.Token));
    }

    [Fact]
    public async Task A_client_session_runs_over_it_from_start_to_end()
    {
        var client = new TestClient(new ChatClientSettings { TimeProvider = _time }, _host.Protocol);
        var storage = new RecordingStorage();
        var setup = new ChatSessionSetup { Transport = _transport, StateStorage = storage, Logger = new CollectingLogger(), Validation = default };
        _backend.OnRead = (from, _) => Task.FromResult(from switch
        {
            0 => Transcript(Message(1)),
            2 => Transcript(End(2)),
            _ => Transcript(),
        });
        TestSession session = await client.StartSessionAsync(setup, Ct);
        Recorder<ChatEvent> events = Bench.Record(session);
        await PassAsync();
        await events.CountAsync(1);
        await PassAsync();
        Assert.IsType<EndedEvent>((await events.CountAsync(2))[1]);
        await storage.Writes.LastAsync(state => state is null);
        await client.DisposeAsync();
    }

    private async Task<ChatSessionState> StartAsync()
    {
        await _transport.InitializeAsync(_host, Ct);
        return await _transport.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
    }

    private async Task RestoreAsync(int lastIndex)
    {
        await _transport.InitializeAsync(_host, Ct);
        await _transport.RestoreSessionAsync(TestProtocol.Restore.With(null), new ChatSessionState { SessionId = "stored", LastIndex = lastIndex, Values = ImmutableDictionary<string, string>.Empty.Add("sessionId", "\"stored\"") }, Ct);
    }

    /// <summary>Waits until the transport pauses, then lets the pause pass.</summary>
    private async Task PassAsync() => _time.Advance(await NextTimerAsync());

    private async Task<TimeSpan> NextTimerAsync()
    {
        _pauses++;
        await _time.Timers.UntilAsync(timers => timers.Count(due => due != s_requestTimeout) >= _pauses);
        return Pauses[_pauses - 1];
    }
}

using System.Collections.Concurrent;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>How a chat session goes on after its connection was lost.</summary>
public sealed class ResumptionTests : IAsyncLifetime
{
    private readonly RecordingHost _host = new(TestProtocol.Create());
    private ChatBench _bench = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ChatBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(null, "0")]
    [InlineData(0, "1")]
    [InlineData(7, "8")]
    public async Task What_was_missed_is_asked_for_from_the_last_index_on(int? lastIndex, string from)
    {
        await _bench.StartedAsync(_host);
        _host.LastIndex = lastIndex;
        await _bench.SayAsync(8, "meanwhile", push: false);
        await _bench.SayAsync(9, "meanwhile", push: false);
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "event 8", "event 9", "continued");
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Assert.Equal(from, (string?)ChatBench.RequestOf(await _bench.NextAsync())["from"]);
        Assert.Equal(3, _bench.Server.CountOf(ChatBench.Talk));
    }

    [Fact]
    public async Task After_a_short_interruption_what_was_missed_is_asked_for_without_attaching_again()
    {
        await _bench.StartedAsync(_host);
        await _bench.Server.NextAsync("/meta/connect");
        await _bench.Server.NextAsync("/meta/connect");
        await _bench.SayAsync(1, "meanwhile", push: false);
        _bench.Server.AbortSockets();
        await ToldAsync("interrupted", "event 1", "continued");
        Assert.Equal("HISTORY", await _bench.NextOperationAsync());
        Assert.Equal(2, _bench.Server.CountOf(ChatBench.Talk));
    }

    [Fact]
    public async Task What_arrives_meanwhile_comes_after_what_was_missed()
    {
        var read = new TaskCompletionSource();
        Hold("HISTORY", read.Task);
        await _bench.StartedAsync(_host);
        await _bench.SayAsync(1, "missed", push: false);
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Assert.Equal("HISTORY", await _bench.NextOperationAsync());
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"said","n":2,"text":"live"}""");
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"said","n":3,"text":"live"}""");
        await ToldAsync("interrupted");
        Assert.False(_host.HasMore);
        read.SetResult();
        await ToldAsync("event 1", "event 2", "event 3", "continued");
    }

    [Fact]
    public async Task A_request_goes_as_soon_as_the_backend_knows_whose_it_is()
    {
        var attach = new TaskCompletionSource();
        var read = new TaskCompletionSource();
        Hold("REOPEN", attach.Task);
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Task<object?> saying = transport.SendAsync(TestProtocol.Say.With("x"), Cancelled);
        Hold("HISTORY", read.Task);
        attach.SetResult();
        await saying.Soon();
        await ToldAsync("interrupted");
        Assert.False(_host.HasMore);
        read.SetResult();
        await ToldAsync("continued");
    }

    [Fact]
    public async Task An_interruption_within_an_interruption_is_told_once_and_the_resumption_begins_anew()
    {
        var never = new TaskCompletionSource();
        Hold("REOPEN", never.Task);
        await _bench.StartedAsync(_host);
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        _bench.Script = static _ => null;
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        await ToldAsync("interrupted", "continued");
        Assert.False(_host.HasMore);
    }

    [Fact]
    public async Task A_request_waits_again_when_the_connection_is_lost_while_what_was_missed_is_read()
    {
        var never = new TaskCompletionSource();
        var attach = new TaskCompletionSource();
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        Hold("HISTORY", never.Task);
        await _bench.ForgetAsync();
        Assert.Equal(["REOPEN", "HISTORY"], await OperationsAsync(2));
        Hold("REOPEN", attach.Task);
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Task<object?> saying = transport.SendAsync(TestProtocol.Say.With("x"), Cancelled);

        // A restore waits for nothing, so that it would come after what is sent too soon.
        Task restoring = transport.RestoreSessionAsync(TestProtocol.Restore.With("x"), new ChatSessionState { SessionId = "secret-session" }, Cancelled);
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        attach.SetResult();
        await restoring.Soon();
        await saying.Soon();
        await ToldAsync("interrupted", "continued");
    }

    [Fact]
    public async Task An_interruption_after_one_that_could_not_be_ended_is_ended_in_order()
    {
        await _bench.StartedAsync(_host);
        FailTimes("REOPEN", 1, """{"fault":{"no":70,"why":"never"}}""");
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "error 70");
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        await _bench.SayAsync(1, "missed", push: false);
        var read = new TaskCompletionSource();
        Hold("HISTORY", read.Task);
        await _bench.ForgetAsync();
        Assert.Equal(["REOPEN", "HISTORY"], await OperationsAsync(2));
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"said","n":2,"text":"live"}""");
        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"x","ref":"nobody's"}""");
        await _host.LogUntilAsync("nobody waits for");
        Assert.False(_host.HasMore);
        read.SetResult();
        await ToldAsync("event 1", "event 2", "continued");
    }

    [Theory]
    [InlineData("REOPEN")]
    [InlineData("HISTORY")]
    public async Task A_refusal_that_may_pass_is_told_once_and_the_request_repeated(string operation)
    {
        FailTimes(operation, 2, """{"fault":{"no":52,"why":"busy"}}""");
        await _bench.StartedAsync(_host);
        await _bench.SayAsync(1, "missed", push: false);
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "error 52", "event 1", "continued");
        Assert.Equal(5, _bench.Server.CountOf(ChatBench.Talk));
    }

    [Fact]
    public async Task A_restore_is_repeated_for_as_long_as_it_takes()
    {
        FailTimes("REOPEN", 12, """{"fault":{"no":52,"why":"busy"}}""");
        await _bench.StartedAsync(_host);
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "error 52", "continued");
    }

    [Fact]
    public async Task A_transcript_is_repeated_five_times_and_then_the_session_goes_on_without()
    {
        FailTimes("HISTORY", 5, """{"fault":{"no":52,"why":"busy"}}""");
        await _bench.StartedAsync(_host);
        await _bench.SayAsync(1, "missed", push: false);
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "error 52", "error 52", "continued");
        Assert.Equal(["REOPEN", "HISTORY", "HISTORY", "HISTORY", "HISTORY", "HISTORY"], await OperationsAsync(6));
    }

    [Theory]
    [InlineData("REOPEN", 60)]
    [InlineData("REOPEN", 61)]
    [InlineData("HISTORY", 60)]
    public async Task A_refusal_that_asks_for_a_new_connection_gets_one(string operation, int code)
    {
        FailTimes(operation, 2, $$$"""{"fault":{"no":{{{code}}},"why":"stale"}}""");
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        await _bench.SayAsync(1, "missed", push: false);
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "event 1", "continued");
        Assert.Equal(4, _bench.Server.CountOf("/meta/handshake"));
        Assert.Equal("said x", ((TestResult)(await transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon())!).SessionId);
    }

    [Fact]
    public async Task A_command_that_is_refused_until_the_connection_is_made_anew_fails_and_is_not_repeated()
    {
        FailTimes("SAY", 1, """{"fault":{"no":60,"why":"stale"}}""");
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        await _bench.SayAsync(1, "missed", push: false);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon());
        Assert.Equal(60, exception.Code.Number);
        await ToldAsync("interrupted", "event 1", "continued");
        Assert.Equal(["SAY", "REOPEN", "HISTORY"], await OperationsAsync(3));
        Assert.Equal(2, _bench.Server.CountOf("/meta/handshake"));
        Assert.Equal(1, _bench.Server.CountOf("/meta/disconnect"));
        await transport.SendAsync(TestProtocol.Say.With("y"), Cancelled).Soon();
    }

    [Fact]
    public async Task A_new_connection_that_the_server_forbids_ends_the_attempts()
    {
        FailTimes("SAY", 1, """{"fault":{"no":60,"why":"stale"}}""");
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        _bench.Script = static message => message.Channel == "/meta/handshake" ? Reply.Of(message.Refused("403::denied", """{"reconnect":"none"}""")) : null;
        await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon());
        await ToldAsync("interrupted", $"error {TestProtocol.Connection}");
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("y"), Cancelled).Soon());
        Assert.Equal(TestProtocol.Connection, exception.Code.Number);
    }

    [Theory]
    [InlineData("REOPEN")]
    [InlineData("HISTORY")]
    public async Task A_session_that_is_over_is_told_as_an_error_after_the_last_events(string operation)
    {
        var answer = new TaskCompletionSource();
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        _bench.Answers = (asked, _) => asked == operation || asked == "SAY" ? """{"fault":{"no":50,"why":"gone"}}""" : null;
        Hold(operation, answer.Task);
        await _bench.ForgetAsync();
        await ToldAsync("interrupted");
        while (await _bench.NextOperationAsync() != operation)
        {
        }

        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"said","n":2,"text":"the last words"}""");
        answer.SetResult();
        await ToldAsync("event 2", "error 50");
        Assert.Equal(50, (await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon())).Code.Number);
    }

    [Fact]
    public async Task A_restore_that_is_refused_for_good_is_an_error_and_calls_get_the_backends_own_answers()
    {
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        _bench.Answers = static (operation, _) => operation is "REOPEN" or "SAY" ? """{"fault":{"no":70,"why":"never"}}""" : null;
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "error 70");
        Assert.Equal(70, (await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon())).Code.Number);
        Assert.Equal(["REOPEN", "SAY"], await OperationsAsync(2));
    }

    [Fact]
    public async Task A_transcript_that_cannot_be_read_is_an_error_and_the_session_goes_on()
    {
        await _bench.StartedAsync(_host);
        _bench.Answers = static (operation, _) => operation == "HISTORY" ? """{"fault":{"no":70,"why":"never"}}""" : null;
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "error 70", "continued");
    }

    [Fact]
    public async Task A_schema_that_maps_no_restore_says_that_events_are_lost()
    {
        var host = new RecordingHost(TestProtocol.Create(restore: false));
        await _bench.StartedAsync(host);
        await _bench.ForgetAsync();
        Assert.Equal("interrupted", await host.NextAsync());
        Assert.Equal($"error {TestProtocol.Library}", await host.NextAsync());
    }

    [Fact]
    public async Task Closing_amid_a_resumption_stops_it_and_tells_nothing_more()
    {
        var never = new TaskCompletionSource();
        Hold("REOPEN", never.Task);
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Task<object?> saying = transport.SendAsync(TestProtocol.Say.With("x"), Cancelled);
        await transport.CloseAsync().AsTask().Soon();
        Assert.Equal(TestProtocol.Connection, (await Assert.ThrowsAsync<ChatException>(() => saying.Soon())).Code.Number);
        await ToldAsync("interrupted");
        Assert.False(_host.HasMore);
    }

    [Fact]
    public async Task Closing_amid_a_pause_leaves_no_timer_behind()
    {
        var time = new WatchedTimeProvider();
        var host = new RecordingHost(TestProtocol.Create(), time);
        FailTimes("REOPEN", 1, """{"fault":{"no":52,"why":"busy"}}""");
        CometDChatTransport transport = await _bench.StartedAsync(host);
        await _bench.ForgetAsync();
        Assert.Equal("interrupted", await host.NextAsync());
        Assert.Equal("error 52", await host.NextAsync());
        await transport.CloseAsync().AsTask().Soon();
        Assert.Equal(0, time.Timers);
    }

    [Fact]
    public async Task A_request_waits_for_the_connection_no_longer_than_it_may_and_was_not_sent_then()
    {
        CometDChatTransport transport = await _bench.StartedAsync(_host, static options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(300) });
        _bench.Script = static message => message.Channel == "/meta/handshake" ? Reply.Http(503) : null;
        _bench.Server.UpgradeStatus = 503;
        _bench.Server.AbortSockets();
        await ToldAsync("interrupted");
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon());
        Assert.Equal(TestProtocol.Connection, exception.Code.Number);
        Assert.Contains("did not process", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, _bench.Server.CountOf(ChatBench.Talk));
    }

    [Fact]
    public async Task What_a_backend_says_of_its_errors_is_not_logged()
    {
        var refusals = new ConcurrentQueue<int>([52, 60, 70]);
        _bench.Answers = (operation, _) => operation == "REOPEN" && refusals.TryDequeue(out int code) ? $$$"""{"fault":{"no":{{{code}}},"why":"pelican in secret-session"}}""" : null;
        CometDChatTransport transport = await _bench.StartedAsync(_host);
        await _bench.ForgetAsync();
        await ToldAsync("interrupted", "error 52", "error 70");
        await transport.CloseAsync().AsTask().Soon();
        Assert.Contains("70 (Forbidden)", _host.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("pelican", _host.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-session", _host.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_and_a_transcript_are_repeated_while_the_backend_is_busy_but_a_message_is_not()
    {
        FailTimes("REOPEN", 1, """{"fault":{"no":52,"why":"busy"}}""");
        CometDChatTransport transport = _bench.Transport();
        await transport.InitializeAsync(_host, Cancelled).Soon();
        await transport.RestoreSessionAsync(TestProtocol.Restore.With("x"), new ChatSessionState { SessionId = "secret-session" }, Cancelled).Soon();
        FailTimes("HISTORY", 1, """{"fault":{"no":52,"why":"busy"}}""");
        Assert.IsType<TestHistory>(await transport.SendAsync(TestProtocol.History.With("0"), Cancelled).Soon());
        FailTimes("SAY", 1, """{"fault":{"no":52,"why":"busy"}}""");
        Assert.Equal(52, (await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon())).Code.Number);
        Assert.Equal(["REOPEN", "REOPEN", "HISTORY", "HISTORY", "SAY"], await OperationsAsync(5));
        Assert.Equal(5, _bench.Server.CountOf(ChatBench.Talk));
    }

    private async Task ToldAsync(params string[] expected)
    {
        foreach (string told in expected)
        {
            Assert.Equal(told, await _host.NextAsync());
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

    /// <summary>Answers an operation only after a signal; then as the bench does.</summary>
    private void Hold(string operation, Task signal) => _bench.Script = message =>
        message.Channel == ChatBench.Talk && ChatBench.OperationOf(message) == operation ? Reply.After(signal, _bench.Well(message)) : null;

    private void FailTimes(string operation, int times, string answer)
    {
        var left = new ConcurrentQueue<string>(Enumerable.Repeat(answer, times));
        _bench.Answers = (asked, _) => asked == operation && left.TryDequeue(out string? failure) ? failure : null;
    }
}

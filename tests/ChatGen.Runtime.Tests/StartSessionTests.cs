namespace ChatGen.Tests;

public sealed class StartSessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_initializes_the_transport_then_starts_and_yields_an_active_session()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        Assert.Equal(["initialize", "start"], bench.Transport.Calls.Items);
        Assert.True(session.IsActive);
        Assert.Equal(0, session.LastIndex);
    }

    [Fact]
    public async Task Invalid_options_fault_the_task_and_nothing_is_sent_or_stored()
    {
        await using var bench = new Bench();
        var failure = new ChatValidationFailure("$.maxOfflineDuration", "minimum", "must be at least 0");
        Task<TestSession> task = bench.Client.StartSessionAsync(bench.Setup with { Validation = new ChatValidationResult([failure]) }, Ct);
        ChatValidationException exception = await Assert.ThrowsAsync<ChatValidationException>(() => task);
        Assert.Equal([failure], exception.Failures);
        Assert.Empty(bench.Transport.Calls.Items);
        Assert.Empty(bench.Storage.Writes.Items);
    }

    [Fact]
    public async Task Started_state_is_stored_before_the_session_is_handed_out()
    {
        await using var bench = new Bench();
        await bench.StartAsync();
        Assert.Equal("secret-1", bench.Storage.Stored?.SessionId);
        Assert.Equal(0, bench.Storage.Stored?.LastIndex);
    }

    [Fact]
    public async Task What_the_transport_needs_besides_is_stored_and_the_last_index_and_address_are_the_clients()
    {
        await using var bench = new Bench();
        bench.Transport.OnStart = _ =>
        {
            var state = new ChatSessionState { SessionId = "a", LastIndex = 7, ServerUrl = new Uri("https://transport.example/") };
            return Task.FromResult(state with { Values = state.Values.Add("key", "value") });
        };
        await bench.StartAsync();
        Assert.Equal(0, bench.Storage.Stored!.LastIndex);
        Assert.Null(bench.Storage.Stored.ServerUrl);
        Assert.Equal("value", bench.Storage.Stored.Values["key"]);
    }

    [Fact]
    public async Task Newer_values_of_the_transport_are_stored()
    {
        await using var bench = new Bench();
        await bench.StartAsync();
        bench.Transport.Message(3);
        bench.Transport.Host!.OnStateChanged(new ChatSessionState { SessionId = "secret-2" });
        await bench.Storage.Writes.LastAsync(state => state?.SessionId == "secret-2" && state.LastIndex == 3);
    }

    [Fact]
    public async Task Values_that_the_transport_tells_of_before_the_start_is_answered_are_the_newer_ones()
    {
        await using var bench = new Bench();
        bench.Transport.OnStart = _ =>
        {
            bench.Transport.Host!.OnStateChanged(new ChatSessionState { SessionId = "newer" });
            return Task.FromResult(new ChatSessionState { SessionId = "older" });
        };
        await bench.StartAsync();
        Assert.Equal(["newer"], bench.Storage.Writes.Items.Select(state => state?.SessionId));
    }

    [Fact]
    public async Task A_session_that_ends_before_the_start_is_answered_is_handed_out_as_ended()
    {
        await using var bench = new Bench();
        bench.Transport.OnStart = _ =>
        {
            bench.Transport.Json("""{"type":"SessionEnded","reason":"error"}""");
            return Task.FromResult(new ChatSessionState { SessionId = "a" });
        };
        TestSession session = await bench.StartAsync();
        Assert.False(session.IsActive);
        Assert.Equal([null], bench.Storage.Writes.Items);
        Assert.Equal(1, bench.Transport.Closes);
    }

    [Fact]
    public async Task Cancelling_while_the_state_is_stored_no_longer_undoes_the_start()
    {
        await using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Storage.OnWrite = async _ =>
        {
            await stop.CancelAsync();
            await release.Task;
        };
        TestSession session = await bench.Client.StartSessionAsync(bench.Setup, stop.Token);
        Assert.True(session.IsActive);
        release.SetResult();
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("start")]
    public async Task A_failed_start_closes_the_transport_and_leaves_an_earlier_stored_state_untouched(string where)
    {
        await using var bench = new Bench();
        var earlier = new ChatSessionState { SessionId = "earlier" };
        bench.Storage.Stored = earlier;
        ChatException error = TestProtocol.Error(TestProtocol.CommandFailed);
        if (where == "initialize")
        {
            bench.Transport.OnInitialize = () => Task.FromException(error);
        }
        else
        {
            bench.Transport.OnStart = _ => Task.FromException<ChatSessionState>(error);
        }

        Assert.Same(error, await Assert.ThrowsAsync<ChatException>(bench.StartAsync));
        // One that could not be initialized has let go of everything itself, and may carry another session.
        Assert.Equal(where == "initialize" ? 0 : 1, bench.Transport.Closes);
        Assert.Same(earlier, bench.Storage.Stored);
        Assert.Empty(bench.Storage.Writes.Items);
    }

    [Fact]
    public async Task Any_other_exception_of_a_transport_is_wrapped_and_its_text_stays_out_of_the_message()
    {
        await using var bench = new Bench();
        var cause = new InvalidOperationException("secret-1");
        bench.Transport.OnStart = _ => throw cause;
        ChatException exception = await Assert.ThrowsAsync<ChatException>(bench.StartAsync);
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
        Assert.Same(cause, exception.InnerException);
        Assert.Contains("'startSession'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_that_the_caller_has_not_asked_for_is_wrapped_too()
    {
        await using var bench = new Bench();
        bench.Transport.OnStart = _ => throw new TaskCanceledException();
        ChatException exception = await Assert.ThrowsAsync<ChatException>(bench.StartAsync);
        Assert.IsType<TaskCanceledException>(exception.InnerException);
    }

    [Fact]
    public async Task The_callers_cancellation_comes_through_and_closes_the_transport()
    {
        await using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        bench.Transport.OnStart = async _ =>
        {
            await stop.CancelAsync();
            throw new OperationCanceledException(stop.Token);
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => bench.Client.StartSessionAsync(bench.Setup, stop.Token));
        Assert.Equal(1, bench.Transport.Closes);
        Assert.Empty(bench.Storage.Writes.Items);
    }

    [Fact]
    public async Task A_start_that_answers_without_a_session_id_fails()
    {
        await using var bench = new Bench();
        bench.Transport.OnStart = _ => Task.FromResult(new ChatSessionState { SessionId = "" });
        ChatException exception = await Assert.ThrowsAsync<ChatException>(bench.StartAsync);
        Assert.Contains("without a session id", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, bench.Transport.Closes);
    }

    [Fact]
    public async Task A_storage_that_throws_does_not_lose_the_chat()
    {
        await using var bench = new Bench();
        bench.Storage.OnWrite = state => state is null ? Task.CompletedTask : throw new IOException("disk full");
        TestSession session = await bench.StartAsync();
        Assert.True(session.IsActive);
        Assert.Equal(0, bench.Transport.Closes);
        var error = (ErrorEvent)(await Bench.Record(session).CountAsync(1))[0];
        Assert.Equal(TestProtocol.Unspecified, error.Code);
        Assert.Contains(bench.Logger.Entries.Items, entry => entry.Exception is IOException);
    }

    [Fact]
    public async Task A_storage_that_keeps_throwing_is_reported_once_until_it_has_worked_again()
    {
        await using var bench = new Bench();
        bool broken = true;
        var attempts = new Recorder<ChatSessionState?>();
        bench.Storage.OnWrite = state =>
        {
            attempts.Add(state);
            return broken ? Task.FromException(new IOException()) : Task.CompletedTask;
        };
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        await attempts.LastAsync(state => state?.LastIndex == 1);
        broken = false;
        bench.Transport.Message(2);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 2);
        broken = true;
        bench.Transport.Message(3);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).UntilAsync(items => items.OfType<ErrorEvent>().Count() == 2);
        Assert.Equal([1, 2, 3], events.OfType<MessageEvent>().Select(message => message.Index));
        Assert.Equal(2, bench.Logger.Entries.Items.Count(entry => entry.Exception is IOException));
    }

    [Fact]
    public async Task Events_that_come_before_the_start_is_answered_are_delivered()
    {
        await using var bench = new Bench();
        bench.Transport.OnStart = _ =>
        {
            bench.Transport.Message(1);
            return Task.FromResult(new ChatSessionState { SessionId = "a" });
        };
        TestSession session = await bench.StartAsync();
        Assert.Equal(1, session.LastIndex);
        Assert.Equal(1, bench.Storage.Stored!.LastIndex);
        Assert.Equal("message 1", ((MessageEvent)(await Bench.Record(session).CountAsync(1))[0]).Text);
    }

    [Fact]
    public async Task A_transport_can_carry_one_session_after_another()
    {
        await using var bench = new Bench();
        TestSession first = await bench.StartAsync();
        await first.LeaveAsync(Ct);
        TestSession second = await bench.StartAsync();
        bench.Transport.Message(1);
        Assert.IsType<MessageEvent>((await Bench.Record(second).CountAsync(1))[0]);
        Assert.Equal(0, first.LastIndex);
    }

    [Fact]
    public async Task Nothing_that_is_logged_tells_the_session_id()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1, "private words");
        bench.Transport.Json("""{"type":"MessageReceived","text":17}""");
        await session.LeaveAsync(Ct);
        Assert.NotEmpty(bench.Logger.Entries.Items);
        Assert.DoesNotContain(bench.Logger.Entries.Items, entry =>
            entry.Text.Contains("secret-1", StringComparison.Ordinal) || entry.Text.Contains("private", StringComparison.Ordinal) || entry.Text.Contains("Jane", StringComparison.Ordinal));
    }
}

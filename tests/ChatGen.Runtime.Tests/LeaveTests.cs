namespace ChatGen.Tests;

public sealed class LeaveTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaving_clears_the_state_first_then_tells_the_backend_then_raises_the_end_and_closes()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bool activeAtSend = true;
        ChatSessionState? storedAtSend = new() { SessionId = "unset" };
        bench.Transport.OnSend = (_, _) =>
        {
            activeAtSend = session.IsActive;
            storedAtSend = bench.Storage.Stored;
            return Task.FromResult<object?>(new Transcript(null));
        };
        await session.LeaveAsync(Ct);
        Assert.False(activeAtSend);
        Assert.Null(storedAtSend);
        Assert.Equal(["initialize", "start", "leave", "close"], bench.Transport.Calls.Items);
        var end = Assert.IsType<EndedEvent>((await Bench.Record(session).CountAsync(1))[0]);
        Assert.Equal("leaveRequest", end.Reason);
        Assert.Null(bench.Storage.Stored);
    }

    [Fact]
    public async Task What_the_answer_still_brings_is_delivered_before_the_end_without_doubles()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        bench.Transport.OnSend = (_, _) => Task.FromResult<object?>(new Transcript(
            [new MessageEvent { Index = 1, Text = "double" }, new MessageEvent { Index = 2, Text = "bye" }]));
        await session.LeaveAsync(Ct);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).LastAsync(e => e is EndedEvent);
        Assert.Equal(["message 1", "bye"], events.OfType<MessageEvent>().Select(e => e.Text));
        Assert.Null(bench.Storage.Writes.Items[^1]);
        Assert.Equal(2, session.LastIndex);
    }

    [Fact]
    public async Task An_end_that_the_backend_tells_of_replaces_the_local_one_and_comes_last()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.OnSend = (_, _) =>
        {
            bench.Transport.Json("""{"type":"SessionEnded","reason":"error","index":3}""");
            return Task.FromResult<object?>(new Transcript([new MessageEvent { Index = 2, Text = "bye" }]));
        };
        await session.LeaveAsync(Ct);
        var read = new List<ChatEvent>();
        await foreach (ChatEvent e in session.ReadEventsAsync(Ct))
        {
            read.Add(e);
        }

        Assert.Equal([2, 3], read.Select(e => e.Index));
        Assert.Equal("error", Assert.IsType<EndedEvent>(read[1]).Reason);
    }

    [Fact]
    public async Task A_backend_that_cannot_be_told_leaves_the_session_over_all_the_same()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        ChatException error = TestProtocol.Error(TestProtocol.Interrupted);
        bench.Transport.OnSend = (_, _) => Task.FromException<object?>(error);
        Assert.Same(error, await Assert.ThrowsAsync<ChatException>(() => session.LeaveAsync(Ct)));
        Assert.False(session.IsActive);
        Assert.Null(bench.Storage.Stored);
        Assert.Equal(1, bench.Transport.Closes);
        Assert.IsType<EndedEvent>((await Bench.Record(session).CountAsync(1))[0]);
    }

    [Fact]
    public async Task A_storage_that_cannot_be_cleared_does_not_keep_the_visitor()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Storage.OnWrite = _ => throw new IOException();
        await session.LeaveAsync(Ct);
        Assert.Contains("leave", bench.Transport.Calls.Items);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(2);
        Assert.IsType<ErrorEvent>(events[0]);
        Assert.IsType<EndedEvent>(events[1]);
    }

    [Fact]
    public async Task A_second_leave_fails_and_sends_nothing()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        await session.LeaveAsync(Ct);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.LeaveAsync(Ct));
        Assert.Equal("The session has ended.", exception.Message);
        Assert.Single(bench.Transport.Calls.Items, call => call == "leave");
    }

    [Fact]
    public async Task A_cancelled_leave_leaves_the_session_over_all_the_same()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        using var stop = new CancellationTokenSource();
        bench.Transport.OnSend = async (_, cancellationToken) =>
        {
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => session.LeaveAsync(stop.Token));
        Assert.False(session.IsActive);
        Assert.IsType<EndedEvent>((await Bench.Record(session).CountAsync(1))[0]);
    }

    [Fact]
    public async Task Disposing_during_a_leave_closes_the_transport_and_the_leave_still_ends_the_session()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var closed = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Transport.OnSend = (_, _) => closed.Task;
        bench.Transport.OnClose = () =>
        {
            closed.TrySetException(TestProtocol.Error(TestProtocol.Interrupted));
            return ValueTask.CompletedTask;
        };
        Task leave = session.LeaveAsync(Ct);
        await bench.Transport.Calls.LastAsync(call => call == "leave");
        await session.DisposeAsync();
        await Assert.ThrowsAsync<ChatException>(() => leave);
        Assert.IsType<EndedEvent>((await Bench.Record(session).CountAsync(1))[0]);
        Assert.Null(bench.Storage.Stored);
        Assert.Equal(1, bench.Transport.Closes);
    }

    [Fact]
    public async Task A_left_session_cannot_be_restored()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        await session.LeaveAsync(Ct);
        await session.DisposeAsync();
        Assert.Null(await bench.RestoreAsync());
    }

    [Fact]
    public async Task A_leave_that_is_cancelled_before_it_began_changes_nothing()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.LeaveAsync(new CancellationToken(canceled: true)));
        Assert.True(session.IsActive);
        Assert.NotNull(bench.Storage.Stored);
    }
}

namespace ChatGen.Tests;

public sealed class DisposeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposing_stores_the_state_a_last_time_and_closes_the_transport_without_a_leave()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        int before = bench.Storage.Writes.Items.Count;
        await session.DisposeAsync();
        Assert.Equal(before + 1, bench.Storage.Writes.Items.Count);
        Assert.Equal("secret-1", bench.Storage.Stored?.SessionId);
        Assert.Equal(["initialize", "start", "close"], bench.Transport.Calls.Items);
        Assert.False(session.IsActive);
    }

    [Fact]
    public async Task Disposing_twice_does_it_once()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        await Task.WhenAll(session.DisposeAsync().AsTask(), session.DisposeAsync().AsTask());
        await session.DisposeAsync();
        Assert.Equal(1, bench.Transport.Closes);
        Assert.Equal(2, bench.Storage.Writes.Items.Count);
    }

    [Fact]
    public async Task A_second_disposal_waits_for_the_first()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Storage.OnWrite = _ => release.Task;
        Task first = session.DisposeAsync().AsTask();
        Task second = session.DisposeAsync().AsTask();
        await Bench.PoolTurnsAsync();
        Assert.False(second.IsCompleted);
        release.SetResult();
        await first;
        await second;
    }

    [Fact]
    public async Task A_disposed_session_takes_no_command_and_no_event()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        await session.DisposeAsync();
        bench.Transport.Message(1);
        Assert.Equal(0, session.LastIndex);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("a", Ct));
        Assert.Equal("The session has been disposed.", exception.Message);
    }

    [Fact]
    public async Task Events_from_before_the_disposal_are_still_read_and_then_reading_ends()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        await session.DisposeAsync();
        var read = new List<ChatEvent>();
        await foreach (ChatEvent e in session.ReadEventsAsync(Ct))
        {
            read.Add(e);
        }

        Assert.Single(read);
    }

    [Fact]
    public async Task A_reader_that_waits_is_let_go_by_the_disposal()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        await using IAsyncEnumerator<ChatEvent> reader = session.ReadEventsAsync(Ct).GetAsyncEnumerator(Ct);
        ValueTask<bool> next = reader.MoveNextAsync();
        await session.DisposeAsync();
        Assert.False(await next);
    }

    [Fact]
    public async Task A_handler_can_dispose_the_session()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var disposed = new TaskCompletionSource();
        session.On<MessageEvent>(_ =>
        {
            session.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(20), Ct);
            disposed.SetResult();
        });
        bench.Transport.Message(1);
        await disposed.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.Equal(1, bench.Transport.Closes);
    }

    [Fact]
    public async Task Disposing_the_client_disposes_its_live_sessions()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        await bench.Client.DisposeAsync();
        await bench.Client.DisposeAsync();
        Assert.False(session.IsActive);
        Assert.Equal(1, bench.Transport.Closes);
        Assert.NotNull(bench.Storage.Stored);
        await Assert.ThrowsAsync<ObjectDisposedException>(bench.StartAsync);
        await Assert.ThrowsAsync<ObjectDisposedException>(bench.RestoreAsync);
    }

    [Fact]
    public async Task A_start_that_the_clients_disposal_overtakes_is_abandoned()
    {
        await using var bench = new Bench();
        bench.Transport.OnStart = async _ =>
        {
            await bench.Client.DisposeAsync();
            return new ChatSessionState { SessionId = "late" };
        };
        await Assert.ThrowsAsync<ObjectDisposedException>(bench.StartAsync);
        Assert.Equal(1, bench.Transport.Closes);
        Assert.Empty(bench.Storage.Writes.Items);
    }

    [Fact]
    public async Task A_transport_that_throws_while_it_is_closed_is_logged()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.OnClose = () => throw new IOException("broken pipe");
        await session.DisposeAsync();
        Assert.Contains(bench.Logger.Entries.Items, entry => entry.Exception is IOException);
    }
}

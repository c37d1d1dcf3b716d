using Microsoft.Extensions.Logging;

namespace ChatGen.Tests;

public sealed class EventTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_subscriber_gets_what_came_before_and_then_what_comes()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        bench.Transport.Message(2);
        Recorder<ChatEvent> recorder = Bench.Record(session);
        await recorder.CountAsync(2);
        bench.Transport.Message(3);
        Assert.Equal([1, 2, 3], (await recorder.CountAsync(3)).Select(e => e.Index));
    }

    [Fact]
    public async Task A_subscription_gets_events_of_its_type_alone()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var typing = new Recorder<TypingEvent>();
        session.On<TypingEvent>(typing.Add);
        bench.Transport.Json("""{"type":"MessageReceived","text":"a","index":1}""");
        bench.Transport.Json("""{"type":"AgentTyping"}""");
        Assert.Single(await typing.CountAsync(1));
    }

    [Fact]
    public async Task A_slow_handler_delays_no_other()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        using var release = new ManualResetEventSlim();
        var slow = new Recorder<ChatEvent>();
        session.On<ChatEvent>(e =>
        {
            release.Wait(TimeSpan.FromSeconds(20), Ct);
            slow.Add(e);
        });
        Recorder<ChatEvent> quick = Bench.Record(session);
        bench.Transport.Message(1);
        bench.Transport.Message(2);
        await quick.CountAsync(2);
        Assert.Empty(slow.Items);
        release.Set();
        Assert.Equal([1, 2], (await slow.CountAsync(2)).Select(e => e.Index));
    }

    [Fact]
    public async Task A_throwing_handler_is_logged_and_gets_the_next_event()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var seen = new Recorder<ChatEvent>();
        session.On<ChatEvent>(e =>
        {
            seen.Add(e);
            throw new InvalidOperationException("handler");
        });
        bench.Transport.Message(1);
        bench.Transport.Message(2);
        await seen.CountAsync(2);
        IReadOnlyList<LogEntry> log = await bench.Logger.Entries.UntilAsync(entries => entries.Count(entry => entry.Exception is InvalidOperationException) == 2);
        Assert.All(log.Where(entry => entry.Exception is not null), entry => Assert.Equal(LogLevel.Error, entry.Level));
    }

    [Fact]
    public async Task A_disposed_subscription_gets_nothing_more()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var stopped = new Recorder<ChatEvent>();
        IDisposable subscription = session.On<ChatEvent>(stopped.Add);
        Recorder<ChatEvent> other = Bench.Record(session);
        bench.Transport.Message(1);
        await stopped.CountAsync(1);
        subscription.Dispose();
        bench.Transport.Message(2);
        await other.CountAsync(2);
        Assert.Single(stopped.Items);
    }

    [Fact]
    public async Task A_handler_can_dispose_its_subscription_and_gets_no_further_memorised_event()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        bench.Transport.Message(2);
        var seen = new Recorder<ChatEvent>();
        var subscribed = new TaskCompletionSource<IDisposable>();
        var disposed = new TaskCompletionSource();
        subscribed.SetResult(session.On<ChatEvent>(e =>
        {
            subscribed.Task.GetAwaiter().GetResult().Dispose();
            seen.Add(e);
            disposed.TrySetResult();
        }));
        await disposed.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        await Bench.Record(session).CountAsync(2);
        Assert.Single(seen.Items);
    }

    [Fact]
    public async Task Handlers_are_called_in_the_synchronization_context_of_the_subscriber()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        var context = new CountingContext();
        var contexts = new Recorder<SynchronizationContext?>();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            session.On<ChatEvent>(_ => contexts.Add(SynchronizationContext.Current));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await contexts.CountAsync(1);
        bench.Transport.Message(2);
        Assert.All(await contexts.CountAsync(2), current => Assert.Same(context, current));
    }

    [Fact]
    public async Task A_context_that_refuses_stops_its_subscription_and_nothing_else()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new RefusingContext());
        try
        {
            session.On<ChatEvent>(_ => Assert.Fail("There is nowhere to call this."));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        bench.Transport.Message(1);
        await Bench.Record(session).CountAsync(1);
        Assert.Single(bench.Logger.Entries.Items, entry => entry.Exception is ObjectDisposedException);
    }

    [Fact]
    public async Task A_double_of_an_event_of_the_history_is_dropped()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        bench.Transport.Message(2);
        bench.Transport.Message(1);
        bench.Transport.Message(2);
        bench.Transport.Message(3);
        Assert.Equal([1, 2, 3], (await Bench.Record(session).LastAsync(e => e.Index == 3)).Select(e => e.Index));
    }

    [Fact]
    public async Task The_first_event_of_a_history_that_begins_at_zero_is_no_double()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(0);
        bench.Transport.Message(0);
        bench.Transport.Message(1);
        Assert.Equal([0, 1], (await Bench.Record(session).LastAsync(e => e.Index == 1)).Select(e => e.Index));
    }

    [Fact]
    public async Task Events_outside_the_history_are_never_doubles_and_do_not_move_the_last_index()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(5);
        bench.Transport.Json("""{"type":"AgentTyping","index":3}""");
        bench.Transport.Json("""{"type":"AgentTyping","index":9}""");
        await Bench.Record(session).CountAsync(3);
        Assert.Equal(5, session.LastIndex);
    }

    [Fact]
    public async Task The_last_index_moves_and_is_stored()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(4);
        Assert.Equal(4, session.LastIndex);
        await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 4);
    }

    [Fact]
    public async Task Stored_states_are_written_one_at_a_time_and_the_newest_wins()
    {
        await using var bench = new Bench();
        await bench.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Storage.OnWrite = _ =>
        {
            begun.TrySetResult();
            return release.Task;
        };
        bench.Transport.Message(1);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        for (int index = 2; index <= 50; index++)
        {
            bench.Transport.Message(index);
        }

        await Bench.PoolTurnsAsync();
        release.SetResult();
        IReadOnlyList<ChatSessionState?> writes = await bench.Storage.Writes.LastAsync(state => state?.LastIndex == 50);
        Assert.Equal([0, 1, 50], writes.Select(state => state!.LastIndex));
        Assert.False(bench.Storage.Overlapped);
    }

    [Fact]
    public async Task A_malformed_event_becomes_an_error_event_and_the_session_goes_on()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Json("""{"type":"MessageReceived","index":1}""");
        bench.Transport.Json("no JSON at all");
        bench.Transport.Json("");
        bench.Transport.Message(2);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(4);
        Assert.All(events.Take(3), e => Assert.Equal(TestProtocol.Unspecified, Assert.IsType<ErrorEvent>(e).Code));
        Assert.Contains("$.text: is missing", ((ErrorEvent)events[0]).Description, StringComparison.Ordinal);
        Assert.True(session.IsActive);
    }

    [Fact]
    public async Task An_unknown_event_is_delivered_as_it_came_and_logged_as_a_warning()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Json("""{"type":"FileShared","index":7,"url":"x"}""");
        var unknown = Assert.IsType<UnknownChatEvent>((await Bench.Record(session).CountAsync(1))[0]);
        Assert.Equal("x", (string?)unknown.Json["url"]);
        Assert.Contains(bench.Logger.Entries.Items, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("FileShared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interruption_and_its_end_are_events()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Host!.OnInterrupted();
        bench.Transport.Host.OnContinued();
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(2);
        Assert.IsType<InterruptedEvent>(events[0]);
        Assert.IsType<ContinuedEvent>(events[1]);
        Assert.True(session.IsActive);
    }

    [Fact]
    public async Task An_error_outside_any_call_is_an_event_with_its_code_and_no_end()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Host!.OnError(new ChatException(TestProtocol.CommandFailed, "busy"));
        var error = Assert.IsType<ErrorEvent>((await Bench.Record(session).CountAsync(1))[0]);
        Assert.Equal((TestProtocol.CommandFailed, "busy"), (error.Code, error.Description));
        Assert.True(session.IsActive);
        await session.SendMessageAsync("still here", Ct);
    }

    [Fact]
    public async Task A_schema_without_events_for_errors_interruptions_and_the_end_raises_none_and_still_works()
    {
        await using var bench = new Bench(TestProtocol.MessagesOnly);
        TestSession session = await bench.StartAsync();
        bench.Transport.Host!.OnInterrupted();
        bench.Transport.Host.OnContinued();
        bench.Transport.Host.OnError(TestProtocol.Error(TestProtocol.CommandFailed));
        bench.Transport.Json("no JSON");
        bench.Transport.Message(1);
        await session.LeaveAsync(Ct);
        var read = new List<ChatEvent>();
        await foreach (ChatEvent e in session.ReadEventsAsync(Ct))
        {
            read.Add(e);
        }

        Assert.IsType<MessageEvent>(Assert.Single(read));
        Assert.False(session.IsActive);
    }

    [Fact]
    public async Task The_end_clears_the_state_closes_the_transport_and_ends_reading()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        bench.Transport.Json("""{"type":"SessionEnded","reason":"agent","index":2}""");
        bench.Transport.Message(3);
        Assert.False(session.IsActive);
        var read = new List<ChatEvent>();
        await foreach (ChatEvent e in session.ReadEventsAsync(Ct))
        {
            read.Add(e);
        }

        Assert.Equal([1, 2], read.Select(e => e.Index));
        await bench.Storage.Writes.LastAsync(state => state is null);
        await bench.Transport.Calls.LastAsync(call => call == "close");
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("too late", Ct));
        Assert.Equal(("The session has ended.", TestProtocol.Unspecified), (exception.Message, exception.Code));
        Assert.DoesNotContain("sendMessage", bench.Transport.Calls.Items);
    }

    [Fact]
    public async Task Nothing_is_stored_after_the_end_has_cleared_the_state()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Json("""{"type":"SessionEnded","reason":"agent","index":2}""");
        bench.Transport.Host!.OnStateChanged(new ChatSessionState { SessionId = "late" });
        await session.DisposeAsync();
        Assert.Null(bench.Storage.Stored);
        Assert.Equal(2, bench.Storage.Writes.Items.Count);
        Assert.Equal(1, bench.Transport.Closes);
    }

    [Fact]
    public async Task A_subscriber_after_the_end_still_gets_everything()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        await session.LeaveAsync(Ct);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(2);
        Assert.IsType<EndedEvent>(events[1]);
    }

    [Fact]
    public async Task Reading_waits_for_events_and_can_be_cancelled()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using IAsyncEnumerator<ChatEvent> reader = session.ReadEventsAsync(stop.Token).GetAsyncEnumerator(Ct);
        ValueTask<bool> first = reader.MoveNextAsync();
        Assert.False(first.IsCompleted);
        bench.Transport.Message(1);
        Assert.True(await first);
        ValueTask<bool> second = reader.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
    }

    [Fact]
    public async Task Every_subscriber_gets_every_event_in_order_whatever_the_threads_do()
    {
        const int Count = 5_000;
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var completions = new List<Task<List<int>>>();
        Task producing = Task.Run(
            () =>
            {
                for (int index = 1; index <= Count; index++)
                {
                    bench.Transport.Message(index);
                }
            },
            Ct);
        for (int subscriber = 0; subscriber < 40; subscriber++)
        {
            int number = subscriber;
            completions.Add(Task.Run(() => number % 2 == 0 ? CollectByHandlerAsync(session, Count) : CollectByReadingAsync(session, Count), Ct));
            await Task.Yield();
        }

        await producing;
        List<int> expected = [.. Enumerable.Range(1, Count)];
        foreach (List<int> indexes in await Task.WhenAll(completions).WaitAsync(TimeSpan.FromSeconds(30), Ct))
        {
            Assert.Equal(expected, indexes);
        }
    }

    [Fact]
    public async Task An_event_that_comes_while_a_handler_is_about_to_rest_is_not_lost()
    {
        const int Rounds = 20_000;
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        int seen = 0;
        session.On<MessageEvent>(e => Volatile.Write(ref seen, e.Index!.Value));
        for (int index = 1; index <= Rounds; index++)
        {
            // The pause sweeps over the moments between the handler's return and the subscription's rest.
            Thread.SpinWait(index % 64);
            bench.Transport.Message(index);

            // Nothing else comes until this is seen, so a lost wake-up stays lost.
            long deadline = Environment.TickCount64 + 20_000;
            for (int spins = 1; Volatile.Read(ref seen) != index; spins++)
            {
                if (spins % 1_000 == 0)
                {
                    Assert.True(Environment.TickCount64 < deadline, $"Event {index} was never handed out.");
                    Thread.Yield();
                }
            }
        }
    }

    [Fact]
    public async Task Events_from_several_threads_come_in_one_order_for_all()
    {
        const int Threads = 4;
        const int Each = 1_000;
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var first = new Recorder<string>();
        var second = new Recorder<string>();
        session.On<MessageEvent>(e => first.Add(e.Text));
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                for (int i = 0; i < Each; i++)
                {
                    bench.Transport.Host!.OnEvent(new MessageEvent { Text = $"{thread}/{i}" });
                }
            },
            Ct)));
        session.On<MessageEvent>(e => second.Add(e.Text));
        Assert.Equal(await first.CountAsync(Threads * Each), await second.CountAsync(Threads * Each));
    }

    private static async Task<List<int>> CollectByHandlerAsync(TestSession session, int count)
    {
        var indexes = new List<int>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.On<MessageEvent>(e =>
        {
            indexes.Add(e.Index!.Value);
            if (e.Index == count)
            {
                done.SetResult();
            }
        });
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        return indexes;
    }

    private static async Task<List<int>> CollectByReadingAsync(TestSession session, int count)
    {
        var indexes = new List<int>();
        await foreach (ChatEvent e in session.ReadEventsAsync(Ct))
        {
            indexes.Add(e.Index!.Value);
            if (e.Index == count)
            {
                break;
            }
        }

        return indexes;
    }

    private sealed class CountingContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ =>
        {
            SetSynchronizationContext(this);
            d(state);
            SetSynchronizationContext(null);
        });
    }

    private sealed class RefusingContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new ObjectDisposedException("context");
    }
}

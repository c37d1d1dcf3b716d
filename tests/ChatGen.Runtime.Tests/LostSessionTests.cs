namespace ChatGen.Tests;

/// <summary>A session that the backend does not know any more: it ends, and its state is cleared.</summary>
public sealed class LostSessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ChatException Lost => new(TestProtocol.UnknownSession, "gone");

    [Fact]
    public async Task An_error_that_the_session_is_over_ends_it_and_clears_the_state()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        bench.Transport.Host!.OnError(Lost);
        bench.Transport.Message(2);
        Assert.False(session.IsActive);
        List<ChatEvent> read = await ReadToEndAsync(session);
        Assert.Equal(1, read[0].Index);
        Assert.Equal(TestProtocol.UnknownSession, Assert.IsType<ErrorEvent>(read[1]).Code);
        Assert.Equal("error", Assert.IsType<EndedEvent>(read[2]).Reason);
        Assert.Equal(3, read.Count);
        await bench.Storage.Writes.LastAsync(state => state is null);
        await bench.Transport.Calls.LastAsync(call => call == "close");
        Assert.Equal("The session has ended.", (await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("too late", Ct))).Message);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("restore")]
    public async Task One_that_is_lost_while_it_is_opened_is_over_when_it_is_handed_out(string how)
    {
        await using var bench = new Bench();
        TestSession session;
        if (how == "start")
        {
            bench.Transport.OnStart = _ =>
            {
                bench.Transport.Host!.OnError(Lost);
                return Task.FromResult(new ChatSessionState { SessionId = "secret-1" });
            };
            session = await bench.StartAsync();
        }
        else
        {
            bench.Storage.Stored = new ChatSessionState { SessionId = "stored" };
            bench.Transport.OnRestore = _ =>
            {
                bench.Transport.Host!.OnError(Lost);
                return Task.CompletedTask;
            };
            session = (await bench.RestoreAsync())!;
        }

        Assert.False(session.IsActive);
        Assert.IsType<EndedEvent>((await ReadToEndAsync(session))[1]);
        Assert.Null(bench.Storage.Stored);
        Assert.Equal(1, bench.Transport.Closes);
    }

    [Fact]
    public async Task A_schema_without_such_an_event_ends_the_session_without_it()
    {
        await using var bench = new Bench(TestProtocol.MessagesOnly);
        TestSession session = await bench.StartAsync();
        bench.Transport.Host!.OnError(Lost);
        Assert.Empty(await ReadToEndAsync(session));
        Assert.False(session.IsActive);
        await bench.Storage.Writes.LastAsync(state => state is null);
    }

    [Fact]
    public async Task Of_two_errors_that_the_session_is_over_the_first_ends_it()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Host!.OnError(Lost);
        bench.Transport.Host.OnError(Lost);
        Assert.Equal(2, (await ReadToEndAsync(session)).Count);
        await session.DisposeAsync();
        Assert.Equal(1, bench.Transport.Closes);
    }

    [Fact]
    public async Task A_command_and_the_transcript_that_say_so_end_the_session()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.OnSend = (_, _) => throw Lost;
        Assert.Equal("gone", (await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("x", Ct))).Message);
        List<ChatEvent> read = await ReadToEndAsync(session);
        Assert.IsType<ErrorEvent>(read[0]);
        Assert.IsType<EndedEvent>(read[1]);
        await bench.Storage.Writes.LastAsync(state => state is null);
        await bench.Transport.Calls.LastAsync(call => call == "close");
        Assert.Equal(["initialize", "start", "sendMessage", "getTranscript", "close"], bench.Transport.Calls.Items);
    }

    [Fact]
    public async Task A_command_alone_that_says_so_ends_nothing_if_the_transcript_shows_the_session_alive()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.Message(1);
        bench.Transport.OnSend = (command, _) => command.Name == "sendMessage"
            ? throw Lost
            : Task.FromResult<object?>(new Transcript([new MessageEvent { Index = 1, Text = "double" }, new MessageEvent { Index = 2, Text = "missed" }]));
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("x", Ct));
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).CountAsync(2);
        Assert.Equal(["message 1", "missed"], events.Select(e => ((MessageEvent)e).Text));
        Assert.True(session.IsActive);
        Assert.Equal(2, session.LastIndex);
    }

    [Fact]
    public async Task The_end_that_the_transcript_has_is_the_one_that_is_raised()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.OnSend = (command, _) => command.Name == "sendMessage"
            ? throw Lost
            : Task.FromResult<object?>(new Transcript([new EndedEvent { Index = 1, Reason = "agent" }]));
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("x", Ct));
        Assert.Equal("agent", Assert.IsType<EndedEvent>(Assert.Single(await ReadToEndAsync(session))).Reason);
    }

    [Fact]
    public async Task Without_a_transcript_to_ask_the_command_is_believed()
    {
        await using var bench = new Bench(TestProtocol.WithoutTranscript);
        TestSession session = await bench.StartAsync();
        bench.Transport.OnSend = (_, _) => throw Lost;
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("x", Ct));
        Assert.IsType<EndedEvent>((await ReadToEndAsync(session))[1]);
    }

    [Fact]
    public async Task A_transcript_that_fails_otherwise_leaves_the_session_alive_and_the_next_command_asks_again()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.OnSend = (command, _) => throw (command.Name == "sendMessage" ? Lost : TestProtocol.Error(TestProtocol.CommandFailed));
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("x", Ct));
        await bench.Logger.Entries.UntilAsync(entries => entries.Any(entry => entry.Text.Contains("could not be asked", StringComparison.Ordinal)));
        Assert.True(session.IsActive);
        bench.Transport.OnSend = (_, _) => throw Lost;
        while (session.IsActive)
        {
            await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("y", Ct));
            await Bench.PoolTurnsAsync();
        }

        Assert.IsType<EndedEvent>((await ReadToEndAsync(session))[1]);
    }

    [Fact]
    public async Task Disposing_stops_the_question()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var asked = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Transport.OnSend = async (command, cancellationToken) =>
        {
            if (command.Name == "sendMessage")
            {
                throw Lost;
            }

            asked.SetResult(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("x", Ct));
        CancellationToken stopped = await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await session.DisposeAsync();
        Assert.True(stopped.IsCancellationRequested);
        Assert.NotNull(bench.Storage.Stored);
    }

    private static async Task<List<ChatEvent>> ReadToEndAsync(TestSession session)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var read = new List<ChatEvent>();
        await foreach (ChatEvent e in session.ReadEventsAsync(limit.Token))
        {
            read.Add(e);
        }

        return read;
    }
}

namespace ChatGen.Tests;

public sealed class CommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_goes_to_the_transport_with_its_options()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        ChatCommand? sent = null;
        bench.Transport.OnSend = (command, _) =>
        {
            sent = command;
            return Task.FromResult<object?>(null);
        };
        await session.SendMessageAsync("Hello", Ct);
        Assert.Equal(("sendMessage", new MessageOptions("Hello")), (sent!.Name, sent.Options));
    }

    [Fact]
    public async Task Invalid_options_fault_the_task_and_nothing_is_sent()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        Task task = session.SendMessageAsync("", new ChatValidationResult([new ChatValidationFailure("$.message", "minLength", "too short")]), Ct);
        await Assert.ThrowsAsync<ChatValidationException>(() => task);
        Assert.DoesNotContain("sendMessage", bench.Transport.Calls.Items);
    }

    [Fact]
    public async Task A_result_is_handed_out()
    {
        await using var bench = new Bench();
        bench.Transport.History = [new MessageEvent { Index = 1, Text = "a" }];
        TestSession session = await bench.StartAsync();
        Transcript transcript = await session.GetTranscriptAsync(0, Ct);
        Assert.Equal(bench.Transport.History, transcript.Entries);
        Assert.Equal(0, session.LastIndex);
    }

    [Fact]
    public async Task A_result_of_a_wrong_type_fails_the_command()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.OnSend = (_, _) => Task.FromResult<object?>("wrong");
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.GetTranscriptAsync(0, Ct));
        Assert.Equal("The transport answered 'getTranscript' with String instead of Transcript.", exception.Message);
    }

    [Fact]
    public async Task The_transports_error_comes_through_and_the_session_goes_on()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        ChatException error = TestProtocol.Error(TestProtocol.CommandFailed);
        bench.Transport.OnSend = (_, _) => Task.FromException<object?>(error);
        Assert.Same(error, await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("a", Ct)));
        Assert.True(session.IsActive);
    }

    [Fact]
    public async Task Any_other_exception_of_the_transport_is_wrapped()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        bench.Transport.OnSend = (_, _) => throw new NotSupportedException();
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("a", Ct));
        Assert.IsType<NotSupportedException>(exception.InnerException);
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
    }

    [Fact]
    public async Task Cancelling_a_command_comes_through_as_cancellation()
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
        await Assert.ThrowsAsync<OperationCanceledException>(() => session.SendMessageAsync("a", stop.Token));
        Assert.True(session.IsActive);
    }

    [Fact]
    public async Task Commands_run_side_by_side()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int underWay = 0;
        bench.Transport.OnSend = async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref underWay) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
            return null;
        };
        await Task.WhenAll(session.SendMessageAsync("a", Ct), session.SendMessageAsync("b", Ct));
        Assert.Equal(2, underWay);
    }
}

using ChatGen.Specification.Tests.Doubles;

namespace ChatGen.Specification.Tests;

/// <summary>"Returned Promise" of startSession, restoreSession and the session's commands, written as the specification's samples are.</summary>
public sealed class PromiseTests
{
    [Fact]
    public async Task Done_of_startSession_gives_access_to_the_session()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        var connected = new TaskCompletionSource<AgentConnectedEvent>();
        List<ChatFailure> failures = [];
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token)
            .Done(session =>
            {
                session.OnAgentConnected(connected.SetResult);
                session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
            })
            .Fail(failures.Add);
        Assert.Equal("Sam", (await connected.Task.InTime()).Party.Name);
        await session.MessageAsync("You said: Hello");
        Assert.Empty(failures);
    }

    [Fact]
    public async Task Fail_of_startSession_tells_what_went_wrong()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Backend.GoOffline();
        List<ChatSession> sessions = [];
        List<ChatFailure> failures = [];
        ChatException exception = await Assert.ThrowsAsync<ChatException>(
            () => bench.Client().StartSessionAsync(bench.Start, Deadline.Token).Done(sessions.Add).Fail(failures.Add));
        Assert.Empty(sessions);
        ChatException? error = Assert.Single(failures).Error;
        Assert.Same(exception, error);
        Assert.Equal(ErrorCode.ConnectionInterrupted, error?.Code);
        Assert.StartsWith("Cannot connect to the CometD server 127.0.0.1: ", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fail_of_startSession_tells_of_options_that_break_the_schema()
    {
        await using Bench bench = await Bench.StartAsync();
        List<ChatFailure> failures = [];
        await Assert.ThrowsAsync<ChatValidationException>(() => bench.Client().StartSessionAsync(new StartSessionOptions(), Deadline.Token).Fail(failures.Add));
        Assert.IsType<ChatValidationException>(Assert.Single(failures).Error);
    }

    [Fact]
    public async Task Fail_and_done_of_restoreSession_tell_no_session_a_failure_and_a_session_apart()
    {
        await using Bench bench = await Bench.StartAsync();
        List<string> told = [];

        await RestoreAsync();
        Assert.Equal(["bind start button"], told);

        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { MaxOfflineDuration = TimeSpan.FromMinutes(10) }, Deadline.Token);
        await session.DisposeAsync();
        bench.Backend.GoOffline();
        await Assert.ThrowsAsync<ChatException>(RestoreAsync);
        Assert.Equal(["bind start button", "chat restoration failed"], told);

        bench.Backend.GoOnline();
        await RestoreAsync();
        Assert.Equal(["bind start button", "chat restoration failed", "active"], told);

        Task RestoreAsync() => bench.Client().RestoreSessionAsync(new RestoreSessionOptions { MaxOfflineDuration = TimeSpan.FromSeconds(60) }, Deadline.Token)
            .Fail(failure => told.Add(failure.Error is not null ? "chat restoration failed" : "bind start button"))
            .Done(session => told.Add(session!.IsActive ? "active" : "inactive"));
    }

    [Fact]
    public async Task Done_and_fail_of_a_command_tell_whether_it_succeeded()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        List<string> told = [];
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token).Done(() => told.Add("sent")).Fail(_ => told.Add("failed"));
        await session.GetTranscriptAsync(cancellationToken: Deadline.Token).Done(result => told.Add($"{result.Transcript.Count} entry")).Fail(_ => told.Add("failed"));
        await session.LeaveAsync(Deadline.Token).Done(() => told.Add("left"));
        await Assert.ThrowsAsync<ChatException>(() => session
            .SendMessageAsync("Anybody there?", cancellationToken: Deadline.Token).Done(() => told.Add("sent")).Fail(failure => told.Add(failure.Error!.Message)));
        Assert.Equal(["sent", "1 entry", "left", "The session has ended."], told);
    }

    [Fact]
    public async Task Fail_of_a_cancelled_start_tells_so()
    {
        await using Bench bench = await Bench.StartAsync();
        List<ChatFailure> failures = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.Client().StartSessionAsync(new StartSessionOptions { Transport = new InMemoryTransport() }, new CancellationToken(canceled: true)).Fail(failures.Add));
        Assert.Equal("The call was cancelled.", Assert.Single(failures).Error?.Message);
    }
}

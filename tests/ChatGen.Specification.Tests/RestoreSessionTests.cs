using ChatGen.Specification.Tests.Doubles;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Specification.Tests;

/// <summary>restoreSession: an existing session is launched again, or there is none, or it fails.</summary>
public sealed class RestoreSessionTests
{
    [Fact]
    public async Task Restore_without_stored_state_yields_no_session_and_fails_without_error()
    {
        await using Bench bench = await Bench.StartAsync();
        List<ChatFailure> failures = [];
        ChatSession? session = await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token).Fail(failures.Add);
        Assert.Null(session);
        Assert.Null(Assert.Single(failures).Error);
        Assert.False(bench.WasCalled);
    }

    [Fact]
    public async Task Restore_of_a_stored_session_that_fails_throws_and_fails_with_the_error()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench);
        bench.Backend.GoOffline();
        List<ChatFailure> failures = [];
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token).Fail(failures.Add));
        Assert.Equal(ErrorCode.ConnectionInterrupted, exception.Code);
        Assert.Same(exception, Assert.Single(failures).Error);

        bench.Backend.GoOnline();
        Assert.NotNull(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task Restore_of_expired_state_yields_no_session_and_fails_without_error()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench);
        int handshakes = bench.Backend.Requests.Handshakes;
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(11));
        List<ChatFailure> failures = [];
        Assert.Null(await bench.Client(clock).RestoreSessionAsync(cancellationToken: Deadline.Token).Fail(failures.Add));
        Assert.Null(Assert.Single(failures).Error);
        Assert.Equal(handshakes, bench.Backend.Requests.Handshakes);
        Assert.False(File.Exists(bench.StateFile));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restored_session_replays_its_history_and_goes_on_at_its_last_index(bool disableWebSockets)
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client().StartSessionAsync(
            bench.Start with { DisableWebSockets = disableWebSockets, MaxOfflineDuration = TimeSpan.FromMinutes(10) }, Deadline.Token);
        await session.MessageAsync("Hello, my name is Sam. How can I help you?");
        await session.SendMessageAsync("One", cancellationToken: Deadline.Token);
        IReadOnlyList<ChatEvent> before = await session.EventsToAsync("You said: One");
        Assert.All(before, chatEvent => Assert.False(chatEvent.Restored));
        Assert.Equal(4, session.LastIndex);
        await session.DisposeAsync();
        await bench.Backend.Sessions[0].Agent.SendAsync("Are you still there?");

        ChatSession restored = (await bench.Client().RestoreSessionAsync(new RestoreSessionOptions { DisableWebSockets = disableWebSockets }, Deadline.Token))!;
        await restored.SendMessageAsync("Two", cancellationToken: Deadline.Token);
        IReadOnlyList<ChatEvent> after = await restored.EventsToAsync("You said: Two");
        List<ChatEvent> history = [.. after.Where(chatEvent => chatEvent.EventType.KeptInHistory)];
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], history.Select(chatEvent => chatEvent.Index ?? 0));
        Assert.Equal([true, true, true, true, true, false, false], history.Select(chatEvent => chatEvent.Restored));
        Assert.Equal(
            ["Hello, my name is Sam. How can I help you?", "One", "You said: One", "Are you still there?", "Two", "You said: Two"],
            history.OfType<MessageReceivedEvent>().Select(message => message.Content.Text));
        Assert.Equal(7, restored.LastIndex);
        Assert.Single(bench.Backend.Sessions);
    }

    [Fact]
    public async Task A_session_can_be_restored_while_its_first_client_still_holds_it()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession first = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        await first.SendMessageAsync("From the first page", cancellationToken: Deadline.Token);
        await first.MessageAsync("From the first page");
        ChatSession second = (await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token))!;
        await bench.Backend.Sessions[0].Agent.SendAsync("To the second page");
        Assert.False((await second.MessageAsync("To the second page")).Restored);
        Assert.True((await second.MessageAsync("From the first page")).Restored);
    }

    [Fact]
    public async Task A_session_that_the_agent_has_ended_meanwhile_is_unknown_and_is_forgotten()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench);
        await bench.Backend.Sessions[0].Agent.EndAsync();
        await AssertUnknownAsync(bench.Client());
        Assert.Null(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task A_session_that_the_backend_has_forgotten_is_unknown_and_is_forgotten_here_too()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench);
        await bench.Backend.DisposeAsync();
        await using ChatBackend successor = await ChatBackend.StartAsync(new ChatBackendOptions { Port = bench.Backend.CometDUrl.Port }, Deadline.Token);
        await AssertUnknownAsync(bench.Client());
        Assert.False(File.Exists(bench.StateFile));
        Assert.Null(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task A_new_session_can_be_started_where_there_was_none_to_restore()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatClient client = bench.Client();
        ChatSession session = await client.RestoreSessionAsync(cancellationToken: Deadline.Token) ?? await client.StartSessionAsync(bench.Start, Deadline.Token);
        Assert.True(session.IsActive);
    }

    [Fact]
    public async Task A_process_that_was_killed_leaves_a_session_that_another_restores_within_MaxOfflineDuration()
    {
        var maxOfflineDuration = TimeSpan.FromSeconds(2);
        await using Bench bench = await Bench.StartAsync();
        await using VisitorProcess visitor = await VisitorProcess.StartAsync(
            bench.Backend.CometDUrl, bench.StateFile, maxOfflineDuration, silence: maxOfflineDuration + TimeSpan.FromSeconds(0.5));
        DateTimeOffset lastSeenAlive = DateTimeOffset.UtcNow;
        await visitor.KillAsync();
        await bench.Backend.Sessions[0].Agent.SendAsync("Hello?");
        File.Copy(bench.StateFile, bench.StateFile + ".copy");

        // The readers' clocks stand still, so that a slow machine does not use up what is left of the time.
        ChatSession? tooLate = await bench.Client(new FakeTimeProvider(lastSeenAlive + maxOfflineDuration)).RestoreSessionAsync(cancellationToken: Deadline.Token);
        Assert.Null(tooLate);

        File.Move(bench.StateFile + ".copy", bench.StateFile);
        ChatSession? inTime = await bench.Client(new FakeTimeProvider(lastSeenAlive)).RestoreSessionAsync(cancellationToken: Deadline.Token);
        Assert.NotNull(inTime);
        Assert.True((await inTime.MessageAsync(Visitor.Message)).Restored);
        Assert.True((await inTime.MessageAsync("Hello?")).Restored);
        await inTime.SendMessageAsync("Here I am again.", cancellationToken: Deadline.Token);
        Assert.Equal(3, (await inTime.MessageAsync("Here I am again.")).Index - 1);
        Assert.Equal([Visitor.Message, "Hello?", "Here I am again."], bench.Backend.Sessions[0].Messages);
    }

    private static async Task StartAndLetGoAsync(Bench bench)
    {
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { MaxOfflineDuration = TimeSpan.FromMinutes(10) }, Deadline.Token);
        await session.DisposeAsync();
    }

    private static async Task AssertUnknownAsync(ChatClient client)
    {
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => client.RestoreSessionAsync(cancellationToken: Deadline.Token));
        Assert.Equal(ErrorCode.UnknownSession, exception.Code);
        Assert.Equal(ChatRecovery.Ended, exception.Recovery);
        Assert.Equal("The chat session is not known, or is over.", exception.Message);
    }
}

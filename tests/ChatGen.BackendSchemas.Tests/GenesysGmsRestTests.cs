using ChatGen.Backends.GenesysGms;
using ChatGen.BackendSchemas.Tests.Backends;
using ChatGen.BackendSchemas.Tests.Doubles;
using ChatGen.BackendSchemas.Tests.GenesysGmsRest;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests;

public sealed class GenesysGmsRestTests : FaultScript
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_failure_that_may_pass_leaves_the_session_and_its_secrets_as_they_are()
    {
        await using GenesysGmsRestBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);
            bench.Emulator.Answer(bench.IsMessage, EmulatorAnswer.Respond(200, """{"statusCode":1,"chatEnded":false,"chatId":"0","alias":"0","secureKey":"untrusted","userId":"untrusted","nextPosition":77}"""));

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

            Assert.Equal(ErrorCode.TemporaryFailure, failure.Code);
            Assert.Equal(ChatRecovery.Retry, failure.Recovery);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_ends_the_session()
    {
        await using GenesysGmsRestBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token);
        await TalkAsync(bench, visitor);

        bench.Emulator.Conversation!.Break();

        IReadOnlyList<Seen> all = await visitor.AllAsync();
        Assert.Equal(ErrorCode.PermanentFailure, Assert.Single(all, seen => seen.Event == "error").Code);
        Assert.Equal("error", all[^1].Reason);
        await AssertIsOverAsync(visitor, surroundings);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_by_its_code_and_the_chat_goes_on()
    {
        await using GenesysGmsRestBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync(new string('a', 5000), Deadline.Token));

            Assert.Equal(ErrorCode.MessageTooLong, failure.Code);
            Assert.Equal(ChatRecovery.Fatal, failure.Recovery);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_chat_that_cannot_be_started_now_says_so()
    {
        await using GenesysGmsRestBench bench = await StartAsync();
        bench.Emulator.IsOpen = false;

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => bench.StartAsync(new Surroundings(), Deadline.Token));

        Assert.Equal(ErrorCode.ChatUnavailable, failure.Code);
        Assert.Equal(ChatRecovery.Retry, failure.Recovery);
    }

    [Fact]
    public async Task A_session_that_the_backend_does_not_know_any_more_cannot_be_restored_and_its_state_is_cleared()
    {
        await using GenesysGmsRestBench bench = await StartAsync();
        var first = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(first, Deadline.Token))
        {
            await TalkAsync(bench, visitor);
        }

        ChatSessionState state = (await first.Storage.ReadAsync(Deadline.Token))!;
        await first.Storage.WriteAsync(state with { Values = state.Values.SetItem("secureKey", "\"wrong\"") }, Deadline.Token);

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => bench.RestoreAsync(first, Deadline.Token));

        Assert.Equal(ErrorCode.WrongSecureKey, failure.Code);
        Assert.Equal(ChatRecovery.Ended, failure.Recovery);
        Assert.Null(await first.Storage.ReadAsync(Deadline.Token));
    }

    [Fact]
    public async Task Events_are_polled_for_at_the_interval_more_rarely_while_that_fails_and_no_more_after_the_end()
    {
        await using GenesysGmsRestBench bench = await StartAsync();
        var clock = new WatchedTimeProvider();
        var surroundings = new Surroundings { Clock = clock };
        await using IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token);
        EmulatedConversation conversation = await bench.Emulator.WaitForConversationAsync(Deadline.Token);

        Assert.Equal(s_interval, await PollAsync());
        Assert.Equal(s_interval, await PollAsync());
        bench.Emulator.Answer(IsPoll, EmulatorAnswer.Respond(503), 3);
        Assert.Equal(s_interval, await PollAsync());
        TimeSpan[] pauses = [await PollAsync(), await PollAsync(), await PollAsync()];
        Assert.All(pauses, pause => Assert.InRange(pause, s_interval, TimeSpan.FromSeconds(30)));
        Assert.True(pauses[2] > pauses[0], $"The pauses were {string.Join(", ", pauses)}.");
        await visitor.SeeAsync("interrupted");
        await visitor.SeeAsync("continued");
        Assert.Equal(s_interval, await PollAsync());

        await conversation.AgentJoinsAsync("Mary");
        await conversation.AgentLeavesAsync();
        await PollAsync(isLast: true);
        await visitor.SeeAsync("sessionEnded");
        int polls = bench.Emulator.Requests.Count(IsPoll);
        await AssertIsOverAsync(visitor, surroundings);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(polls, bench.Emulator.Requests.Count(IsPoll));
        Assert.Equal(0, clock.ActiveTimers);
        AssertOrderly(bench, surroundings);

        // Lets the time pass until the next poll, and tells how long that was.
        async Task<TimeSpan> PollAsync(bool isLast = false)
        {
            TimeSpan pause = await clock.WaitForPauseAsync(Deadline.Token);
            int before = bench.Emulator.Requests.Count(IsPoll);
            clock.Advance(pause - TimeSpan.FromMilliseconds(1));
            Assert.Equal(before, bench.Emulator.Requests.Count(IsPoll));
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await bench.Emulator.WaitForRequestAsync(_ => bench.Emulator.Requests.Count(IsPoll) == before + 1 && bench.Emulator.Requests.Last(IsPoll).Status is not null, Deadline.Token);
            return pause;
        }
    }

    protected override async Task<Bench> StartBenchAsync() => await StartAsync();

    private static async Task<GenesysGmsRestBench> StartAsync() => new(await GenesysGmsEmulator.StartAsync(new GenesysGmsOptions { ApiKey = "key-of-the-proxy" }, Deadline.Token));

    private static bool IsPoll(EmulatorRequest request) => request.Path.EndsWith("/refresh", StringComparison.Ordinal);
}

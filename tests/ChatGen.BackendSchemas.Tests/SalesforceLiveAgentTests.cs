using ChatGen.Backends.SalesforceLiveAgent;
using ChatGen.BackendSchemas.Tests.Backends;
using ChatGen.BackendSchemas.Tests.SalesforceLiveAgent;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests;

public sealed class SalesforceLiveAgentTests : FaultScript
{
    [Fact]
    public async Task A_session_that_is_not_valid_any_more_is_over_at_the_next_message()
    {
        await using SalesforceLiveAgentBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token);
        await TalkAsync(bench, visitor);
        bench.Emulator.Answer(bench.IsMessage, EmulatorAnswer.Respond(403, "403 the session is not valid", "text/plain"));

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

        Assert.Equal(ErrorCode.SessionNotValid, failure.Code);
        Assert.Equal(ChatRecovery.Ended, failure.Recovery);
        Assert.Equal("error", (await visitor.AllAsync())[^1].Reason);
        await AssertIsOverAsync(visitor, surroundings);
    }

    [Fact]
    public async Task A_second_poll_beside_the_first_has_ended_the_chat()
    {
        await using SalesforceLiveAgentBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token);
        EmulatedConversation conversation = await TalkAsync(bench, visitor);
        bench.Emulator.Answer(request => request.Path.EndsWith("/Messages", StringComparison.Ordinal), EmulatorAnswer.Respond(409));

        await conversation.AgentTypesAsync(isTyping: true);

        IReadOnlyList<Seen> all = await visitor.AllAsync();
        Assert.Equal(ErrorCode.DuplicatePoll, Assert.Single(all, seen => seen.Event == "error").Code);
        Assert.Equal("error", all[^1].Reason);
        await AssertIsOverAsync(visitor, surroundings);
    }

    [Theory]
    [InlineData(400, ChatRecovery.Fatal)]
    [InlineData(405, ChatRecovery.Fatal)]
    [InlineData(500, ChatRecovery.Retry)]
    public async Task A_message_that_is_refused_by_a_status_fails_with_its_recovery_and_the_chat_goes_on(int status, ChatRecovery recovery)
    {
        await using SalesforceLiveAgentBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);
            bench.Emulator.Answer(bench.IsMessage, EmulatorAnswer.Respond(status));

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

            Assert.Equal(new ChatErrorCode(status), failure.Code);
            Assert.True(failure.Code.IsKnown);
            Assert.Equal(recovery, failure.Recovery);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_chat_that_nobody_takes_ends_with_the_backend_s_word()
    {
        await using SalesforceLiveAgentBench bench = await StartAsync();
        bench.Emulator.IsOpen = false;
        var surroundings = new Surroundings();
        await using IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token);

        await visitor.SeeAsync("sessionEnded", seen => seen.Reason == "error");
        SessionEndedEvent ended = await visitor.Session.ReadEventsAsync(Deadline.Token).OfType<SessionEndedEvent>().SingleAsync(Deadline.Token);
        Assert.Equal("Unavailable", ended.Detail);
        await AssertIsOverAsync(visitor, surroundings);
    }

    protected override async Task<Bench> StartBenchAsync() => await StartAsync();

    private static async Task<SalesforceLiveAgentBench> StartAsync() => new(await SalesforceLiveAgentEmulator.StartAsync(null, Deadline.Token));
}

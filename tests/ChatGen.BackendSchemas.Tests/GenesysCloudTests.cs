using ChatGen.Backends.GenesysCloud;
using ChatGen.BackendSchemas.Tests.Backends;
using ChatGen.BackendSchemas.Tests.GenesysCloud;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests;

public sealed class GenesysCloudTests : FaultScript
{
    [Fact]
    public async Task A_message_that_is_too_large_is_refused_by_its_code_and_the_chat_goes_on()
    {
        await using GenesysCloudBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync(new string('a', 5000), Deadline.Token));

            Assert.Equal(ErrorCode.RequestTooLarge, failure.Code);
            Assert.Equal(ChatRecovery.Fatal, failure.Recovery);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task Too_many_requests_may_succeed_later()
    {
        await using GenesysCloudBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);
            bench.Emulator.Answer(bench.IsMessage, EmulatorAnswer.Respond(429, """{"status":429,"code":"too.many.requests","message":"Rate limit exceeded"}""").WithHeader("Retry-After", "3"));

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

            Assert.Equal(ErrorCode.TooManyRequests, failure.Code);
            Assert.Equal(ChatRecovery.Retry, failure.Recovery);
            Assert.Equal("Rate limit exceeded", failure.Message);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_token_that_has_expired_ends_the_session()
    {
        await using GenesysCloudBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token);
        await TalkAsync(bench, visitor);
        bench.Emulator.Conversation!.ExpireJwt();

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

        Assert.Equal(ErrorCode.CredentialsExpired, failure.Code);
        Assert.Equal("error", (await visitor.AllAsync())[^1].Reason);
        await AssertIsOverAsync(visitor, surroundings);
    }

    [Fact]
    public async Task A_deployment_that_is_disabled_says_so()
    {
        await using GenesysCloudBench bench = await StartAsync();
        bench.Emulator.IsOpen = false;

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => bench.StartAsync(new Surroundings(), Deadline.Token));

        Assert.Equal(ErrorCode.DeploymentDisabled, failure.Code);
    }

    [Fact]
    public async Task A_session_whose_token_has_expired_cannot_be_restored_and_its_state_is_cleared()
    {
        await using GenesysCloudBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            await TalkAsync(bench, visitor);
        }

        bench.Emulator.Conversation!.ExpireJwt();

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => bench.RestoreAsync(surroundings, Deadline.Token));

        Assert.Equal(ErrorCode.CredentialsExpired, failure.Code);
        Assert.Null(await surroundings.Storage.ReadAsync(Deadline.Token));
    }

    protected override async Task<Bench> StartBenchAsync() => await StartAsync();

    private static async Task<GenesysCloudBench> StartAsync() => new(await GenesysCloudEmulator.StartAsync(null, Deadline.Token));
}

using ChatGen.Backends.GenesysGmsCometD;
using ChatGen.BackendSchemas.Tests.Backends;
using ChatGen.BackendSchemas.Tests.GenesysGmsCometD;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests;

/// <summary>Over WebSockets.</summary>
public sealed class GenesysGmsCometDTests : ChatScript
{
    [Fact]
    public async Task A_failure_that_may_pass_is_told_and_the_chat_goes_on_with_its_secrets()
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            var conversation = (GenesysGmsCometDConversation)await TalkAsync(bench, visitor);
            conversation.FailRequests(1);

            await visitor.SendMessageAsync("Do you hear me?", Deadline.Token);

            Assert.Equal(ErrorCode.TemporaryFailure, (await visitor.SeeAsync("error")).Code);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_ends_the_session()
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings();
        await using IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token);
        var conversation = (GenesysGmsCometDConversation)await TalkAsync(bench, visitor);
        conversation.Break();

        await visitor.SendMessageAsync("Do you hear me?", Deadline.Token);

        IReadOnlyList<Seen> all = await visitor.AllAsync();
        Assert.Equal(ErrorCode.PermanentFailure, Assert.Single(all, seen => seen.Event == "error").Code);
        Assert.Equal("error", all[^1].Reason);
        await AssertIsOverAsync(visitor, surroundings);
    }

    protected override async Task<Bench> StartBenchAsync() => new GenesysGmsCometDBench(await GenesysGmsCometDEmulator.StartAsync(null, Deadline.Token));
}

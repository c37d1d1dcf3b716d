using System.Text;
using ChatGen.Backends.AmazonConnect;
using ChatGen.BackendSchemas.Tests.AmazonConnect;
using ChatGen.BackendSchemas.Tests.Backends;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests;

public sealed class AmazonConnectTests : FaultScript
{
    [Fact]
    public async Task A_message_whose_answer_is_lost_is_sent_again_and_arrives_once()
    {
        await using AmazonConnectBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);
            bench.Emulator.Answer(bench.IsMessage, EmulatorAnswer.Abort().AfterProcessing());

            await visitor.SendMessageAsync("Do you hear me?", Deadline.Token);

            Assert.Equal(2, bench.Emulator.Requests.Count(request => bench.IsMessage(request) && Encoding.UTF8.GetString(request.Body.Span).Contains("Do you hear me?", StringComparison.Ordinal)));
            Assert.Single(conversation.VisitorMessages, "Do you hear me?");
            await visitor.HearAsync("Do you hear me?");
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Theory]
    [InlineData(400, "ValidationException", ChatRecovery.Fatal)]
    [InlineData(402, "ServiceQuotaExceededException", ChatRecovery.Fatal)]
    [InlineData(409, "ConflictException", ChatRecovery.Fatal)]
    [InlineData(429, "ThrottlingException", ChatRecovery.Retry)]
    [InlineData(500, "InternalServerException", ChatRecovery.Retry)]
    [InlineData(403, "AccessDeniedException", ChatRecovery.Ended)]
    public async Task A_message_that_is_refused_fails_with_its_code_and_the_chat_goes_on_since_the_transcript_says_so(int status, string code, ChatRecovery recovery)
    {
        await using AmazonConnectBench bench = await StartAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);
            bench.Emulator.Answer(bench.IsMessage, EmulatorAnswer.Respond(status, """{"message":"No."}"""), times: recovery == ChatRecovery.Retry ? 3 : 1);

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

            Assert.Equal(new ChatErrorCode(code), failure.Code);
            Assert.True(failure.Code.IsKnown);
            Assert.Equal(recovery, failure.Recovery);
            Assert.Equal("No.", failure.Message);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_contact_that_is_over_cannot_be_restored_and_its_state_is_cleared()
    {
        await using AmazonConnectBench bench = await StartAsync();
        var surroundings = new Surroundings();
        EmulatedConversation conversation;
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            conversation = await TalkAsync(bench, visitor);
        }

        await conversation.AgentLeavesAsync();

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => bench.RestoreAsync(surroundings, Deadline.Token));

        Assert.Equal(ErrorCode.AccessDenied, failure.Code);
        Assert.Null(await surroundings.Storage.ReadAsync(Deadline.Token));
    }

    protected override async Task<Bench> StartBenchAsync() => await StartAsync();

    private static async Task<AmazonConnectBench> StartAsync() => new(await AmazonConnectEmulator.StartAsync(null, Deadline.Token));
}

namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>What the chat does when something between it and the backend goes wrong: an error with a code, and the chat goes on.</summary>
public abstract class FaultScript : ChatScript
{
    private const int Library = 0;
    private const int Connection = 150;

    [Theory]
    [InlineData(WrongAnswer.Html, Library)]
    [InlineData(WrongAnswer.Truncated, Connection)]
    [InlineData(WrongAnswer.HalfJson, Library)]
    [InlineData(WrongAnswer.Huge, Library)]
    [InlineData(WrongAnswer.Broken, Connection)]
    [InlineData(WrongAnswer.Redirect, Library)]
    public async Task A_message_that_is_answered_wrongly_fails_with_a_code_and_the_chat_goes_on(WrongAnswer wrong, int code)
    {
        await using Bench bench = await StartBenchAsync();
        await using Bench elsewhere = await StartBenchAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);
            bench.Emulator.Answer(bench.IsMessage, AnswerOf(wrong, elsewhere), code == Connection ? bench.AttemptsOfMessage : 1);

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

            Assert.Equal(new ChatErrorCode(code), failure.Code);
            Assert.True(failure.Code.IsKnown);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
        Assert.Empty(elsewhere.Emulator.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_message_that_is_refused_by_a_status_alone_fails_with_a_code_and_the_chat_goes_on(int status)
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);
            bench.Emulator.Answer(bench.IsMessage, EmulatorAnswer.Respond(status).WithHeader("Retry-After", "2"), bench.AttemptsOfMessage);

            ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => visitor.SendMessageAsync("Do you hear me?", Deadline.Token));

            Assert.Equal(bench.CodeOf(status) ?? new ChatErrorCode(Connection), failure.Code);
            await AssertGoesOnAsync(visitor, conversation, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Theory]
    [InlineData(200, "", Library)]
    [InlineData(204, "", Library)]
    [InlineData(200, "{}", Library)]
    [InlineData(200, "[1]", Library)]
    [InlineData(200, "<html>Please log in.</html>", Library)]
    [InlineData(407, "", Connection)]
    public async Task A_start_that_is_answered_wrongly_fails_with_a_code_and_leaves_no_state(int status, string body, int code)
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings();
        bench.Emulator.Answer(bench.IsStart, EmulatorAnswer.Respond(status, body), bench.AttemptsOfStart);

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => bench.StartAsync(surroundings, Deadline.Token));

        Assert.Equal(bench.CodeOfStart(status, body) ?? new ChatErrorCode(code), failure.Code);
        Assert.Null(await surroundings.Storage.ReadAsync(Deadline.Token));
    }

    [Fact]
    public async Task A_server_without_TLS_where_TLS_is_wanted_cannot_be_reached()
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings { ServerUrl = new UriBuilder(bench.ServerUrl) { Scheme = "https" }.Uri };

        ChatException failure = await Assert.ThrowsAnyAsync<ChatException>(() => bench.StartAsync(surroundings, Deadline.Token));

        Assert.Equal(new ChatErrorCode(Connection), failure.Code);
        Assert.Empty(bench.Emulator.Requests);
    }

    private static EmulatorAnswer AnswerOf(WrongAnswer wrong, Bench elsewhere) => wrong switch
    {
        WrongAnswer.Html => EmulatorAnswer.Respond(200, "<!DOCTYPE html><title>Please log in</title>", "text/html"),
        WrongAnswer.Truncated => EmulatorAnswer.Truncate(200, """{"statusCode":0,"""),
        WrongAnswer.HalfJson => EmulatorAnswer.Respond(200, """{"statusCode":0,"""),
        WrongAnswer.Huge => EmulatorAnswer.Respond(200, $$"""{"a":"{{new string('a', 5 * 1024 * 1024)}}"}"""),
        WrongAnswer.Broken => EmulatorAnswer.Abort(),
        _ => EmulatorAnswer.Redirect(elsewhere.Emulator.Address),
    };
}

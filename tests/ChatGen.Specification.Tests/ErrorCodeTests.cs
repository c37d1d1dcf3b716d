using ChatGen.Specification.Tests.Doubles;

namespace ChatGen.Specification.Tests;

/// <summary>The error codes of the chat, from a real backend: as the failure of a command, or as an event. Neither ends the session.</summary>
public sealed class ErrorCodeTests
{
    private const string SessionId = "(the session's id)";

    [Theory]
    [InlineData(1, "\"operation\":\"sendMessage\"", "\"operation\":\"sendMassage\"", "The operation 'sendMassage' is not known.")]
    [InlineData(2, "\"message\":\"", "\"massage\":\"", "The parameter 'message' is missing.")]
    [InlineData(3, "\"type\":\"text\"", "\"type\":\"poem\"", "The parameter 'type' has a wrong value: expected 'text' or 'url'.")]
    [InlineData(50, SessionId, "00000000", "The chat session is not known, or is over.")]
    public async Task A_command_over_CometD_fails_with_the_backends_code_and_the_session_goes_on(int code, string written, string sent, string message)
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        using var network = new RewritingHandler();
        var transport = new CometDChatTransport(bench.Backend.CometDUrl, new CometDChatTransportOptions { DisableWebSockets = true, HttpMessageHandler = network });
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { Transport = transport }, Deadline.Token);
        await AssertFailsAndGoesOnAsync(bench, session, network, code, written, sent, message);
    }

    [Theory]
    [InlineData(1, "/session/messages", "/session/massages", "The operation 'POST /session/massages' is not known.")]
    [InlineData(2, "\"message\":\"", "\"massage\":\"", "The parameter 'message' is missing.")]
    [InlineData(3, "\"type\":\"text\"", "\"type\":\"poem\"", "The parameter 'type' has a wrong value: expected 'text' or 'url'.")]
    [InlineData(50, SessionId, "00000000", "The chat session is not known, or is over.")]
    public async Task A_command_over_REST_fails_with_the_backends_code_and_the_session_goes_on(int code, string written, string sent, string message)
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        using var network = new RewritingHandler();
        ChatClient client = bench.Client(new FastTimeProvider(50));
        ChatSession session = await client.StartSessionAsync(new StartSessionOptions { Transport = new RestTransport(bench.Api(network)) }, Deadline.Token);
        await AssertFailsAndGoesOnAsync(bench, session, network, code, written, sent, message);
    }

    [Theory]
    [InlineData(51, "The command was stopped.")]
    [InlineData(52, "The command failed.")]
    [InlineData(100, "Chat Server is away.")]
    [InlineData(101, null)]
    [InlineData(150, "The network is down between the servers.")]
    [InlineData(120, null)]
    [InlineData(225, "A widget fell off.")]
    [InlineData(4711, "Nobody has heard of this code.")]
    public async Task An_error_event_brings_its_code_over_CometD_and_the_session_goes_on(int code, string? description)
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        await AssertToldAndGoesOnAsync(bench, session, code, description);
    }

    [Theory]
    [InlineData(51, "The command was stopped.")]
    [InlineData(150, null)]
    [InlineData(4711, "Nobody has heard of this code.")]
    public async Task An_error_event_brings_its_code_over_REST_and_the_session_goes_on(int code, string? description)
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client(new FastTimeProvider(50)).StartSessionAsync(
            new StartSessionOptions { Transport = bench.RestTransport() }, Deadline.Token);
        await AssertToldAndGoesOnAsync(bench, session, code, description);
    }

    [Fact]
    public async Task What_the_scripted_agent_throws_is_an_error_event_with_code_52()
    {
        await using Bench bench = await Bench.StartAsync(new ScriptedAgent { OnMessage = (_, _, _) => throw new InvalidOperationException("The agent fell asleep.") });
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        ErrorEvent error = await session.FirstAsync<ErrorEvent>();
        Assert.Equal(ErrorCode.CommandFailed, error.Error.Code);
        Assert.Equal(ChatRecovery.Retry, error.Error.Code.Recovery);
        Assert.True(session.IsActive);
    }

    private static async Task AssertFailsAndGoesOnAsync(Bench bench, ChatSession session, RewritingHandler network, int code, string written, string sent, string message)
    {
        network.RewriteNext("Hello", written == SessionId ? bench.Backend.Sessions[0].Id : written, sent);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("Hello", cancellationToken: Deadline.Token));
        Assert.Equal(ErrorCode.Catalog.Find(code), exception.Code);
        Assert.True(exception.Code.IsKnown);
        Assert.Equal(message, exception.Message);
        Assert.DoesNotContain(bench.Backend.Sessions[0].Id, exception.ToString(), StringComparison.Ordinal);

        Assert.True(session.IsActive);
        await session.SendMessageAsync("Once more", cancellationToken: Deadline.Token);
        await session.MessageAsync("You said: Once more");
    }

    private static async Task AssertToldAndGoesOnAsync(Bench bench, ChatSession session, int code, string? description)
    {
        await bench.Backend.Sessions[0].Agent.FailAsync(code, description);
        ErrorEvent error = await session.FirstAsync<ErrorEvent>();
        Assert.Equal(ErrorCode.Catalog.Find(code), error.Error.Code);
        Assert.Equal(description, error.Error.Description);
        Assert.NotNull(error.Index);

        Assert.True(session.IsActive);
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        await session.MessageAsync("You said: Hello");
        Assert.Single((await session.GetTranscriptAsync(cancellationToken: Deadline.Token)).Transcript.OfType<ErrorEvent>());
    }
}

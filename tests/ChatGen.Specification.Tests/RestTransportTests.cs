using System.Net;
using System.Text.Json.Nodes;
using ChatGen.Specification.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace ChatGen.Specification.Tests;

/// <summary>The specification's example of a custom transport, "REST-based": the generated one, over the generated interface.</summary>
public sealed class RestTransportTests
{
    // The transport asks for events every second.
    private readonly FastTimeProvider _clock = new(20);
    private readonly MemoryChatStateStorage _storage = new();

    [Theory]
    [InlineData("RestService.ForGenerated")]
    [InlineData("RestService.For")]
    [InlineData("AddRefitGeneratedClient")]
    public async Task A_whole_chat_goes_over_REST(string source)
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        await using ServiceProvider services = Services(bench);
        ChatSession session = await bench.Client(_clock).StartSessionAsync(
            new StartSessionOptions { Transport = Transport(), StateStorage = _storage, Username = "Jane", Subject = "Parcel", UserData = new() { ["n"] = 1 } },
            Deadline.Token);
        ChatBackendSession atBackend = Assert.Single(bench.Backend.Sessions);
        Assert.Equal(("Jane", "Parcel", """{"n":1}"""), (atBackend.Username, atBackend.Subject, atBackend.UserData.ToJsonString()));
        Assert.Equal("Sam", (await session.FirstAsync<AgentConnectedEvent>()).Party.Name);
        await session.MessageAsync("Hello, my name is Sam. How can I help you?");

        await session.SendTypingAsync(typedText: "Where is", cancellationToken: Deadline.Token);
        Assert.True(atBackend.IsVisitorTyping);
        Assert.Equal("Where is", atBackend.TypedText);
        await session.SendMessageAsync("Where is my parcel? 📦", cancellationToken: Deadline.Token);
        Assert.Equal(PartyType.Agent, (await session.MessageAsync("You said: Where is my parcel? 📦")).Party.Type);
        Assert.Equal(PartyType.Client, (await session.MessageAsync("Where is my parcel? 📦")).Party.Type);
        TranscriptResult all = await session.GetTranscriptAsync(cancellationToken: Deadline.Token);
        Assert.Equal([1, 2, 3, 4], all.Transcript.Select(entry => entry.Index ?? 0));
        TranscriptResult last = await session.GetTranscriptAsync(4, Deadline.Token);
        Assert.Equal("You said: Where is my parcel? 📦", Assert.IsType<MessageReceivedEvent>(Assert.Single(last.Transcript)).Content.Text);

        await session.DisposeAsync();
        await atBackend.Agent.SendAsync("Are you still there?");
        ChatSession restored = (await bench.Client(_clock).RestoreSessionAsync(
            new RestoreSessionOptions { Transport = Transport(), StateStorage = _storage }, Deadline.Token))!;
        Assert.True((await restored.MessageAsync("Are you still there?")).Restored);
        await restored.SendMessageAsync("https://example.com/parcel", SendMessageOptionsType.Url, Deadline.Token);
        IReadOnlyList<ChatEvent> events = await restored.EventsToAsync("You said: https://example.com/parcel");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], events.Select(entry => entry.Index ?? 0));
        Assert.Equal([6, 7], events.Where(entry => !entry.Restored).Select(entry => entry.Index ?? 0));
        Assert.Equal(MessageContentType.Url, Assert.IsType<MessageReceivedEvent>(events[5]).Content.Type);

        await restored.LeaveAsync(Deadline.Token);
        Assert.Equal("leaveRequest", atBackend.EndReason);
        Assert.Equal(SessionEndedEventReason.LeaveRequest, (await restored.FirstAsync<SessionEndedEvent>()).Reason);
        Assert.Null(await _storage.ReadAsync(Deadline.Token));
        Assert.Equal(0, bench.Backend.Requests.Handshakes);

        RestTransport Transport() => new(source switch
        {
            "RestService.ForGenerated" => RestService.ForGenerated<IChatApi>(bench.HttpClient()),
            "RestService.For" => RestService.For<IChatApi>(bench.HttpClient()),
            _ => services.GetRequiredService<IChatApi>(),
        });
    }

    [Fact]
    public async Task The_end_by_the_agent_arrives_and_clears_the_state()
    {
        await using Bench bench = await Bench.StartAsync();
        var storage = new RecordingStorage();
        ChatSession session = await bench.Client(_clock).StartSessionAsync(new StartSessionOptions { Transport = bench.RestTransport(), StateStorage = storage }, Deadline.Token);
        await bench.Backend.Sessions[0].Agent.SendAsync("Goodbye");
        await bench.Backend.Sessions[0].Agent.EndAsync();
        IReadOnlyList<ChatEvent> events = await session.AllEventsAsync();
        Assert.Equal(["AgentConnected", "MessageReceived", "AgentDisconnected", "SessionEnded"], events.Select(chatEvent => chatEvent.EventType.WireName));
        await storage.Cleared;
        Assert.False(session.IsActive);
    }

    [Fact]
    public async Task A_session_that_the_agent_ended_meanwhile_is_replayed_to_its_end()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench);
        await bench.Backend.Sessions[0].Agent.SendAsync("Goodbye");
        await bench.Backend.Sessions[0].Agent.EndAsync();
        ChatSession session = (await RestoreAsync(bench))!;
        IReadOnlyList<ChatEvent> events = await session.AllEventsAsync();
        Assert.IsType<SessionEndedEvent>(events[^1]);
        Assert.All(events, chatEvent => Assert.True(chatEvent.Restored));
        Assert.False(session.IsActive);
        Assert.Null(await RestoreAsync(bench));
    }

    [Fact]
    public async Task A_session_that_the_backend_has_forgotten_is_unknown_and_is_forgotten_here_too()
    {
        await using Bench bench = await Bench.StartAsync();
        await StartAndLetGoAsync(bench);
        await bench.Backend.DisposeAsync();
        await using ChatBackend successor = await ChatBackend.StartAsync(new ChatBackendOptions { Port = bench.Backend.RestUrl.Port }, Deadline.Token);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => RestoreAsync(bench));
        Assert.Equal(ErrorCode.UnknownSession, exception.Code);
        Assert.Null(await RestoreAsync(bench));
    }

    [Fact]
    public async Task An_outage_is_an_interruption_after_which_the_chat_goes_on()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client(_clock).StartSessionAsync(new StartSessionOptions { Transport = bench.RestTransport() }, Deadline.Token);
        bench.Backend.GoOffline();
        await session.FirstAsync<InterruptedEvent>();
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("Hello", cancellationToken: Deadline.Token));
        Assert.Equal(ErrorCode.ConnectionInterrupted, exception.Code);
        Assert.True(session.IsActive);
        bench.Backend.GoOnline();
        await session.FirstAsync<ContinuedEvent>();
        await session.SendMessageAsync("Hello again", cancellationToken: Deadline.Token);
        await session.MessageAsync("You said: Hello again");
    }

    [Fact]
    public async Task A_command_that_the_schema_does_not_map_to_REST_says_so_and_the_session_goes_on()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client(_clock).StartSessionAsync(new StartSessionOptions { Transport = bench.RestTransport() }, Deadline.Token);
        await AssertNotAvailableAsync("setUserData", () => session.SetUserDataAsync(new JsonObject { ["key"] = 1 }, Deadline.Token));
        await AssertNotAvailableAsync("getUserData", () => session.GetUserDataAsync("key", Deadline.Token));
        await AssertNotAvailableAsync("deleteUserData", () => session.DeleteUserDataAsync("key", Deadline.Token));
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        await session.MessageAsync("You said: Hello");

        static async Task AssertNotAvailableAsync(string name, Func<Task> command)
        {
            ChatException exception = await Assert.ThrowsAsync<ChatException>(command);
            Assert.Equal((ErrorCode.Unspecified, $"'{name}' is not available over REST: the schema maps it to no request."), (exception.Code, exception.Message));
        }
    }

    [Fact]
    public async Task A_transport_carries_one_session_at_a_time()
    {
        await using Bench bench = await Bench.StartAsync();
        var options = new StartSessionOptions { Transport = bench.RestTransport(), StateStorage = _storage };
        ChatSession first = await bench.Client(_clock).StartSessionAsync(options, Deadline.Token);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.Client(_clock).StartSessionAsync(options, Deadline.Token));
        Assert.Contains("carries a session already", exception.Message, StringComparison.Ordinal);
        Assert.Single(bench.Backend.Sessions);
        await bench.Backend.Sessions[0].Agent.SendAsync("Still with the first");
        await first.MessageAsync("Still with the first");

        await first.LeaveAsync(Deadline.Token);
        ChatSession second = await bench.Client(_clock).StartSessionAsync(options, Deadline.Token);
        Assert.True(second.IsActive);
    }

    [Theory]
    [InlineData("RestService.ForGenerated")]
    [InlineData("RestService.For")]
    [InlineData("AddRefitGeneratedClient")]
    public async Task The_interface_can_be_used_alone(string source)
    {
        await using Bench bench = await Bench.StartAsync();
        await using ServiceProvider services = Services(bench);
        IChatApi api = source switch
        {
            "RestService.ForGenerated" => RestService.ForGenerated<IChatApi>(bench.HttpClient()),
            "RestService.For" => RestService.For<IChatApi>(bench.HttpClient()),
            _ => services.GetRequiredService<IChatApi>(),
        };
        StartSessionResult started = await api.StartSessionAsync(new StartSessionOptions { Username = "Jane" }, Deadline.Token);
        Assert.Equal(bench.Backend.Sessions[0].Id, started.SessionId);
        await api.SendTypingAsync(started.SessionId, new SendTypingOptions { IsTyping = true }, Deadline.Token);
        await api.SendMessageAsync(started.SessionId, new SendMessageOptions { Message = "Hello" }, Deadline.Token);
        TranscriptResult transcript = await api.GetTranscriptAsync(started.SessionId, 1, Deadline.Token);
        Assert.Equal("Jane", Assert.IsType<MessageReceivedEvent>(Assert.Single(transcript.Transcript)).Party.Name);
        Assert.NotNull(await api.LeaveAsync(started.SessionId, Deadline.Token));
        Assert.True(bench.Backend.Sessions[0].IsEnded);

        ApiException exception = await Assert.ThrowsAsync<ApiException>(() => api.LeaveAsync(started.SessionId, Deadline.Token));
        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
        Assert.Equal(50, (int?)JsonNode.Parse(exception.Content!)!["error"]!["code"]);
    }

    private static ServiceProvider Services(Bench bench)
    {
        var services = new ServiceCollection();
        services.AddRefitGeneratedClient<IChatApi>().ConfigureHttpClient(client => client.BaseAddress = bench.Backend.RestUrl);
        return services.BuildServiceProvider();
    }

    private async Task StartAndLetGoAsync(Bench bench)
    {
        ChatSession session = await bench.Client(_clock).StartSessionAsync(new StartSessionOptions { Transport = bench.RestTransport(), StateStorage = _storage }, Deadline.Token);
        await session.DisposeAsync();
    }

    private Task<ChatSession?> RestoreAsync(Bench bench) =>
        bench.Client(_clock).RestoreSessionAsync(new RestoreSessionOptions { Transport = bench.RestTransport(), StateStorage = _storage }, Deadline.Token);
}

using System.Text.Json.Nodes;
using ChatGen.Specification.Tests.Doubles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Specification.Tests;

/// <summary>The rows of the table of startSession's options, each through the generated client and a real backend.</summary>
public sealed class StartSessionOptionTests
{
    [Fact]
    public async Task ServerUrl_is_where_the_built_in_transport_connects_to()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { ServerUrl = bench.Backend.CometDUrl }, Deadline.Token);
        Assert.True(session.IsActive);
        Assert.Single(bench.Backend.Sessions);
        Assert.Equal(1, bench.Backend.Requests.Handshakes);
    }

    [Fact]
    public async Task ServerUrl_is_mandatory_unless_a_transport_is_given()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatValidationException exception = await Assert.ThrowsAsync<ChatValidationException>(
            () => bench.Client().StartSessionAsync(new StartSessionOptions { Username = "Jane" }, Deadline.Token));
        Assert.Equal("'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given", exception.Message);
        ChatValidationFailure failure = Assert.Single(exception.Failures);
        Assert.Equal(("$", "anyOf"), (failure.Path, failure.Keyword));
        Assert.False(bench.WasCalled);
        Assert.False(File.Exists(bench.StateFile));
    }

    [Theory]
    [InlineData("ws://127.0.0.1/cometd", "'ServerUrl' must match the pattern ^https?://")]
    [InlineData("/cometd", "'ServerUrl' must be an absolute URI")]
    public async Task ServerUrl_has_to_be_an_absolute_address_of_http(string url, string message)
    {
        await using Bench bench = await Bench.StartAsync();
        ChatValidationException exception = await Assert.ThrowsAsync<ChatValidationException>(
            () => bench.Client().StartSessionAsync(new StartSessionOptions { ServerUrl = new Uri(url, UriKind.RelativeOrAbsolute) }, Deadline.Token));
        Assert.Contains(exception.Failures, failure => failure.Path == "$.serverUrl" && failure.Message == message);
        Assert.False(bench.WasCalled);
    }

    [Fact]
    public async Task ServerUrl_has_no_effect_together_with_a_transport()
    {
        await using Bench bench = await Bench.StartAsync();
        var transport = new InMemoryTransport();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { Transport = transport }, Deadline.Token);
        Assert.True(session.IsActive);
        Assert.Contains("startSession", transport.Calls);
        Assert.False(bench.WasCalled);
    }

    [Fact]
    public async Task Username_is_User_if_it_is_absent()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(new StartSessionOptions { ServerUrl = bench.Backend.CometDUrl }, Deadline.Token);
        Assert.Equal("User", (string?)bench.Backend.Sessions[0].StartRequest["username"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task Username_is_User_if_it_is_empty(string? username)
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(bench.Start with { Username = username! }, Deadline.Token);
        Assert.Equal("User", (string?)bench.Backend.Sessions[0].StartRequest["username"]);
    }

    [Theory]
    [InlineData("Anonymous")]
    [InlineData("Jörg Müller-Łukasz 李雷 🙂")]
    [InlineData("\"; </script> \\u0000 \n")]
    public async Task Username_that_is_given_reaches_the_backend_and_the_events(string username)
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { Username = username }, Deadline.Token);
        Assert.Equal(username, bench.Backend.Sessions[0].Username);
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        MessageReceivedEvent said = await session.MessageAsync("Hello");
        Assert.Equal((username, PartyType.Client), (said.Party.Name, said.Party.Type));
    }

    [Fact]
    public async Task Subject_is_left_empty_if_it_is_absent()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        Assert.Null(bench.Backend.Sessions[0].Subject);
        Assert.False(bench.Backend.Sessions[0].StartRequest.ContainsKey("subject"));
    }

    [Fact]
    public async Task Subject_that_is_given_reaches_the_backend()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(bench.Start with { Subject = "Ein spätes Paket 📦" }, Deadline.Token);
        Assert.Equal("Ein spätes Paket 📦", bench.Backend.Sessions[0].Subject);
    }

    [Fact]
    public async Task UserData_is_left_out_if_it_is_absent()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        Assert.False(bench.Backend.Sessions[0].StartRequest.ContainsKey("userData"));
        Assert.Empty(bench.Backend.Sessions[0].UserData);
    }

    [Theory]
    [InlineData("""{"FirstName":"John","LastName":"Doe","EmailAddress":"johndoe@example.com"}""")]
    [InlineData("""{"address":{"street":{"name":"Main St","number":5},"tags":["a",["b",{"c":[]}],{}]}}""")]
    [InlineData("""{"int":-7,"big":12345678901234567890,"long":9007199254740993,"fraction":0.1,"exponent":1.5e300,"zero":-0.0}""")]
    [InlineData("""{"nothing":null,"yes":true,"no":false,"list":[null,false]}""")]
    [InlineData("""{"名前":"山田太郎","emoji":"👩‍👩‍👧","quote":"\"\\/\b\f\n\r\t","controls":"\u0001\u2028","":"empty key"}""")]
    [InlineData("{}")]
    public async Task UserData_is_passed_through_as_it_is(string json)
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(bench.Start with { UserData = JsonNode.Parse(json)!.AsObject() }, Deadline.Token);
        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), bench.Backend.Sessions[0].StartRequest["userData"]!.ToJsonString());
    }

    [Fact]
    public async Task UserData_can_be_written_in_place_as_in_the_specification()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(
            new StartSessionOptions
            {
                ServerUrl = bench.Backend.CometDUrl,
                UserData = new() { ["FirstName"] = "John", ["LastName"] = "Doe", ["EmailAddress"] = "johndoe@example.com" },
            },
            Deadline.Token);
        Assert.Equal("""{"FirstName":"John","LastName":"Doe","EmailAddress":"johndoe@example.com"}""", bench.Backend.Sessions[0].UserData.ToJsonString());
    }

    [Fact]
    public async Task Transport_over_REST_is_used_instead_of_the_built_in_one()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(
            new StartSessionOptions { Transport = bench.RestTransport(), Username = "Jane", Subject = "Parcel", UserData = new() { ["a"] = new JsonArray(1, "ü") } },
            Deadline.Token);
        ChatBackendSession atBackend = Assert.Single(bench.Backend.Sessions);
        Assert.Equal(("Jane", "Parcel"), (atBackend.Username, atBackend.Subject));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":[1,"ü"]}"""), atBackend.UserData));
        Assert.Equal((0, 0, 0), (bench.Backend.Requests.Handshakes, bench.Backend.Requests.LongPollingRequests, bench.Backend.Requests.WebSocketUpgrades));
    }

    [Fact]
    public async Task Transport_of_the_users_own_carries_the_whole_session_and_is_closed_after_it()
    {
        await using Bench bench = await Bench.StartAsync();
        var transport = new InMemoryTransport();
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { Transport = transport, Username = "Jane" }, Deadline.Token);
        Assert.Equal("Jane", transport.StartedWith?.Username);
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        Assert.Equal("Hello", (await session.FirstAsync<MessageReceivedEvent>()).Content.Text);
        TranscriptResult result = await session.GetTranscriptAsync(cancellationToken: Deadline.Token);
        Assert.Equal("Hello", Assert.IsType<MessageReceivedEvent>(Assert.Single(result.Transcript)).Content.Text);
        await session.LeaveAsync(Deadline.Token);
        Assert.Equal(["initialize", "startSession", "sendMessage", "getTranscript", "leave", "close"], transport.Calls);
        Assert.Equal(SessionEndedEventReason.LeaveRequest, (await session.FirstAsync<SessionEndedEvent>()).Reason);
        Assert.False(bench.WasCalled);
    }

    [Fact]
    public async Task StateStorage_by_default_keeps_the_state_until_the_session_is_left()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        Assert.Contains(bench.Backend.Sessions[0].Id, await File.ReadAllTextAsync(bench.StateFile, Deadline.Token), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.StateFile));
        }

        await session.LeaveAsync(Deadline.Token);
        Assert.False(File.Exists(bench.StateFile));
    }

    [Fact]
    public async Task StateStorage_of_the_users_own_is_written_instead_of_the_built_in_one()
    {
        await using Bench bench = await Bench.StartAsync();
        var storage = new RecordingStorage();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { StateStorage = storage }, Deadline.Token);
        ChatSessionState? state = storage.Writes[^1];
        Assert.Equal((bench.Backend.Sessions[0].Id, bench.Backend.CometDUrl, 0), (state?.SessionId, state?.ServerUrl, state?.LastIndex));
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        await session.MessageAsync("Hello");
        await session.DisposeAsync();
        Assert.Equal(1, storage.Writes[^1]?.LastIndex);
        Assert.DoesNotContain(null, storage.Writes);
        Assert.False(File.Exists(bench.StateFile));
    }

    [Fact]
    public async Task StateStorage_is_told_to_clear_all_state_when_the_visitor_leaves()
    {
        await using Bench bench = await Bench.StartAsync();
        var storage = new RecordingStorage();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { StateStorage = storage }, Deadline.Token);
        await session.LeaveAsync(Deadline.Token);
        Assert.Null(storage.Writes[^1]);
        Assert.Equal("leaveRequest", bench.Backend.Sessions[0].EndReason);
    }

    [Fact]
    public async Task StateStorage_is_told_to_clear_all_state_when_the_agent_ends_the_session()
    {
        await using Bench bench = await Bench.StartAsync();
        var storage = new RecordingStorage();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { StateStorage = storage }, Deadline.Token);
        await bench.Backend.Sessions[0].Agent.EndAsync();
        Assert.Equal(SessionEndedEventReason.Agent, (await session.FirstAsync<SessionEndedEvent>()).Reason);
        await storage.Cleared;
        await session.DisposeAsync();
        Assert.Null(storage.Writes[^1]);
        Assert.Null(await bench.Client().RestoreSessionAsync(new RestoreSessionOptions { StateStorage = storage }, Deadline.Token));
    }

    [Fact]
    public async Task MaxOfflineDuration_is_5_seconds_by_default()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), new StartSessionOptions().MaxOfflineDuration);
        Assert.True(await IsRestoredAfterAsync(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1), null));
        Assert.False(await IsRestoredAfterAsync(TimeSpan.FromSeconds(5), null));
    }

    [Fact]
    public async Task MaxOfflineDuration_that_is_given_is_how_long_the_state_is_kept_after_the_session_was_let_go_of()
    {
        var given = TimeSpan.FromSeconds(60.5);
        Assert.True(await IsRestoredAfterAsync(given - TimeSpan.FromTicks(1), given));
        Assert.False(await IsRestoredAfterAsync(given, given));
    }

    [Fact]
    public async Task MaxOfflineDuration_of_zero_keeps_no_state_at_all()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { MaxOfflineDuration = TimeSpan.Zero }, Deadline.Token);
        Assert.False(File.Exists(bench.StateFile));
        await session.DisposeAsync();
        Assert.Null(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task MaxOfflineDuration_must_not_be_negative()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatValidationException exception = await Assert.ThrowsAsync<ChatValidationException>(
            () => bench.Client().StartSessionAsync(bench.Start with { MaxOfflineDuration = TimeSpan.FromSeconds(-5) }, Deadline.Token));
        Assert.Equal("'MaxOfflineDuration' must be at least 0, but is -5", exception.Message);
        Assert.Equal("$.maxOfflineDuration", Assert.Single(exception.Failures).Path);
        Assert.False(bench.WasCalled);
    }

    [Fact]
    public async Task MaxOfflineDuration_has_no_effect_on_a_storage_of_the_users_own()
    {
        await using Bench bench = await Bench.StartAsync();
        var clock = new FakeTimeProvider();
        var storage = new RecordingStorage();
        ChatSession session = await bench.Client(clock).StartSessionAsync(
            bench.Start with { StateStorage = storage, MaxOfflineDuration = TimeSpan.Zero }, Deadline.Token);
        await session.DisposeAsync();
        clock.Advance(TimeSpan.FromDays(30));
        Assert.NotNull(await bench.Client(clock).RestoreSessionAsync(
            new RestoreSessionOptions { StateStorage = storage, MaxOfflineDuration = TimeSpan.Zero }, Deadline.Token));
    }

    [Fact]
    public async Task DisableWebSockets_is_false_by_default_so_that_all_goes_over_one_WebSocket()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        await ChatAsync(session);
        Assert.Equal((1, 0), (bench.Backend.Requests.WebSocketUpgrades, bench.Backend.Requests.LongPollingRequests));
    }

    [Fact]
    public async Task DisableWebSockets_keeps_to_long_polling_on_the_wire()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start with { DisableWebSockets = true }, Deadline.Token);
        await ChatAsync(session);
        Assert.Equal((0, 0), (bench.Backend.Requests.WebSocketUpgrades, bench.Backend.Requests.RefusedWebSocketUpgrades));
        Assert.True(bench.Backend.Requests.LongPollingRequests > 2);
    }

    [Fact]
    public async Task DisableWebSockets_is_not_needed_where_the_server_has_none()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default, allowWebSockets: false);
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        await ChatAsync(session);
        Assert.True(bench.Backend.Requests.RefusedWebSocketUpgrades > 0);
    }

    [Fact]
    public async Task DisableWebSockets_has_no_effect_on_a_transport_of_the_users_own()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        ChatSession session = await bench.Client().StartSessionAsync(
            new StartSessionOptions { Transport = new CometDChatTransport(bench.Backend.CometDUrl), DisableWebSockets = true }, Deadline.Token);
        await ChatAsync(session);
        Assert.Equal((1, 0), (bench.Backend.Requests.WebSocketUpgrades, bench.Backend.Requests.LongPollingRequests));
    }

    [Fact]
    public async Task Logger_that_is_given_receives_the_log_instead_of_the_clients()
    {
        await using Bench bench = await Bench.StartAsync();
        var ofClient = new CollectingLogger();
        var given = new CollectingLogger();
        ChatSession session = await bench.Client(logger: ofClient).StartSessionAsync(bench.Start with { Logger = given }, Deadline.Token);
        await session.LeaveAsync(Deadline.Token);
        Assert.Contains(given.Entries, entry => entry.Level == LogLevel.Information && entry.Text.Contains("A chat session was started.", StringComparison.Ordinal));
        Assert.Contains(given.Entries, entry => entry.Text.Contains("The visitor has left the chat session.", StringComparison.Ordinal));
        Assert.Empty(ofClient.Entries);
    }

    [Fact]
    public async Task Every_option_that_has_no_effect_on_the_backend_stays_off_the_wire()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Client().StartSessionAsync(
            bench.Start with
            {
                StateStorage = new MemoryChatStateStorage(),
                MaxOfflineDuration = TimeSpan.FromSeconds(60),
                DisableWebSockets = true,
                Logger = NullLogger.Instance,
            },
            Deadline.Token);
        Assert.Equal("""{"username":"User"}""", bench.Backend.Sessions[0].StartRequest.ToJsonString());
    }

    private static async Task ChatAsync(ChatSession session)
    {
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        await session.MessageAsync("You said: Hello");
    }

    private static async Task<bool> IsRestoredAfterAsync(TimeSpan offline, TimeSpan? maxOfflineDuration)
    {
        await using Bench bench = await Bench.StartAsync();
        var clock = new FakeTimeProvider();
        StartSessionOptions options = maxOfflineDuration is { } given ? bench.Start with { MaxOfflineDuration = given } : bench.Start;
        ChatSession session = await bench.Client(clock).StartSessionAsync(options, Deadline.Token);
        await session.DisposeAsync();
        clock.Advance(offline);
        return await bench.Client(clock).RestoreSessionAsync(cancellationToken: Deadline.Token) is { IsActive: true };
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatGen.Specification.Tests.Doubles;

namespace ChatGen.Specification.Tests;

/// <summary>The generated records: as JSON, without reflection, and as the schema's rules.</summary>
public sealed class SchemaTypeTests
{
    private static readonly DateTimeOffset s_timestamp = new(2024, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);
    private static readonly Party s_agent = new() { Id = "2", Name = "Sam", Type = PartyType.Agent };

    [Fact]
    public void Nothing_here_can_fall_back_on_reflection() => Assert.False(JsonSerializer.IsReflectionEnabledByDefault);

    [Fact]
    public void StartSessionOptions_are_read_as_they_are_written()
    {
        var options = new StartSessionOptions
        {
            ServerUrl = new Uri("https://chat.example.com/cometd"),
            Username = "Jane",
            Subject = "Parcel",
            UserData = new() { ["a"] = new JsonArray(1, null, "x") },
            MaxOfflineDuration = TimeSpan.FromSeconds(60.5),
            DisableWebSockets = true,
        };
        string json = JsonSerializer.Serialize(options, ChatJsonContext.Default.StartSessionOptions);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "serverUrl": "https://chat.example.com/cometd", "username": "Jane", "subject": "Parcel", "userData": { "a": [1, null, "x"] },
                  "maxOfflineDuration": 60.5, "disableWebSockets": true
                }
                """),
            JsonNode.Parse(json)));
        StartSessionOptions read = JsonSerializer.Deserialize(json, ChatJsonContext.Default.StartSessionOptions)!;
        Assert.Equal(options with { UserData = null }, read with { UserData = null });
        Assert.True(JsonNode.DeepEquals(options.UserData, read.UserData));
    }

    [Fact]
    public void Members_that_are_absent_from_JSON_have_the_specifications_defaults()
    {
        StartSessionOptions start = JsonSerializer.Deserialize("""{"serverUrl":"http://localhost/"}""", ChatJsonContext.Default.StartSessionOptions)!;
        Assert.Equal(new StartSessionOptions { ServerUrl = new Uri("http://localhost/") }, start);
        Assert.Equal(
            ("User", null, null, TimeSpan.FromSeconds(5), false),
            (start.Username, start.Subject, (object?)start.UserData, start.MaxOfflineDuration, start.DisableWebSockets));
        Assert.Equal(new RestoreSessionOptions(), JsonSerializer.Deserialize("{}", ChatJsonContext.Default.RestoreSessionOptions));
    }

    [Fact]
    public void Host_objects_are_no_part_of_JSON()
    {
        var options = new RestoreSessionOptions { Transport = new InMemoryTransport(), StateStorage = new MemoryChatStateStorage(), Logger = new CollectingLogger() };
        Assert.Equal("""{"maxOfflineDuration":5,"disableWebSockets":false}""", JsonSerializer.Serialize(options, ChatJsonContext.Default.RestoreSessionOptions));
    }

    [Fact]
    public void Commands_and_results_are_read_as_they_are_written()
    {
        AssertRoundTrip(new SendMessageOptions { Message = "ü\"\n", Type = SendMessageOptionsType.Url }, ChatJsonContext.Default.SendMessageOptions);
        AssertRoundTrip(new SendTypingOptions { IsTyping = false, TypedText = "abc" }, ChatJsonContext.Default.SendTypingOptions);
        AssertRoundTrip(new SendTypingOptions(), ChatJsonContext.Default.SendTypingOptions);
        AssertRoundTrip(new GetTranscriptOptions { FromIndex = int.MaxValue }, ChatJsonContext.Default.GetTranscriptOptions);
        AssertRoundTrip(new GetUserDataOptions { Key = "k" }, ChatJsonContext.Default.GetUserDataOptions);
        AssertRoundTrip(new DeleteUserDataOptions { Key = "k" }, ChatJsonContext.Default.DeleteUserDataOptions);
        AssertRoundTrip(new StartSessionResult { SessionId = "s" }, ChatJsonContext.Default.StartSessionResult);
        AssertRoundTrip(new LeaveResult(), ChatJsonContext.Default.LeaveResult);
        AssertRoundTrip(new MessageContent { Text = "t", Type = MessageContentType.Notice }, ChatJsonContext.Default.MessageContent);
        AssertRoundTrip(new ChatError { Code = ErrorCode.CommandFailed, Description = "d" }, ChatJsonContext.Default.ChatError);
        AssertRoundTrip(s_agent, ChatJsonContext.Default.Party);
    }

    [Fact]
    public void Events_are_read_as_they_are_written()
    {
        AssertRoundTrip(new AgentConnectedEvent { Party = s_agent, Index = 1, Timestamp = s_timestamp }, ChatJsonContext.Default.AgentConnectedEvent);
        AssertRoundTrip(new AgentDisconnectedEvent { Party = s_agent, Index = 2 }, ChatJsonContext.Default.AgentDisconnectedEvent);
        AssertRoundTrip(new AgentTypingEvent { Party = s_agent, IsTyping = true, Timestamp = s_timestamp }, ChatJsonContext.Default.AgentTypingEvent);
        AssertRoundTrip(
            new MessageReceivedEvent { Party = s_agent, Content = new MessageContent { Text = "🙂" }, Index = 3, Timestamp = s_timestamp },
            ChatJsonContext.Default.MessageReceivedEvent);
        AssertRoundTrip(new SessionEndedEvent { Reason = SessionEndedEventReason.Agent, Index = 4 }, ChatJsonContext.Default.SessionEndedEvent);
        AssertRoundTrip(new ErrorEvent { Error = new ChatError { Code = ErrorCode.Catalog.Find(120) }, Index = 5 }, ChatJsonContext.Default.ErrorEvent);
        AssertRoundTrip(new InterruptedEvent(), ChatJsonContext.Default.InterruptedEvent);
        AssertRoundTrip(new ContinuedEvent(), ChatJsonContext.Default.ContinuedEvent);
    }

    [Fact]
    public void A_transcript_keeps_every_entry_as_it_came()
    {
        const string Json = """
            {"transcript":[
              {"type":"AgentConnected","index":1,"timestamp":"2024-05-06T07:08:09.123Z","party":{"id":"2","name":"Sam","type":"Agent"}},
              {"type":"Novelty","index":2,"depth":{"a":[1,2,{"b":null}]}},
              {"type":"Error","index":3,"error":{"code":101}}
            ]}
            """;
        TranscriptResult result = JsonSerializer.Deserialize(Json, ChatJsonContext.Default.TranscriptResult)!;
        Assert.Equal(new AgentConnectedEvent { Party = s_agent, Index = 1, Timestamp = s_timestamp }, result.Transcript[0]);
        Assert.Equal("Novelty", Assert.IsType<UnknownChatEvent>(result.Transcript[1]).WireName);
        Assert.Equal(ErrorCode.ChatServerLoginFailed, Assert.IsType<ErrorEvent>(result.Transcript[2]).Error.Code);
        JsonNode written = JsonNode.Parse(JsonSerializer.Serialize(result, ChatJsonContext.Default.TranscriptResult))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Json)!["transcript"]![1], written["transcript"]![1]));
        Assert.Equal("2024-05-06T07:08:09.123", written["transcript"]![0]!["timestamp"]!.GetValue<string>()[..23]);
    }

    [Fact]
    public void The_context_serves_as_a_resolver_in_the_users_own_options()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = ChatJsonContext.Default, WriteIndented = true };
        var typeInfo = (JsonTypeInfo<Party>)options.GetTypeInfo(typeof(Party));
        string json = JsonSerializer.Serialize(s_agent, typeInfo);
        Assert.Contains("\"name\": \"Sam\"", json, StringComparison.Ordinal);
        Assert.Equal(s_agent, JsonSerializer.Deserialize(json, typeInfo));
    }

    [Fact]
    public void Validate_names_every_broken_rule_with_its_path()
    {
        AssertFailures(new StartSessionOptions().Validate(), ("$", "anyOf", "'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given"));
        AssertFailures(
            new StartSessionOptions { ServerUrl = new Uri("ftp://example.com/"), MaxOfflineDuration = TimeSpan.FromSeconds(-1.5) }.Validate(),
            ("$.serverUrl", "pattern", "'ServerUrl' must match the pattern ^https?://"),
            ("$.maxOfflineDuration", "minimum", "'MaxOfflineDuration' must be at least 0, but is -1.5"));
        AssertFailures(new SendMessageOptions { Message = "" }.Validate(), ("$.message", "minLength", "'Message' must have at least 1 character, but has 0"));
        AssertFailures(
            new SendMessageOptions { Message = null!, Type = (SendMessageOptionsType)7 }.Validate(),
            ("$.message", "type", "'Message' must not be null"),
            ("$.type", "enum", "'Type' must be one of 'text', 'url'"));
        AssertFailures(new GetTranscriptOptions { FromIndex = -1 }.Validate(), ("$.fromIndex", "minimum", "'FromIndex' must be at least 0, but is -1"));
        AssertFailures(new SetUserDataOptions { UserData = null! }.Validate(), ("$.userData", "type", "'UserData' must not be null"));
        AssertFailures(new GetUserDataOptions { Key = "" }.Validate(), ("$.key", "minLength", "'Key' must have at least 1 character, but has 0"));
        AssertFailures(new StartSessionOptions { ServerUrl = new Uri("https://example.com/") }.Validate());
        AssertFailures(new RestoreSessionOptions { MaxOfflineDuration = TimeSpan.MaxValue }.Validate());
        AssertFailures(new SendMessageOptions { Message = "🙂" }.Validate());
    }

    [Fact]
    public async Task A_command_that_breaks_the_schema_is_not_sent()
    {
        await using Bench bench = await Bench.StartAsync();
        var transport = new InMemoryTransport();
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { Transport = transport }, Deadline.Token);
        ChatValidationException exception = await Assert.ThrowsAsync<ChatValidationException>(() => session.SendMessageAsync("", cancellationToken: Deadline.Token));
        Assert.Equal("'Message' must have at least 1 character, but has 0", exception.Message);
        await Assert.ThrowsAsync<ChatValidationException>(() => session.GetTranscriptAsync(-1, Deadline.Token));
        await Assert.ThrowsAsync<ChatValidationException>(() => session.GetUserDataAsync("", Deadline.Token));
        Assert.Equal(["initialize", "startSession"], transport.Calls);
    }

    [Theory]
    [InlineData(0, "Unspecified", ChatErrorOrigin.Client, ChatRecovery.Fatal)]
    [InlineData(1, "UnknownCommand", ChatErrorOrigin.Server, ChatRecovery.Fatal)]
    [InlineData(2, "MissingParameter", ChatErrorOrigin.Server, ChatRecovery.Fatal)]
    [InlineData(3, "InvalidParameter", ChatErrorOrigin.Server, ChatRecovery.Fatal)]
    [InlineData(50, "UnknownSession", ChatErrorOrigin.Server, ChatRecovery.Ended)]
    [InlineData(51, "CommandStopped", ChatErrorOrigin.Server, ChatRecovery.Fatal)]
    [InlineData(52, "CommandFailed", ChatErrorOrigin.Server, ChatRecovery.Retry)]
    [InlineData(100, "ChatServerUnreachable", ChatErrorOrigin.Server, ChatRecovery.Retry)]
    [InlineData(101, "ChatServerLoginFailed", ChatErrorOrigin.Server, ChatRecovery.Fatal)]
    [InlineData(150, "ConnectionInterrupted", ChatErrorOrigin.Client, ChatRecovery.Resume)]
    public void A_code_that_the_schema_names_is_known(int number, string name, ChatErrorOrigin origin, ChatRecovery recovery)
    {
        ChatErrorCode code = ErrorCode.Catalog.Find(number);
        Assert.True(code.IsKnown);
        Assert.Equal((number, name, origin, recovery), (code.Number, code.Info?.Name, code.Info?.Origin, code.Recovery));
        Assert.Equal($"{number} ({name})", code.ToString());
        Assert.Equal(code, new ChatErrorCode(number));
        Assert.Contains(code, ErrorCode.Catalog.Known);
    }

    [Theory]
    [InlineData(49, "CommandSyntax", ChatErrorOrigin.Server, ChatRecovery.Fatal)]
    [InlineData(99, "SessionRunTime", ChatErrorOrigin.Server, ChatRecovery.Fatal)]
    [InlineData(102, "ChatServer", ChatErrorOrigin.Server, ChatRecovery.Retry)]
    [InlineData(120, "ChatServer", ChatErrorOrigin.Server, ChatRecovery.Retry)]
    [InlineData(151, "Transport", ChatErrorOrigin.Client, ChatRecovery.Resume)]
    [InlineData(249, "Widget", ChatErrorOrigin.Client, ChatRecovery.Fatal)]
    public void A_code_in_a_range_takes_after_the_range(int number, string range, ChatErrorOrigin origin, ChatRecovery recovery)
    {
        ChatErrorCode code = ErrorCode.Catalog.Find(number);
        Assert.False(code.IsKnown);
        Assert.Equal((range, origin, recovery), (code.Info?.Name, code.Info?.Origin, code.Recovery));
        Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), code.ToString());
    }

    [Theory]
    [InlineData(250)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_code_outside_all_ranges_is_kept_and_counts_as_fatal(int number)
    {
        ChatErrorCode code = ErrorCode.Catalog.Find(number);
        Assert.Equal((false, null, ChatRecovery.Fatal, number), (code.IsKnown, code.Info, code.Recovery, code.Number));
        ChatError error = JsonSerializer.Deserialize($$"""{"code":{{number}}}""", ChatJsonContext.Default.ChatError)!;
        Assert.Equal(code, error.Code);
        Assert.Equal($$"""{"code":{{number}}}""", JsonSerializer.Serialize(error, ChatJsonContext.Default.ChatError));
    }

    [Fact]
    public void A_value_that_the_schema_does_not_name_is_kept_where_the_backend_says_it()
    {
        Party party = JsonSerializer.Deserialize("""{"id":"9","name":"R2","type":"Robot"}""", ChatJsonContext.Default.Party)!;
        Assert.Equal(("Robot", false, "Robot"), (party.Type.Value, party.Type.IsKnown, party.Type.ToString()));
        Assert.True(PartyType.External.IsKnown);
        Assert.Contains("\"type\":\"Robot\"", JsonSerializer.Serialize(party, ChatJsonContext.Default.Party), StringComparison.Ordinal);
        Assert.Equal("video", JsonSerializer.Deserialize("""{"text":"t","type":"video"}""", ChatJsonContext.Default.MessageContent)!.Type.Value);
    }

    [Fact]
    public void A_value_that_the_schema_does_not_name_is_refused_where_the_visitor_says_it()
    {
        JsonException exception = Assert.ThrowsAny<JsonException>(
            () => JsonSerializer.Deserialize("""{"message":"m","type":"poem"}""", ChatJsonContext.Default.SendMessageOptions));
        Assert.Equal("$.type: must be one of 'text', 'url'", exception.Message);
    }

    [Fact]
    public async Task An_event_of_a_type_that_the_schema_does_not_know_arrives_as_it_came()
    {
        await using Bench bench = await Bench.StartAsync();
        var transport = new InMemoryTransport();
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { Transport = transport }, Deadline.Token);
        transport.Host.OnEvent("""{"type":"Novelty","index":7,"timestamp":"2024-05-06T07:08:09.123Z","depth":{"a":[1,"ü"]}}"""u8);
        UnknownChatEvent unknown = await session.FirstAsync<UnknownChatEvent>();
        Assert.Equal(("Novelty", 7, s_timestamp), (unknown.WireName, unknown.Index, unknown.Timestamp));
        Assert.Equal("ü", (string?)unknown.Json["depth"]!["a"]![1]);
        Assert.True(session.IsActive);
    }

    [Theory]
    [InlineData("""{"type":"MessageReceived","party":{"id":"1","type":"Agent"},"content":{"text":"t"}}""", "$.party.name: is missing")]
    [InlineData("""{"type":"MessageReceived","party":{"id":"1","name":"n","type":"Agent"},"content":{}}""", "$.content.text: is missing")]
    [InlineData("""{"type":"MessageReceived","party":{"id":"1","name":"n","type":"Agent"}}""", "$.content: is missing")]
    [InlineData("""{"type":"MessageReceived","party":null,"content":{"text":"t"}}""", "$.party: must be an object, but is null")]
    [InlineData("""{"type":"AgentTyping","party":{"id":"1","name":"n","type":"Agent"},"isTyping":"yes"}""", "$.isTyping: must be a Boolean, but is a string")]
    [InlineData("""{"type":"Error","error":{"description":"d"}}""", "$.error.code: is missing")]
    [InlineData("""{"type":"Error","error":{"code":1.5}}""", "$.error.code: must be an integer of at most 64 bits")]
    [InlineData("""{"type":"SessionEnded"}""", "$.reason: is missing")]
    [InlineData("""{"type":"SessionEnded","reason":"agent","index":"1"}""", "$.index: must be an integer, but is a string")]
    [InlineData("""{"party":{"id":"1","name":"n","type":"Agent"}}""", "$.type: is missing")]
    [InlineData("[]", "$: must be an object, but is an array")]
    public async Task What_is_wrong_in_an_event_is_named_with_its_path_and_the_session_goes_on(string json, string problem)
    {
        JsonException exception = Assert.ThrowsAny<JsonException>(() => ChatSchema.Protocol.Events.Read(System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Equal(problem, exception.Message);

        await using Bench bench = await Bench.StartAsync();
        var transport = new InMemoryTransport();
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { Transport = transport }, Deadline.Token);
        transport.Host.OnEvent(System.Text.Encoding.UTF8.GetBytes(json));
        ErrorEvent error = await session.FirstAsync<ErrorEvent>();
        Assert.Equal((ErrorCode.Unspecified, $"An event of the backend could not be read: {problem}"), (error.Error.Code, error.Error.Description));
        await session.SendMessageAsync("Hello", cancellationToken: Deadline.Token);
        await session.MessageAsync("Hello");
    }

    [Theory]
    [InlineData("""{"transcript":[{"type":"Interrupted"},{"type":"AgentConnected","party":{"id":"1","type":"Agent"}}]}""", "$.transcript[1].party.name: is missing")]
    [InlineData("""{"transcript":[5]}""", "$.transcript[0]: must be an object, but is a number")]
    [InlineData("{}", "$.transcript: is missing")]
    public void What_is_wrong_in_a_transcript_is_named_with_its_path(string json, string problem)
    {
        JsonException exception = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(json, ChatJsonContext.Default.TranscriptResult));
        Assert.Equal(problem, exception.Message);
    }

    [Fact]
    public void Secrets_are_in_no_ToString()
    {
        Assert.DoesNotContain("secret", new ChatSessionState { SessionId = "secret", Values = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("k", "secret") }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new StartSessionResult { SessionId = "secret" }.ToString(), StringComparison.Ordinal);
    }

    private static void AssertRoundTrip<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        string json = JsonSerializer.Serialize(value, typeInfo);
        Assert.Equal(value, JsonSerializer.Deserialize(json, typeInfo));
    }

    private static void AssertFailures(ChatValidationResult result, params (string Path, string Keyword, string Message)[] expected) =>
        Assert.Equal(expected, result.Failures.Select(failure => (failure.Path, failure.Keyword, failure.Message)));
}

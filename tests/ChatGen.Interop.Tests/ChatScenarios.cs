using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Interop.Tests.Chat;
using ChatGen.Interop.Tests.Programs;
using ChatGen.Interop.Tests.Servers;
using Xunit;

namespace ChatGen.Interop.Tests;

/// <summary>What a visitor can expect of a chat, whatever server and transport carry it.</summary>
public abstract class ChatScenarios(SharedChatServer shared) : IClassFixture<SharedChatServer>, IAsyncLifetime
{
    private const string Greeting = "Hello, my name is Sam. How can I help you?";
    private const string VisitorProject = "tests/ChatGen.Interop.Tests.Visitor";

    private static readonly TimeSpan s_maxOfflineDuration = TimeSpan.FromHours(1);

    private IChatServer _server = null!;

    /// <summary>What the visitor chooses.</summary>
    private protected abstract bool DisableWebSockets { get; }

    /// <summary>What is used in the end.</summary>
    private protected abstract bool UsesWebSocket { get; }

    private StartSessionOptions Options => new()
    {
        ServerUrl = _server.CometDUrl,
        Username = "Jane",
        DisableWebSockets = DisableWebSockets,
        StateStorage = new MemoryChatStateStorage(),
    };

    public async ValueTask InitializeAsync() => _server = await shared.GetAsync(StartServerAsync);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Chat_is_started_with_all_options_and_the_agent_greets()
    {
        MemoryChatStateStorage storage = new();
        await using Conversation conversation = await Conversation.StartAsync(new StartSessionOptions
        {
            ServerUrl = _server.CometDUrl,
            Username = "Zoë 日本",
            Subject = "Größe ✓ 👋",
            UserData = UserData(),
            StateStorage = storage,
            MaxOfflineDuration = s_maxOfflineDuration,
            DisableWebSockets = DisableWebSockets,
        });

        ChatServerSession session = await FindSessionAsync("Zoë 日本");
        Assert.Equal("Größe ✓ 👋", session.Subject);
        Assert.True(JsonNode.DeepEquals(UserData(), session.UserData), session.UserData.ToJsonString());
        ChatSessionState? state = await storage.ReadAsync(Deadline.Token);
        Assert.Equal(_server.CometDUrl, state?.ServerUrl);
        Assert.True(conversation.Session.IsActive);
        Assert.Equal(2, conversation.Session.LastIndex);
        AgentConnectedEvent connected = Assert.IsType<AgentConnectedEvent>((await HistoryAsync(conversation))[0]);
        Assert.Equal(("Sam", PartyType.Agent), (connected.Party.Name, connected.Party.Type));
        AssertMessages([(2, "Sam", Greeting)], await HistoryAsync(conversation));
    }

    [Fact]
    public async Task Visitor_who_gives_no_name_is_called_User()
    {
        await using Conversation conversation = await Conversation.StartAsync(Options with { Username = "" });

        List<ChatEvent> events = await conversation.AskAsync("Who am I?");

        Assert.Equal(("User", PartyType.Client), Party(events.OfType<MessageReceivedEvent>().First()));
    }

    [Fact]
    public async Task Messages_and_their_answers_arrive_in_order_with_rising_indexes()
    {
        await using Conversation conversation = await Conversation.StartAsync(Options);

        List<ChatEvent> first = await conversation.AskAsync("Where is my parcel?");
        List<ChatEvent> second = await conversation.AskAsync("It was due yesterday.");

        AssertMessages([(3, "Jane", "Where is my parcel?"), (4, "Sam", "You said: Where is my parcel?")], first);
        AssertMessages([(5, "Jane", "It was due yesterday."), (6, "Sam", "You said: It was due yesterday.")], second);
        Assert.All(first.Concat(second), chatEvent => Assert.False(chatEvent.Restored));
        Assert.All(first.Concat(second), chatEvent => Assert.NotNull(chatEvent.Timestamp));
        Assert.Equal(6, conversation.Session.LastIndex);
    }

    [Fact]
    public async Task Long_message_of_any_characters_survives()
    {
        const string Any = "é ✓ 日本 👋 \"\\/\b\t\r\n\u0001\u007f\u2028 </script> ";
        string message = string.Concat(Enumerable.Repeat(Any, (5000 / Any.Length) + 1));
        Assert.True(Encoding.UTF8.GetByteCount(message) > 5000);
        await using Conversation conversation = await Conversation.StartAsync(Options);

        List<ChatEvent> events = await conversation.AskAsync(message);

        AssertMessages([(3, "Jane", message), (4, "Sam", "You said: " + message)], events);
    }

    [Fact]
    public async Task Web_address_is_sent_as_one()
    {
        await using Conversation conversation = await Conversation.StartAsync(Options);

        await conversation.Session.SendMessageAsync("https://example.com/?a=1&b=ü", SendMessageOptionsType.Url, Deadline.Token);

        List<ChatEvent> events = await conversation.ReadUntilAsync(chatEvent => chatEvent is MessageReceivedEvent);
        MessageContent content = Assert.IsType<MessageReceivedEvent>(events[^1]).Content;
        Assert.Equal(("https://example.com/?a=1&b=ü", MessageContentType.Url), (content.Text, content.Type));
    }

    [Fact]
    public async Task Both_sides_see_each_other_typing()
    {
        await using Conversation conversation = await Conversation.StartAsync(Options with { Username = "Typist" });

        await conversation.Session.SendTypingAsync(typedText: "Where is mÿ", cancellationToken: Deadline.Token);
        ChatServerSession typing = await FindSessionAsync("Typist");
        await conversation.Session.SendTypingAsync(isTyping: false, cancellationToken: Deadline.Token);
        ChatServerSession stopped = await FindSessionAsync("Typist");
        List<ChatEvent> events = await conversation.AskAsync("Where is my parcel?");

        Assert.Equal((true, "Where is mÿ"), (typing.IsTyping, typing.TypedText));
        Assert.False(stopped.IsTyping);
        Assert.Equal(["MessageReceived", "AgentTyping", "MessageReceived", "AgentTyping"], events.Select(chatEvent => chatEvent.EventType.WireName));
        Assert.Equal([true, false], events.OfType<AgentTypingEvent>().Select(agent => agent.IsTyping));
        Assert.All(events.OfType<AgentTypingEvent>(), agent => Assert.Null(agent.Index));
    }

    [Fact]
    public async Task Transcript_is_read_whole_and_from_an_index()
    {
        await using Conversation conversation = await Conversation.StartAsync(Options);
        await conversation.AskAsync("Where is my parcel?");

        TranscriptResult whole = await conversation.Session.GetTranscriptAsync(cancellationToken: Deadline.Token);
        TranscriptResult rest = await conversation.Session.GetTranscriptAsync(fromIndex: 3, Deadline.Token);

        Assert.Equal([1, 2, 3, 4], whole.Transcript.Select(entry => entry.Index));
        Assert.IsType<AgentConnectedEvent>(whole.Transcript[0]);
        AssertMessages([(2, "Sam", Greeting), (3, "Jane", "Where is my parcel?"), (4, "Sam", "You said: Where is my parcel?")], whole.Transcript);
        AssertMessages([(3, "Jane", "Where is my parcel?"), (4, "Sam", "You said: Where is my parcel?")], rest.Transcript);
        Assert.Equal(4, (await HistoryAsync(conversation)).Count);
    }

    [Fact]
    public async Task User_data_is_set_read_and_deleted()
    {
        await using Conversation conversation = await Conversation.StartAsync(Options with { UserData = new JsonObject { ["City"] = "Köln", ["Plan"] = "basic" } });
        ChatSession session = conversation.Session;

        await session.SetUserDataAsync(new JsonObject { ["Plan"] = "größer ✓", ["Address"] = UserData() }, Deadline.Token);

        Assert.Equal("größer ✓", (string?)(await ReadAsync("Plan"))["Plan"]);
        Assert.Equal("Köln", (string?)(await ReadAsync("City"))["City"]);
        JsonObject address = await ReadAsync("Address");
        Assert.True(JsonNode.DeepEquals(UserData(), address["Address"]), address.ToJsonString());

        await session.DeleteUserDataAsync("Plan", Deadline.Token);

        Assert.Empty(await ReadAsync("Plan"));
        Assert.Empty(await ReadAsync("never set"));
        Assert.Single(await ReadAsync("City"));

        async Task<JsonObject> ReadAsync(string key) => (await session.GetUserDataAsync(key, Deadline.Token)).UserData;
    }

    [Fact]
    public async Task Late_subscriber_gets_everything_that_came_before()
    {
        await using Conversation conversation = await Conversation.StartAsync(Options);
        List<ChatEvent> early = [.. await HistoryAsync(conversation), .. await conversation.AskAsync("Where is my parcel?")];

        List<ChatEvent> late = [];
        List<string> messages = [];
        TaskCompletionSource all = new();
        TaskCompletionSource allMessages = new();
        using IDisposable events = conversation.Session.On<ChatEvent>(chatEvent =>
        {
            late.Add(chatEvent);
            if (late.Count == early.Count)
            {
                all.SetResult();
            }
        });
        using IDisposable received = conversation.Session.OnMessageReceived(message =>
        {
            messages.Add(message.Content.Text);
            if (messages.Count == 3)
            {
                allMessages.SetResult();
            }
        });
        await all.Task.WaitAsync(Deadline.Token);
        await allMessages.Task.WaitAsync(Deadline.Token);

        Assert.Equal(early, late);
        Assert.Equal([Greeting, "Where is my parcel?", "You said: Where is my parcel?"], messages);
    }

    [Fact]
    public async Task Dropped_chat_is_restored_and_goes_on_where_it_was()
    {
        StartSessionOptions options = Options;
        await using (Conversation dropped = await Conversation.StartAsync(options))
        {
            await dropped.AskAsync("Where is my parcel?");
        }

        await using Conversation? restored = await Conversation.RestoreAsync(new RestoreSessionOptions { StateStorage = options.StateStorage, DisableWebSockets = DisableWebSockets });

        Assert.NotNull(restored);
        await AssertRestoredAsync(restored);
    }

    [Fact]
    public async Task Chat_of_a_killed_process_is_restored_by_another()
    {
        using TemporaryFolder folder = new();
        string stateFile = Path.Combine(folder.Path, "state.json");
        string seconds = s_maxOfflineDuration.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string lastIndex = await BuiltProgram.RunAndKillAsync(
            VisitorProject, [_server.CometDUrl.AbsoluteUri, stateFile, seconds, DisableWebSockets ? "true" : "false"], Deadline.Token);

        await using Conversation? restored = await Conversation.RestoreAsync(
            new RestoreSessionOptions { MaxOfflineDuration = s_maxOfflineDuration, DisableWebSockets = DisableWebSockets },
            new ChatClientSettings { StateFilePath = stateFile });

        Assert.Equal("4", lastIndex);
        Assert.NotNull(restored);
        await AssertRestoredAsync(restored);
    }

    [Fact]
    public async Task Chat_that_a_process_has_let_go_of_goes_on_in_another_over_the_same_Bayeux_session()
    {
        using TemporaryFolder folder = new();
        string stateFile = Path.Combine(folder.Path, "state.json");
        string seconds = s_maxOfflineDuration.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        ChatServerStats before = await _server.ReadStatsAsync(Deadline.Token);
        await BuiltProgram.RunToEndOfInputAsync(
            VisitorProject, [_server.CometDUrl.AbsoluteUri, stateFile, seconds, DisableWebSockets ? "true" : "false"], Deadline.Token);

        await using Conversation? restored = await Conversation.RestoreAsync(
            new RestoreSessionOptions { MaxOfflineDuration = s_maxOfflineDuration, DisableWebSockets = DisableWebSockets },
            new ChatClientSettings { StateFilePath = stateFile });

        Assert.NotNull(restored);
        await AssertRestoredAsync(restored);
        ChatServerStats after = await _server.ReadStatsAsync(Deadline.Token);
        Assert.Equal((GoesOn(UsesWebSocket) ? 1 : 2, 0), (after.Handshakes - before.Handshakes, after.Disconnects - before.Disconnects));
    }

    [Fact]
    public async Task Chat_whose_Bayeux_session_the_server_has_forgotten_meanwhile_is_restored_over_another()
    {
        await using IChatServer server = await StartForgetfulServerAsync();
        StartSessionOptions options = Options with { ServerUrl = server.CometDUrl };
        await using (Conversation dropped = await Conversation.StartAsync(options))
        {
            await dropped.AskAsync("Where is my parcel?");
        }

        await server.SufferOutageAsync("I have found it.", Deadline.Token);
        await using Conversation? restored = await Conversation.RestoreAsync(new RestoreSessionOptions { StateStorage = options.StateStorage, DisableWebSockets = DisableWebSockets });

        Assert.NotNull(restored);
        List<ChatEvent> replayed = await restored.ReadUntilAsync(chatEvent => chatEvent.Index == 5);
        AssertMessages([(2, "Sam", Greeting), (3, "Jane", "Where is my parcel?"), (4, "Sam", "You said: Where is my parcel?"), (5, "Sam", "I have found it.")], replayed);
        AssertMessages([(6, "Jane", "Great!"), (7, "Sam", "You said: Great!")], await restored.AskAsync("Great!"));
        Assert.Equal(2, (await server.ReadStatsAsync(Deadline.Token)).Handshakes);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task Chat_of_a_killed_process_can_be_restored_for_as_long_as_the_visitor_has_chosen(int minutesLater, bool isRestored)
    {
        using TemporaryFolder folder = new();
        string stateFile = Path.Combine(folder.Path, "state.json");
        string seconds = s_maxOfflineDuration.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await BuiltProgram.RunAndKillAsync(VisitorProject, [_server.CometDUrl.AbsoluteUri, stateFile, seconds, DisableWebSockets ? "true" : "false"], Deadline.Token);
        ChatServerStats before = await _server.ReadStatsAsync(Deadline.Token);

        await using Conversation? restored = await Conversation.RestoreAsync(
            new RestoreSessionOptions { MaxOfflineDuration = s_maxOfflineDuration, DisableWebSockets = DisableWebSockets },
            new ChatClientSettings { StateFilePath = stateFile, TimeProvider = new LaterTimeProvider(s_maxOfflineDuration + TimeSpan.FromMinutes(minutesLater)) });

        Assert.Equal(isRestored, restored is not null);
        Assert.Equal(isRestored, (await _server.ReadStatsAsync(Deadline.Token)).Handshakes > before.Handshakes);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Start_and_restore_each_choose_their_own_transport(bool startsWithoutWebSockets, bool restoresWithoutWebSockets)
    {
        ChatServerStats before = await _server.ReadStatsAsync(Deadline.Token);
        StartSessionOptions options = Options with { DisableWebSockets = startsWithoutWebSockets };
        await using (await Conversation.StartAsync(options))
        {
        }

        ChatServerStats started = await _server.ReadStatsAsync(Deadline.Token);
        await using (Conversation? restored = await Conversation.RestoreAsync(new RestoreSessionOptions { StateStorage = options.StateStorage, DisableWebSockets = restoresWithoutWebSockets }))
        {
            Assert.NotNull(restored);
        }

        ChatServerStats after = await _server.ReadStatsAsync(Deadline.Token);
        Assert.Equal(startsWithoutWebSockets ? 0 : 1, started.WebSocketUpgrades - before.WebSocketUpgrades);
        Assert.Equal(restoresWithoutWebSockets ? 0 : 1, after.WebSocketUpgrades - started.WebSocketUpgrades);
    }

    [Fact]
    public async Task Restoring_a_session_that_the_server_does_not_know_fails_and_clears_the_state()
    {
        MemoryChatStateStorage storage = new();
        await storage.WriteAsync(new ChatSessionState { SessionId = "nobody", ServerUrl = _server.CometDUrl, LastIndex = 4 }, Deadline.Token);
        RestoreSessionOptions options = new() { StateStorage = storage, DisableWebSockets = DisableWebSockets };

        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => Conversation.RestoreAsync(options));

        Assert.Equal(ErrorCode.UnknownSession, exception.Code);
        Assert.Equal(ChatRecovery.Ended, exception.Recovery);
        Assert.DoesNotContain("nobody", exception.ToString(), StringComparison.Ordinal);
        Assert.Null(await Conversation.RestoreAsync(options));
    }

    [Fact]
    public async Task Left_chat_is_over_for_both_sides()
    {
        StartSessionOptions options = Options with { Username = "Leaver" };
        RestoreSessionOptions restore = new() { StateStorage = options.StateStorage, DisableWebSockets = DisableWebSockets };
        await using Conversation conversation = await Conversation.StartAsync(options);
        ChatSessionState? state = await options.StateStorage!.ReadAsync(Deadline.Token);

        await conversation.Session.LeaveAsync(Deadline.Token);

        ChatEvent last = Assert.Single(await conversation.ReadToEndAsync());
        Assert.Equal(SessionEndedEventReason.LeaveRequest, Assert.IsType<SessionEndedEvent>(last).Reason);
        Assert.False(conversation.Session.IsActive);
        Assert.DoesNotContain((await _server.ReadStatsAsync(Deadline.Token)).Sessions, session => session.Username == "Leaver");
        Assert.Null(await Conversation.RestoreAsync(restore));

        await options.StateStorage.WriteAsync(state, Deadline.Token);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => Conversation.RestoreAsync(restore));
        Assert.Equal(ErrorCode.UnknownSession, exception.Code);
    }

    [Fact]
    public async Task Best_transport_that_both_sides_have_is_used()
    {
        ChatServerStats before = await _server.ReadStatsAsync(Deadline.Token);

        await ChatAsync(Options);

        ChatServerStats after = await _server.ReadStatsAsync(Deadline.Token);
        Assert.Equal(before.Handshakes + 1, after.Handshakes);
        Assert.Equal(DisableWebSockets ? 0 : 1, after.WebSocketUpgrades - before.WebSocketUpgrades);
        Assert.Equal(UsesWebSocket, after.LongPollingRequests == before.LongPollingRequests);
    }

    [Fact]
    public async Task Visitor_without_WebSockets_asks_for_none()
    {
        ChatServerStats before = await _server.ReadStatsAsync(Deadline.Token);

        StartSessionOptions options = Options with { DisableWebSockets = true };
        await using (Conversation dropped = await Conversation.StartAsync(options))
        {
        }

        await using (Conversation? restored = await Conversation.RestoreAsync(new RestoreSessionOptions { StateStorage = options.StateStorage, DisableWebSockets = true }))
        {
            Assert.NotNull(restored);
        }

        ChatServerStats after = await _server.ReadStatsAsync(Deadline.Token);
        Assert.Equal(before.WebSocketUpgrades, after.WebSocketUpgrades);
        Assert.Equal(before.Handshakes + (GoesOn(overWebSocket: false) ? 1 : 2), after.Handshakes);
        Assert.True(after.LongPollingRequests > before.LongPollingRequests);
    }

    [Fact]
    public async Task Chat_goes_on_without_a_gap_after_the_server_has_forgotten_the_connection()
    {
        await using IChatServer server = await StartForgetfulServerAsync();
        await using Conversation conversation = await Conversation.StartAsync(Options with { ServerUrl = server.CometDUrl });
        await conversation.AskAsync("Where is my parcel?");
        ChatServerStats before = await server.ReadStatsAsync(Deadline.Token);

        await server.SufferOutageAsync("I have found it.", Deadline.Token);

        List<ChatEvent> events = await conversation.ReadUntilAsync(chatEvent => chatEvent is ContinuedEvent);
        List<ChatEvent> answers = await conversation.AskAsync("Great!");
        Assert.Equal(["Interrupted", "MessageReceived", "Continued"], events.Select(chatEvent => chatEvent.EventType.WireName));
        AssertMessages([(5, "Sam", "I have found it.")], events);
        Assert.False(events[1].Restored);
        AssertMessages([(6, "Jane", "Great!"), (7, "Sam", "You said: Great!")], answers);
        Assert.Equal(1, before.Handshakes);
        Assert.Equal(2, (await server.ReadStatsAsync(Deadline.Token)).Handshakes);
    }

    /// <summary>Whether the server lets another process go on with a Bayeux session at once.</summary>
    private protected virtual bool GoesOn(bool overWebSocket) => true;

    /// <summary>Starts the server that all tests of the class share.</summary>
    private protected abstract Task<IChatServer> StartServerAsync();

    /// <summary>Starts a server that forgets Bayeux clients as quickly as it can.</summary>
    private protected abstract Task<IChatServer> StartForgetfulServerAsync();

    private static JsonObject UserData() => JsonNode.Parse("""
        {
          "FirstName": "Zoë",
          "é ✓ 日本": "👩‍👩‍👧 naïve",
          "address": { "city": "Köln", "lines": ["Straße 1", null, { "floor": 3.5 }] },
          "flags": { "vip": true, "none": null, "empty": {}, "list": [] }
        }
        """)!.AsObject();

    private static (string Name, PartyType Type) Party(MessageReceivedEvent message) => (message.Party.Name, message.Party.Type);

    private static async Task ChatAsync(StartSessionOptions options)
    {
        await using Conversation conversation = await Conversation.StartAsync(options);
        await conversation.AskAsync("Where is my parcel?");
        await conversation.Session.LeaveAsync(Deadline.Token);
    }

    /// <summary>Everything with an index that the session has had so far, as a new reader gets it.</summary>
    private static async Task<List<ChatEvent>> HistoryAsync(Conversation conversation)
    {
        List<ChatEvent> events = [];
        int last = conversation.Session.LastIndex;
        await foreach (ChatEvent chatEvent in conversation.Session.ReadEventsAsync(Deadline.Token))
        {
            if (chatEvent.Index is { } index)
            {
                events.Add(chatEvent);
                if (index == last)
                {
                    break;
                }
            }
        }

        return events;
    }

    private static void AssertMessages((int Index, string Name, string Text)[] expected, IEnumerable<ChatEvent> events) => Assert.Equal(
        expected,
        events.OfType<MessageReceivedEvent>().Select(message => (message.Index ?? -1, message.Party.Name, message.Content.Text)));

    /// <summary>Four events were seen before the session was restored.</summary>
    private static async Task AssertRestoredAsync(Conversation restored)
    {
        Assert.Equal(4, restored.Session.LastIndex);
        List<ChatEvent> replayed = await restored.ReadUntilAsync(chatEvent => chatEvent.Index == 4);
        List<ChatEvent> live = await restored.AskAsync("I am back.");

        Assert.Equal([1, 2, 3, 4], replayed.Select(chatEvent => chatEvent.Index));
        Assert.All(replayed, chatEvent => Assert.True(chatEvent.Restored));
        AssertMessages([(2, "Sam", Greeting), (3, "Jane", "Where is my parcel?"), (4, "Sam", "You said: Where is my parcel?")], replayed);
        AssertMessages([(5, "Jane", "I am back."), (6, "Sam", "You said: I am back.")], live);
        Assert.All(live, chatEvent => Assert.False(chatEvent.Restored));
        Assert.Equal([1, 2, 3, 4, 5, 6], (await HistoryAsync(restored)).Select(chatEvent => chatEvent.Index));
    }

    private async Task<ChatServerSession> FindSessionAsync(string username) =>
        Assert.Single((await _server.ReadStatsAsync(Deadline.Token)).Sessions, session => session.Username == username);
}

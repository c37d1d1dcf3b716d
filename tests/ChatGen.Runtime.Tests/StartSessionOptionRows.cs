namespace ChatGen.Tests;

/// <summary>The rows of the specification's options table of startSession, as far as they are the client's and not the backend's.</summary>
[Collection(nameof(ConsoleGroup))]
public sealed class StartSessionOptionRows : IDisposable
{
    private static readonly Uri s_server = new("https://chat.example.com/cometd");

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "chatgen-" + Guid.NewGuid().ToString("N"));
    private readonly SignallingTimeProvider _time = new();
    private readonly ScriptedTransport _builtIn = new();
    private readonly List<ChatBuiltInTransportRequest> _requests = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(_directory, "state.json");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task ServerUrl_goes_to_the_built_in_transport_and_into_the_state()
    {
        await using TestClient client = Client();
        var storage = new RecordingStorage();
        await client.StartSessionAsync(Setup() with { ServerUrl = s_server, StateStorage = storage }, Ct);
        Assert.Equal([new ChatBuiltInTransportRequest(s_server, false)], _requests);
        Assert.Equal(s_server, storage.Stored!.ServerUrl);
    }

    [Fact]
    public async Task ServerUrl_is_mandatory_without_transport()
    {
        await using TestClient client = Client();
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => client.StartSessionAsync(Setup(), Ct));
        Assert.Equal("'ServerUrl' is needed unless 'Transport' is given.", exception.Message);
        Assert.Empty(_requests);
    }

    [Fact]
    public async Task ServerUrl_and_disableWebSockets_have_no_effect_together_with_transport()
    {
        await using TestClient client = Client();
        var own = new ScriptedTransport();
        var storage = new RecordingStorage();
        await client.StartSessionAsync(Setup() with { ServerUrl = s_server, Transport = own, DisableWebSockets = true, StateStorage = storage }, Ct);
        Assert.Empty(_requests);
        Assert.Equal(["initialize", "start"], own.Calls.Items);
        Assert.Null(storage.Stored!.ServerUrl);
    }

    [Fact]
    public async Task Transport_of_ones_own_is_closed_but_never_disposed()
    {
        await using TestClient client = Client();
        var own = new ScriptedTransport();
        TestSession session = await client.StartSessionAsync(Setup() with { Transport = own }, Ct);
        await session.DisposeAsync();
        Assert.Equal(1, own.Closes);
        Assert.Equal(0, own.Disposals);
    }

    [Fact]
    public async Task Transport_that_is_built_in_is_closed_and_then_disposed()
    {
        await using TestClient client = Client();
        TestSession session = await client.StartSessionAsync(Setup() with { ServerUrl = s_server }, Ct);
        await session.DisposeAsync();
        Assert.Equal(["initialize", "start", "close", "dispose"], _builtIn.Calls.Items);
    }

    [Fact]
    public async Task Transport_is_mandatory_for_a_schema_without_CometD()
    {
        await using var client = new TestClient();
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => client.StartSessionAsync(Setup() with { ServerUrl = s_server }, Ct));
        Assert.Contains("'test-schema' says neither how the chat looks over CometD", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StateStorage_by_default_is_a_file_that_expires_after_5_seconds()
    {
        await using TestClient client = Client();
        TestSession session = await client.StartSessionAsync(Setup() with { ServerUrl = s_server }, Ct);
        await session.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.NotNull(await new FileChatStateStorage(StateFile, TimeSpan.FromSeconds(5), _time).ReadAsync(Ct));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await new FileChatStateStorage(StateFile, TimeSpan.FromSeconds(5), _time).ReadAsync(Ct));
    }

    [Fact]
    public async Task StateStorage_by_default_lies_in_the_users_directory_for_application_data()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The directory is set by a variable of Linux.");
        }

        string? before = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", _directory);
        try
        {
            await using var client = new TestClient(new ChatClientSettings { TimeProvider = _time });
            await client.StartSessionAsync(Setup() with { Transport = new ScriptedTransport() }, Ct);
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_DATA_HOME", before);
        }

        Assert.True(File.Exists(Path.Combine(_directory, "ChatGen", "ChatGen.Runtime.Tests", "test-schema.json")));
    }

    [Fact]
    public async Task StateStorage_of_ones_own_is_used_instead_of_the_built_in_one()
    {
        await using TestClient client = Client();
        var storage = new RecordingStorage();
        await client.StartSessionAsync(Setup() with { ServerUrl = s_server, StateStorage = storage }, Ct);
        Assert.NotNull(storage.Stored);
        Assert.False(File.Exists(StateFile));
    }

    [Fact]
    public async Task StateStorage_that_is_built_in_can_be_the_hosts()
    {
        var storage = new RecordingStorage();
        TimeSpan? life = null;
        await using var client = new TestClient(new ChatClientSettings
        {
            TimeProvider = _time,
            CreateStateStorage = duration =>
            {
                life = duration;
                return storage;
            },
        });
        await client.StartSessionAsync(Setup() with { Transport = new ScriptedTransport() }, Ct);
        Assert.NotNull(storage.Stored);
        Assert.Equal(TimeSpan.FromSeconds(5), life);
    }

    [Fact]
    public async Task MaxOfflineDuration_is_the_life_of_what_the_built_in_storage_keeps()
    {
        await using TestClient client = Client();
        TestSession session = await client.StartSessionAsync(Setup() with { ServerUrl = s_server, MaxOfflineDuration = TimeSpan.FromMinutes(1) }, Ct);
        await session.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await client.RestoreSessionAsync(Setup(), Ct));
    }

    [Fact]
    public async Task MaxOfflineDuration_of_zero_makes_the_session_never_restorable()
    {
        await using TestClient client = Client();
        TestSession session = await client.StartSessionAsync(Setup() with { ServerUrl = s_server, MaxOfflineDuration = TimeSpan.Zero }, Ct);
        await session.DisposeAsync();
        Assert.Null(await client.RestoreSessionAsync(Setup(), Ct));
    }

    [Fact]
    public async Task MaxOfflineDuration_has_no_effect_together_with_stateStorage()
    {
        await using TestClient client = Client();
        var storage = new RecordingStorage();
        TestSession session = await client.StartSessionAsync(
            Setup() with { ServerUrl = s_server, StateStorage = storage, MaxOfflineDuration = TimeSpan.Zero }, Ct);
        await session.DisposeAsync();
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_time.Timers.Items);
        Assert.NotNull(await client.RestoreSessionAsync(Setup() with { StateStorage = storage, MaxOfflineDuration = TimeSpan.Zero }, Ct));
    }

    [Fact]
    public async Task DisableWebSockets_goes_to_the_built_in_transport()
    {
        await using TestClient client = Client();
        await client.StartSessionAsync(Setup() with { ServerUrl = s_server, DisableWebSockets = true }, Ct);
        Assert.Equal([new ChatBuiltInTransportRequest(s_server, true)], _requests);
    }

    [Fact]
    public async Task Logger_by_default_writes_to_the_console()
    {
        TextWriter before = Console.Out;
        using var console = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(console));
        try
        {
            await using TestClient client = Client();
            await client.StartSessionAsync(Setup() with { ServerUrl = s_server, Logger = null }, Ct);
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Contains("2000-01-01T00:00:00.000Z info ChatGen: A chat session was started.", console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logger_of_ones_own_replaces_the_console()
    {
        TextWriter before = Console.Out;
        using var console = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(console));
        var logger = new CollectingLogger();
        try
        {
            await using TestClient client = Client();
            await client.StartSessionAsync(Setup() with { ServerUrl = s_server, Logger = logger }, Ct);
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Contains(logger.Entries.Items, entry => entry.Text == "A chat session was started.");
        Assert.DoesNotContain("ChatGen:", console.ToString(), StringComparison.Ordinal);
    }

    private static ChatSessionSetup Setup() => new() { Validation = default, Logger = new CollectingLogger() };

    private TestClient Client() => new(new ChatClientSettings
    {
        TimeProvider = _time,
        StateFilePath = StateFile,
        CreateTransport = request =>
        {
            _requests.Add(request);
            return _builtIn;
        },
    });
}

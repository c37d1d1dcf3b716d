namespace ChatGen.Tests;

/// <summary>The rows of the specification's options table of restoreSession.</summary>
public sealed class RestoreSessionOptionRows : IDisposable
{
    private static readonly Uri s_server = new("https://chat.example.com/cometd");

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "chatgen-" + Guid.NewGuid().ToString("N"));
    private readonly SignallingTimeProvider _time = new();
    private readonly ScriptedTransport _builtIn = new();
    private readonly List<ChatBuiltInTransportRequest> _requests = [];
    private readonly CollectingLogger _logger = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task Transport_by_default_is_the_built_in_one_for_the_stored_address()
    {
        await using TestClient client = Client();
        var storage = new RecordingStorage { Stored = new ChatSessionState { SessionId = "a", ServerUrl = s_server } };
        Assert.NotNull(await client.RestoreSessionAsync(Setup with { StateStorage = storage }, Ct));
        Assert.Equal([new ChatBuiltInTransportRequest(s_server, false)], _requests);
        Assert.Equal(s_server, storage.Stored!.ServerUrl);
    }

    [Fact]
    public async Task Transport_is_mandatory_if_the_session_was_started_with_one()
    {
        await using TestClient client = Client();
        var storage = new RecordingStorage();
        TestSession session = await client.StartSessionAsync(Setup with { StateStorage = storage, Transport = new ScriptedTransport() }, Ct);
        await session.DisposeAsync();
        ChatSessionState? stored = storage.Stored;
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => client.RestoreSessionAsync(Setup with { StateStorage = storage }, Ct));
        Assert.Contains("give 'Transport' the transport that startSession was given", exception.Message, StringComparison.Ordinal);
        Assert.Same(stored, storage.Stored);
        Assert.Empty(_requests);
    }

    [Fact]
    public async Task Transport_of_ones_own_is_used_instead_of_the_built_in_one()
    {
        await using TestClient client = Client();
        var own = new ScriptedTransport();
        var storage = new RecordingStorage { Stored = new ChatSessionState { SessionId = "a", ServerUrl = s_server } };
        TestSession session = (await client.RestoreSessionAsync(Setup with { StateStorage = storage, Transport = own, DisableWebSockets = true }, Ct))!;
        Assert.Equal(["initialize", "restore", "getTranscript"], own.Calls.Items);
        Assert.Empty(_requests);
        await session.DisposeAsync();
        Assert.Equal(0, own.Disposals);
    }

    [Fact]
    public async Task StateStorage_by_default_is_read_where_startSession_wrote_it()
    {
        await using TestClient client = Client();
        TestSession session = await client.StartSessionAsync(Setup with { ServerUrl = s_server }, Ct);
        await session.DisposeAsync();
        Assert.NotNull(await client.RestoreSessionAsync(Setup, Ct));
        Assert.Equal("secret-1", _builtIn.RestoredState?.SessionId);
    }

    [Fact]
    public async Task StateStorage_of_ones_own_is_read_instead_of_the_built_in_one()
    {
        await using TestClient client = Client();
        TestSession session = await client.StartSessionAsync(Setup with { ServerUrl = s_server }, Ct);
        await session.DisposeAsync();
        var storage = new RecordingStorage();
        Assert.Null(await client.RestoreSessionAsync(Setup with { StateStorage = storage }, Ct));
        Assert.Equal(1, storage.Reads);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(60, 60)]
    public async Task MaxOfflineDuration_is_the_life_of_the_restored_sessions_state(int? given, int expected)
    {
        await using TestClient client = Client();
        TestSession session = await client.StartSessionAsync(Setup with { ServerUrl = s_server }, Ct);
        await session.DisposeAsync();
        ChatSessionSetup setup = Setup with { MaxOfflineDuration = given is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        TestSession restored = (await client.RestoreSessionAsync(setup, Ct))!;
        await restored.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(expected) - TimeSpan.FromTicks(1));
        TestSession again = (await client.RestoreSessionAsync(setup, Ct))!;
        await again.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(expected));
        Assert.Null(await client.RestoreSessionAsync(setup, Ct));
    }

    [Fact]
    public async Task DisableWebSockets_goes_to_the_built_in_transport()
    {
        await using TestClient client = Client();
        var storage = new RecordingStorage { Stored = new ChatSessionState { SessionId = "a", ServerUrl = s_server } };
        await client.RestoreSessionAsync(Setup with { StateStorage = storage, DisableWebSockets = true }, Ct);
        Assert.Equal([new ChatBuiltInTransportRequest(s_server, true)], _requests);
    }

    [Fact]
    public async Task Logger_of_ones_own_receives_the_log()
    {
        await using TestClient client = Client();
        await client.RestoreSessionAsync(Setup with { StateStorage = new RecordingStorage() }, Ct);
        Assert.Contains(_logger.Entries.Items, entry => entry.Text == "There is no chat session to restore.");
    }

    private ChatSessionSetup Setup => new() { Validation = default, Logger = _logger };

    private TestClient Client() => new(new ChatClientSettings
    {
        TimeProvider = _time,
        StateFilePath = Path.Combine(_directory, "state.json"),
        CreateTransport = request =>
        {
            _requests.Add(request);
            return _builtIn;
        },
    });
}

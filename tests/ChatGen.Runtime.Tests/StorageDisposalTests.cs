using Microsoft.Extensions.Logging;

namespace ChatGen.Tests;

/// <summary>A storage that was made for a session is disposed with it: then whoever restores it may come.</summary>
public sealed class StorageDisposalTests : IAsyncDisposable
{
    private readonly DisposableStorage _storage = new();
    private readonly ScriptedTransport _transport = new();
    private readonly CollectingLogger _logger = new();
    private readonly TestClient _client;

    public StorageDisposalTests() => _client = new TestClient(new ChatClientSettings { CreateStateStorage = _ => _storage });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ChatSessionSetup Setup => new() { Transport = _transport, Logger = _logger, Validation = default };

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _transport.DisposeAsync();
    }

    [Fact]
    public async Task It_is_disposed_after_a_disposed_session_has_written_its_last_state()
    {
        TestSession session = await _client.StartSessionAsync(Setup, Ct);
        _transport.Message(7);
        Assert.Empty(_storage.Disposals);
        await session.DisposeAsync();
        Assert.Equal(7, Assert.Single(_storage.Disposals)?.LastIndex);
    }

    [Fact]
    public async Task It_is_disposed_after_a_session_that_was_left_has_cleared_its_state()
    {
        TestSession session = await _client.StartSessionAsync(Setup, Ct);
        await session.LeaveAsync(Ct);
        await session.DisposeAsync();
        Assert.Equal([null], _storage.Disposals);
    }

    [Fact]
    public async Task It_is_disposed_where_there_is_nothing_to_restore()
    {
        Assert.Null(await _client.RestoreSessionAsync(Setup, Ct));
        Assert.Equal([null], _storage.Disposals);
    }

    [Fact]
    public async Task It_is_disposed_where_the_state_cannot_be_read()
    {
        _storage.OnRead = () => Task.FromException(new IOException("gone"));
        await Assert.ThrowsAsync<ChatException>(() => _client.RestoreSessionAsync(Setup, Ct));
        Assert.Single(_storage.Disposals);
    }

    [Fact]
    public async Task It_is_disposed_with_the_state_in_it_where_a_restore_fails()
    {
        _storage.Stored = new ChatSessionState { SessionId = "stored", LastIndex = 2 };
        _transport.OnRestore = _ => Task.FromException(TestProtocol.Error(TestProtocol.CommandFailed));
        await Assert.ThrowsAsync<ChatException>(() => _client.RestoreSessionAsync(Setup, Ct));
        Assert.Equal("stored", Assert.Single(_storage.Disposals)?.SessionId);
    }

    [Fact]
    public async Task It_is_disposed_where_no_transport_can_be_made()
    {
        await using var client = new TestClient(new ChatClientSettings { CreateStateStorage = _ => _storage, CreateTransport = _ => throw new InvalidOperationException("none") });
        ChatSessionSetup setup = Setup with { Transport = null, ServerUrl = new Uri("https://chat.example.com/cometd") };
        await Assert.ThrowsAsync<ChatException>(() => client.StartSessionAsync(setup, Ct));
        Assert.Single(_storage.Disposals);
    }

    [Fact]
    public async Task What_it_throws_is_logged_and_breaks_nothing()
    {
        _storage.FailureOfDispose = new InvalidOperationException("no");
        TestSession session = await _client.StartSessionAsync(Setup, Ct);
        await session.DisposeAsync();
        Assert.Single(_logger.Entries.Items, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_storage_of_the_users_own_is_never_disposed()
    {
        TestSession session = await _client.StartSessionAsync(Setup with { StateStorage = _storage }, Ct);
        await session.DisposeAsync();
        Assert.Empty(_storage.Disposals);
        Assert.NotNull(_storage.Stored);
    }
}

namespace ChatGen.Tests;

/// <summary>What a client says of its sessions and connections.</summary>
public sealed class ClientStatusTests : IAsyncLifetime
{
    private static readonly ChatClientStatus s_nothing = new(0, 0, null);

    private readonly Bench _bench = new();

    private ChatClientStatus Status => _bench.Client.Status;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public void Before_the_first_session_nothing_is_known_to_fail() => Assert.Equal(s_nothing, Status);

    [Fact]
    public async Task Live_sessions_are_counted()
    {
        TestSession first = await _bench.StartAsync();
        TestSession second = await _bench.Client.StartSessionAsync(_bench.Setup with { Transport = new ScriptedTransport(), StateStorage = new RecordingStorage() }, TestContext.Current.CancellationToken);
        Assert.Equal(new ChatClientStatus(2, 0, null), Status);
        await first.DisposeAsync();
        Assert.Equal(new ChatClientStatus(1, 0, null), Status);
        await second.LeaveAsync(TestContext.Current.CancellationToken);
        Assert.Equal(s_nothing, Status);
    }

    [Fact]
    public async Task A_session_is_interrupted_until_it_goes_on()
    {
        await _bench.StartAsync();
        _bench.Transport.Host!.OnInterrupted();
        Assert.Equal(new ChatClientStatus(1, 1, null), Status);
        _bench.Transport.Host.OnContinued();
        Assert.Equal(new ChatClientStatus(1, 0, null), Status);
    }

    [Fact]
    public async Task A_session_that_is_over_is_not_interrupted_any_more()
    {
        TestSession session = await _bench.StartAsync();
        _bench.Transport.Host!.OnInterrupted();
        await session.DisposeAsync();
        Assert.Equal(s_nothing, Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_error_of_the_clients_own_making_is_a_failure_until_a_session_is_started(bool isConnectionError)
    {
        ChatErrorCode code = isConnectionError ? TestProtocol.Interrupted : TestProtocol.Unspecified;
        _bench.Transport.OnInitialize = () => throw TestProtocol.Error(code);
        await Assert.ThrowsAsync<ChatException>(_bench.StartAsync);
        Assert.Equal(new ChatClientStatus(0, 0, new ChatConnectionFailure(code, _bench.Time.GetUtcNow())), Status);
        _bench.Transport.OnInitialize = () => Task.CompletedTask;
        await _bench.StartAsync();
        Assert.Equal(new ChatClientStatus(1, 0, null), Status);
    }

    [Fact]
    public async Task A_restore_that_fails_is_a_failure_until_one_succeeds()
    {
        _bench.Storage.Stored = new ChatSessionState { SessionId = "stored" };
        _bench.Transport.OnRestore = _ => throw TestProtocol.Error(TestProtocol.Interrupted);
        await Assert.ThrowsAsync<ChatException>(_bench.RestoreAsync);
        Assert.NotNull(Status.Failure);
        _bench.Transport.OnRestore = _ => Task.CompletedTask;
        Assert.NotNull(await _bench.RestoreAsync());
        Assert.Null(Status.Failure);
    }

    [Fact]
    public async Task A_connection_that_comes_back_ends_a_failure()
    {
        await _bench.StartAsync();
        _bench.Transport.Host!.OnInterrupted();
        var unreachable = new ScriptedTransport { OnInitialize = () => throw TestProtocol.Error(TestProtocol.Interrupted) };
        await Assert.ThrowsAsync<ChatException>(() => _bench.Client.StartSessionAsync(_bench.Setup with { Transport = unreachable }, TestContext.Current.CancellationToken));
        Assert.Equal((1, TestProtocol.Interrupted), (Status.InterruptedSessions, Status.Failure!.Code));
        _bench.Transport.Host.OnContinued();
        Assert.Equal(new ChatClientStatus(1, 0, null), Status);
    }

    [Fact]
    public async Task An_error_that_the_backend_answers_with_shows_that_it_works()
    {
        _bench.Transport.OnInitialize = () => throw TestProtocol.Error(TestProtocol.Interrupted);
        await Assert.ThrowsAsync<ChatException>(_bench.StartAsync);
        _bench.Transport.OnInitialize = () => Task.CompletedTask;
        _bench.Transport.OnStart = _ => throw TestProtocol.Error(TestProtocol.CommandFailed);
        await Assert.ThrowsAsync<ChatException>(_bench.StartAsync);
        Assert.Equal(s_nothing, Status);
    }

    [Fact]
    public async Task Of_what_was_cancelled_nothing_is_known()
    {
        using var stop = new CancellationTokenSource();
        _bench.Transport.OnInitialize = async () =>
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Client.StartSessionAsync(_bench.Setup, stop.Token));
        Assert.Equal(s_nothing, Status);
    }

    [Fact]
    public async Task Options_that_break_the_schema_say_nothing_of_the_connection()
    {
        ChatSessionSetup setup = _bench.Setup with { Validation = new ChatValidationResult([new ChatValidationFailure("$", "anyOf", "wrong")]) };
        await Assert.ThrowsAsync<ChatValidationException>(() => _bench.Client.StartSessionAsync(setup, TestContext.Current.CancellationToken));
        Assert.Equal(s_nothing, Status);
    }
}

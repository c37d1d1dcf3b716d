namespace ChatGen.Tests;

public sealed class RenewalTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "chatgen-" + Guid.NewGuid().ToString("N"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_state_that_expires_is_written_at_every_interval()
    {
        await using var bench = new Bench { Storage = new ExpiringStorage(s_interval) };
        await bench.StartAsync();
        Assert.Equal([s_interval], bench.Time.Timers.Items);
        for (int round = 1; round <= 3; round++)
        {
            bench.Time.Advance(s_interval);
            Assert.Equal(round + 1, (await bench.Storage.Writes.CountAsync(round + 1)).Count);
        }
    }

    [Fact]
    public async Task A_state_that_does_not_expire_is_not_renewed()
    {
        await using var bench = new Bench();
        await bench.StartAsync();
        Assert.Empty(bench.Time.Timers.Items);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("leave")]
    [InlineData("dispose")]
    public async Task Renewal_stops_when_the_session_is_over(string how)
    {
        await using var bench = new Bench { Storage = new ExpiringStorage(s_interval) };
        TestSession session = await bench.StartAsync();
        switch (how)
        {
            case "end":
                bench.Transport.Json("""{"type":"SessionEnded","reason":"agent"}""");
                await bench.Transport.Calls.LastAsync(call => call == "close");
                break;
            case "leave":
                await session.LeaveAsync(Ct);
                break;
            default:
                await session.DisposeAsync();
                break;
        }

        Assert.Equal(0, bench.Time.ActiveTimers);
        int before = bench.Storage.Writes.Items.Count;
        bench.Time.Advance(s_interval * 10);
        await session.DisposeAsync();
        Assert.Equal(before, bench.Storage.Writes.Items.Count);
    }

    [Fact]
    public async Task A_restored_session_is_renewed_too()
    {
        await using var bench = new Bench { Storage = new ExpiringStorage(s_interval) };
        bench.Storage.Stored = new ChatSessionState { SessionId = "stored" };
        await bench.RestoreAsync();
        bench.Time.Advance(s_interval);
        await bench.Storage.Writes.CountAsync(2);
    }

    [Fact]
    public async Task A_killed_process_can_be_followed_by_one_that_restores()
    {
        var time = new SignallingTimeProvider();
        string path = Path.Combine(_directory, "state.json");
        TimeSpan life = TimeSpan.FromSeconds(5);

        // The first client is never disposed in time, like a process that is killed.
        await using var killed = new TestClient(new ChatClientSettings { TimeProvider = time });
        var written = new NotifyingStorage(new FileChatStateStorage(path, life, time));
        await killed.StartSessionAsync(new ChatSessionSetup { Transport = new ScriptedTransport(), StateStorage = written, Logger = new CollectingLogger(), Validation = default }, Ct);
        for (int round = 2; round <= 10; round++)
        {
            time.Advance(written.RenewalInterval);
            await written.Writes.CountAsync(round);
        }

        time.Advance(TimeSpan.FromSeconds(4));
        Assert.NotNull(await new FileChatStateStorage(path, life, time).ReadAsync(Ct));
    }

    private sealed class NotifyingStorage(FileChatStateStorage file) : IExpiringChatStateStorage
    {
        private bool _killed;

        public Recorder<bool> Writes { get; } = new();

        public TimeSpan RenewalInterval => file.RenewalInterval;

        public ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken) => file.ReadAsync(cancellationToken);

        public async ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
        {
            if (!_killed)
            {
                await file.WriteAsync(state, cancellationToken);
            }

            _killed = Writes.Items.Count >= 9;
            Writes.Add(true);
        }
    }
}

namespace ChatGen.Tests;

/// <summary>A client with a scripted transport, a recording storage, a clock that stands still and a collecting logger.</summary>
public sealed class Bench : IAsyncDisposable
{
    public Bench(ChatProtocol? protocol = null, IChatHistoryStorage? history = null) =>
        Client = new TestClient(new ChatClientSettings { TimeProvider = Time, CreateHistoryStorage = history is null ? null : () => history }, protocol);

    public ScriptedTransport Transport { get; init; } = new();

    public RecordingStorage Storage { get; init; } = new();

    public SignallingTimeProvider Time { get; } = new();

    public CollectingLogger Logger { get; } = new();

    public TestClient Client { get; }

    public ChatSessionSetup Setup => new() { Transport = Transport, StateStorage = Storage, Logger = Logger, Validation = default };

    public Task<TestSession> StartAsync() => Client.StartSessionAsync(Setup, TestContext.Current.CancellationToken);

    public Task<TestSession?> RestoreAsync() => Client.RestoreSessionAsync(Setup, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    /// <summary>Lets everything that has been queued to the thread pool begin, so that what must not happen would have happened.</summary>
    public static async Task PoolTurnsAsync()
    {
        for (int turn = 0; turn < 20; turn++)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.SetResult(), reached, preferLocal: false);
            await reached.Task;
        }
    }

    /// <summary>Records what a session hands to a subscriber of all its events.</summary>
    public static Recorder<ChatEvent> Record(TestSession session)
    {
        var recorder = new Recorder<ChatEvent>();
        session.On<ChatEvent>(recorder.Add);
        return recorder;
    }
}

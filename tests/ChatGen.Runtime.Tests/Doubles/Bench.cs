namespace ChatGen.Tests;

/// <summary>A client with a scripted transport, a recording storage, a clock that stands still and a collecting logger.</summary>
public sealed class Bench : IAsyncDisposable
{
    public Bench(ChatProtocol? protocol = null) => Client = new TestClient(new ChatClientSettings { TimeProvider = Time }, protocol);

    public ScriptedTransport Transport { get; } = new();

    public RecordingStorage Storage { get; init; } = new();

    public SignallingTimeProvider Time { get; } = new();

    public CollectingLogger Logger { get; } = new();

    public TestClient Client { get; }

    public ChatSessionSetup Setup => new() { Transport = Transport, StateStorage = Storage, Logger = Logger, Validation = default };

    public Task<TestSession> StartAsync() => Client.StartSessionAsync(Setup, TestContext.Current.CancellationToken);

    public Task<TestSession?> RestoreAsync() => Client.RestoreSessionAsync(Setup, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    /// <summary>Records what a session hands to a subscriber of all its events.</summary>
    public static Recorder<ChatEvent> Record(TestSession session)
    {
        var recorder = new Recorder<ChatEvent>();
        session.On<ChatEvent>(recorder.Add);
        return recorder;
    }
}

using System.Text;

namespace ChatGen.Tests;

/// <summary>A transport in memory that does what a test says.</summary>
public class ScriptedTransport : IChatTransport, IAsyncDisposable
{
    private int _closes;
    private int _disposals;

    /// <summary>Names of the members that were called, and of the commands that were sent.</summary>
    public Recorder<string> Calls { get; } = new();

    public Func<Task> OnInitialize { get; set; } = () => Task.CompletedTask;

    public Func<ChatCommand, Task<ChatSessionState>> OnStart { get; set; } = _ => Task.FromResult(new ChatSessionState { SessionId = "secret-1" });

    public Func<ChatSessionState, Task> OnRestore { get; set; } = _ => Task.CompletedTask;

    public Func<ChatCommand, CancellationToken, Task<object?>>? OnSend { get; set; }

    public Func<ValueTask> OnClose { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>What getTranscript answers, whatever it is asked for.</summary>
    public IReadOnlyList<ChatEvent> History { get; set; } = [];

    public IChatTransportHost? Host { get; private set; }

    public ChatSessionState? RestoredState { get; private set; }

    public int Closes => Volatile.Read(ref _closes);

    public int Disposals => Volatile.Read(ref _disposals);

    public Task InitializeAsync(IChatTransportHost host, CancellationToken cancellationToken)
    {
        Host = host;
        Calls.Add("initialize");
        return OnInitialize();
    }

    public Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        Calls.Add("start");
        return OnStart(start);
    }

    public Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        RestoredState = state;
        Calls.Add("restore");
        return OnRestore(state);
    }

    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        Calls.Add(command.Name);
        if (OnSend is not null)
        {
            return OnSend(command, cancellationToken);
        }

        return Task.FromResult<object?>(command.Name switch
        {
            "getTranscript" => new Transcript(History),
            "leave" => new Transcript(null),
            _ => null,
        });
    }

    public ValueTask CloseAsync()
    {
        Interlocked.Increment(ref _closes);
        Calls.Add("close");
        return OnClose();
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        Calls.Add("dispose");
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public void Message(int index, string? text = null) => Host!.OnEvent(new MessageEvent { Index = index, Text = text ?? $"message {index}" });

    public void Json(string json) => Host!.OnEvent(Encoding.UTF8.GetBytes(json));
}

namespace ChatGen.Tests;

/// <summary>What a generated REST transport looks like, with a backend that a test scripts.</summary>
public sealed class TestRestTransport(TimeSpan pollInterval) : RestChatTransport(pollInterval)
{
    private int _reading;

    public Func<Task<object>> OnStart { get; set; } = () => Task.FromResult<object>(new StartResult("secret-1"));

    /// <summary>Answers getTranscript from this index on.</summary>
    public Func<int, CancellationToken, Task<object?>> OnRead { get; set; } = (_, _) => Task.FromResult<object?>(new Transcript([]));

    public Func<ChatCommand, Task<object?>> OnCommand { get; set; } = _ => Task.FromResult<object?>(null);

    /// <summary>The indexes that were asked for.</summary>
    public Recorder<int> Reads { get; } = new();

    public Recorder<string> SessionIds { get; } = new();

    public bool Overlapped { get; private set; }

    protected override Task<object> StartAsync(ChatCommand start, CancellationToken cancellationToken) => OnStart();

    protected override async Task<object?> SendAsync(string sessionId, ChatCommand command, CancellationToken cancellationToken)
    {
        SessionIds.Add(sessionId);
        switch (command.Name)
        {
            case "getTranscript":
                Overlapped |= Interlocked.Increment(ref _reading) > 1;
                int from = ((TranscriptOptions)command.Options!).FromIndex;
                Reads.Add(from);
                try
                {
                    return await OnRead(from, cancellationToken);
                }
                finally
                {
                    Interlocked.Decrement(ref _reading);
                }

            case "leave":
                throw NotAvailable(command);
            default:
                return await OnCommand(command);
        }
    }
}

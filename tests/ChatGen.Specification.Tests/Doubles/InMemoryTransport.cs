using System.Collections.Concurrent;

namespace ChatGen.Specification.Tests.Doubles;

/// <summary>A transport that a user has written by hand: the backend is a list in the same process.</summary>
internal sealed class InMemoryTransport : IChatTransport
{
    public const string SessionId = "in-memory-session";

    private static readonly Party s_visitor = new() { Id = "1", Name = "Visitor", Type = PartyType.Client };

    private readonly List<ChatEvent> _history = [];
    private readonly ConcurrentQueue<string> _calls = new();
    private IChatTransportHost? _host;

    /// <summary>What the client has called, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public StartSessionOptions? StartedWith { get; private set; }

    public RestoreSessionOptions? RestoredWith { get; private set; }

    public ChatSessionState? RestoredFrom { get; private set; }

    public IChatTransportHost Host => _host ?? throw new InvalidOperationException("The transport has no host.");

    public Task InitializeAsync(IChatTransportHost host, CancellationToken cancellationToken)
    {
        _calls.Enqueue("initialize");
        _host = host;
        return Task.CompletedTask;
    }

    public Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        _calls.Enqueue(start.Name);
        StartedWith = (StartSessionOptions?)start.Options;
        return Task.FromResult(new ChatSessionState { SessionId = SessionId });
    }

    public Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        _calls.Enqueue(restore.Name);
        RestoredWith = (RestoreSessionOptions?)restore.Options;
        RestoredFrom = state;
        return Task.CompletedTask;
    }

    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        _calls.Enqueue(command.Name);
        switch (command.Options)
        {
            case SendMessageOptions message:
                var said = new MessageReceivedEvent { Party = s_visitor, Content = new MessageContent { Text = message.Message }, Index = _history.Count + 1 };
                _history.Add(said);
                Host.OnEvent(said);
                return Task.FromResult<object?>(null);
            case GetTranscriptOptions transcript:
                return Task.FromResult<object?>(new TranscriptResult { Transcript = [.. _history.Where(entry => entry.Index >= transcript.FromIndex)] });
            default:
                return Task.FromResult<object?>(command.Name == "leave" ? new LeaveResult() : null);
        }
    }

    public ValueTask CloseAsync()
    {
        _calls.Enqueue("close");
        _host = null;
        return ValueTask.CompletedTask;
    }
}

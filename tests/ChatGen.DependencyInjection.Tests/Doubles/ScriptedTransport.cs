namespace ChatGen.DependencyInjection.Tests;

/// <summary>A transport in memory that does what a test says.</summary>
public sealed class ScriptedTransport : IChatTransport
{
    public Exception? Failure { get; set; }

    public IChatTransportHost? Host { get; private set; }

    public int Closes { get; private set; }

    public Task InitializeAsync(IChatTransportHost host, CancellationToken cancellationToken)
    {
        Host = host;
        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }

    public Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken) => Task.FromResult(new ChatSessionState { SessionId = "pelican-session" });

    public Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken) => Task.FromResult<object?>(null);

    public ValueTask CloseAsync()
    {
        Closes++;
        return ValueTask.CompletedTask;
    }
}

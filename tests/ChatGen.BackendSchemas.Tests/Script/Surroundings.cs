using ChatGen.BackendSchemas.Tests.Doubles;

namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>What a client lives in: its clock, its log and its stored state. Nothing is shared with other clients unless a test hands it on.</summary>
public sealed class Surroundings
{
    internal CollectingLogger Log { get; init; } = new();

    /// <summary>Where the state is kept.</summary>
    public IChatStateStorage Storage { get; init; } = new MemoryChatStateStorage();

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = new ShortPauses();

    /// <summary>Where the backend is; by default where its emulator is.</summary>
    public Uri? ServerUrl { get; init; }

    /// <summary>The surroundings of another program on another machine, to which the stored state was brought as text.</summary>
    public async Task<Surroundings> ElsewhereAsync(CancellationToken cancellationToken)
    {
        var storage = new MemoryChatStateStorage();
        if (await Storage.ReadAsync(cancellationToken) is { } state)
        {
            await storage.WriteAsync(ChatSessionState.FromJson(state.ToJson()), cancellationToken);
        }

        return new Surroundings { Log = Log, Clock = Clock, Storage = storage };
    }

    /// <summary>Settings of a client in these surroundings.</summary>
    public ChatClientSettings Settings => new() { Logger = Log, TimeProvider = Clock, CreateStateStorage = _ => Storage };
}

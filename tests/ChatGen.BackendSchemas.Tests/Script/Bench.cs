namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>A backend, and the client that is generated for it.</summary>
public abstract class Bench : IAsyncDisposable
{
    /// <summary>Its name on the command line of <see cref="OtherProgram"/>.</summary>
    public abstract string Name { get; }

    /// <summary>What the backend has.</summary>
    public abstract Traits Traits { get; }

    /// <summary>The backend.</summary>
    public abstract IChatBackendEmulator Emulator { get; }

    /// <summary>What must never be logged of the newest conversation, in the backend's own words.</summary>
    public abstract IEnumerable<string> Secrets { get; }

    /// <summary>What the client is given as the address of the server.</summary>
    public virtual Uri ServerUrl => Emulator.Address;

    /// <summary>How often the client sends the first request of a start.</summary>
    public virtual int AttemptsOfStart => 1;

    /// <summary>How often a message is sent that fails for a passing reason.</summary>
    public virtual int AttemptsOfMessage => 1;

    /// <summary>Whether a request sends a message of the visitor.</summary>
    public abstract bool IsMessage(EmulatorRequest request);

    /// <summary>Whether a request is the first one of a start.</summary>
    public abstract bool IsStart(EmulatorRequest request);

    /// <summary>What an HTTP status alone is reported as, without anything that the backend says of it.</summary>
    /// <returns><see langword="null"/> if the backend names none, so that it is an error of the connection.</returns>
    public virtual ChatErrorCode? CodeOf(int status) => null;

    /// <summary>What a start is reported as whose first request is answered wrongly.</summary>
    /// <returns><see langword="null"/> if it is what the script says.</returns>
    public virtual ChatErrorCode? CodeOfStart(int status, string body) => status >= 400 ? CodeOf(status) : null;

    /// <summary>Starts a session.</summary>
    public abstract Task<IVisitor> StartAsync(Surroundings surroundings, CancellationToken cancellationToken);

    /// <summary>Restores a session.</summary>
    /// <returns><see langword="null"/> if there is none to restore.</returns>
    public abstract Task<IVisitor?> RestoreAsync(Surroundings surroundings, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Emulator.DisposeAsync();
    }
}

namespace ChatGen.Tests;

/// <summary>A transport whose connection another one can go on with.</summary>
public sealed class DetachableTransport : ScriptedTransport, IDetachableChatTransport
{
    public Func<ValueTask> OnDetach { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>What it was told to restore when it was initialized.</summary>
    public ChatSessionState? StateAtInitialization { get; private set; }

    public DetachableTransport() => OnInitialize = () =>
    {
        StateAtInitialization = Host!.RestoredState;
        return Task.CompletedTask;
    };

    public ValueTask DetachAsync()
    {
        Calls.Add("detach");
        return OnDetach();
    }
}

using System.Text.Json.Nodes;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>A <c>/meta/connect</c> that waits for its reply. Guarded by the emulator's lock.</summary>
internal sealed class HeldConnect(JsonObject reply)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JsonObject Reply { get; private set; } = reply;

    /// <summary>Whether the connection is to be broken instead of a reply.</summary>
    public bool IsDropped { get; private set; }

    public Task Released => _released.Task;

    public void Release(JsonObject? otherReply = null)
    {
        Reply = otherReply ?? Reply;
        _released.TrySetResult();
    }

    public void Drop()
    {
        IsDropped = true;
        _released.TrySetResult();
    }
}

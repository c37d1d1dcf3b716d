using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>Messages that were sent with replies to <c>/meta/connect</c>, in numbered batches, until the client says that it has them. CometD's extension <c>ack</c>.</summary>
internal sealed class UnacknowledgedMessages
{
    private readonly Queue<(long Batch, JsonObject Message)> _messages = new();
    private long _lastBatch;

    public bool IsEmpty => _messages.Count == 0;

    /// <summary>Begins the next batch.</summary>
    /// <param name="messages">What was not sent yet.</param>
    /// <param name="batch">The number of the batch.</param>
    /// <returns>What to send: first again what was not acknowledged, then the new messages.</returns>
    public JsonObject[] Send(IEnumerable<JsonObject> messages, out long batch)
    {
        batch = ++_lastBatch;
        foreach (JsonObject message in messages)
        {
            _messages.Enqueue((batch, message));
        }

        return [.. _messages.Select(message => message.Message)];
    }

    /// <summary>The client has this batch and all before.</summary>
    public void Acknowledge(long batch)
    {
        while (_messages.TryPeek(out (long Batch, JsonObject Message) oldest) && oldest.Batch <= batch)
        {
            _messages.Dequeue();
        }
    }
}

using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A message that is queued or waits for its reply. It knows whom its outcome concerns; exactly one of the two ends it.</summary>
internal abstract class PendingMessage(OutboundMessage message)
{
    public OutboundMessage Message { get; } = message;

    /// <summary>The request or frame that it went out in; <see langword="null"/> while it is queued.</summary>
    public PendingBatch? Batch { get; set; }

    /// <summary>Until when it may stay in the queue.</summary>
    public TimeSpan QueueDeadline { get; set; }

    /// <summary>Whether nobody waits for it any more, so that it need not be sent.</summary>
    public virtual bool IsAbandoned => false;

    /// <summary>Whether it may be sent again after it failed.</summary>
    /// <param name="written">Whether the server may have it already.</param>
    public virtual bool CanRepeat(bool written) => false;

    /// <summary>The server has answered.</summary>
    public abstract void OnReply(in BayeuxMessage reply);

    /// <summary>There will be no answer.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="written">Whether the server may have the message all the same.</param>
    public abstract void OnFailed(BayeuxFault fault, bool written);
}

using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A message that is queued or waits for its reply.</summary>
internal abstract class PendingMessage(OutboundMessage message)
{
    public OutboundMessage Message { get; } = message;

    /// <summary>The request or frame that it went out in; <see langword="null"/> while it is queued.</summary>
    public PendingBatch? Batch { get; set; }

    /// <summary>Until when it may stay in the queue.</summary>
    public TimeSpan QueueDeadline { get; set; }

    /// <summary>Whether nobody waits for it any more, so that it need not be sent.</summary>
    public virtual bool IsAbandoned => false;
}

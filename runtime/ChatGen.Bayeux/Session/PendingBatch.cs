using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>A batch under way, with what it takes to finish it.</summary>
internal sealed class PendingBatch : OutboundBatch
{
    public required IReadOnlyList<PendingMessage> Messages { get; init; }

    public required IBayeuxTransport Transport { get; init; }

    /// <summary>Session that it belongs to; what the server advises to a former one no longer counts.</summary>
    public required int SessionNumber { get; init; }

    /// <summary>When the transport has to give it up.</summary>
    public required TimeSpan Deadline { get; set; }

    /// <summary>Whether it was given more time than others.</summary>
    public bool IsExtended { get; set; }

    /// <summary>Its place among the batches under way.</summary>
    public LinkedListNode<PendingBatch>? Node { get; set; }

    /// <summary>Whether the deadline has been acted on.</summary>
    public bool Expired { get; set; }

    /// <summary>How many of its messages have no reply yet.</summary>
    public int Unanswered { get; set; }
}

namespace ChatGen.Bayeux.Transports;

/// <summary>Carries batches of messages. It knows nothing of sessions and keeps no time: whoever sends sets deadlines and expires batches.</summary>
/// <remarks>All members are called by one thread at a time.</remarks>
internal interface IBayeuxTransport
{
    /// <summary>How many requests other than a connect may be under way at once.</summary>
    int MaxRequests { get; }

    /// <summary>When <see cref="Expire(TimeSpan)"/> has to be called; <see langword="null"/> if nothing but batches has a deadline.</summary>
    TimeSpan? Due { get; }

    /// <summary>Sends a batch. Neither blocks nor throws; the outcome comes through the <see cref="ITransportSink"/>, never within the call.</summary>
    void Send(OutboundBatch batch);

    /// <summary>The batch's deadline has passed: gives its carrier up, which then fails.</summary>
    void Expire(OutboundBatch batch);

    /// <summary>Gives up what has a deadline of its own, such as a connection that is being opened or closed.</summary>
    /// <param name="now">The time, on the clock of <see cref="OutboundBatch.SentAt"/>.</param>
    void Expire(TimeSpan now);

    /// <summary>Gives up all that is under way. The task ends, never with an error, when nothing runs any more; until then there may be something to expire.</summary>
    /// <param name="now">The time, as for <see cref="Expire(TimeSpan)"/>.</param>
    Task CloseAsync(TimeSpan now);
}

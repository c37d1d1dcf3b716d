namespace ChatGen.Bayeux.Transports;

/// <summary>Carries batches of messages. It knows nothing of sessions and keeps no time: whoever sends sets deadlines and expires batches.</summary>
/// <remarks>All members but <see cref="IAsyncDisposable.DisposeAsync"/> are called by one thread at a time.</remarks>
internal interface IBayeuxTransport : IAsyncDisposable
{
    /// <summary>How many requests other than a connect may be under way at once.</summary>
    int MaxRequests { get; }

    /// <summary>Sends a batch. Neither blocks nor throws; the outcome comes through the <see cref="ITransportSink"/>, never within the call.</summary>
    void Send(OutboundBatch batch);

    /// <summary>The batch's deadline has passed: gives its carrier up, which then fails.</summary>
    void Expire(OutboundBatch batch);
}

namespace ChatGen.Bayeux.Transports;

/// <summary>Takes what a transport receives. Called from any thread; never blocks.</summary>
internal interface ITransportSink
{
    /// <summary>Messages have arrived. The sink lets go of the frame.</summary>
    void OnReceived(InboundFrame frame);

    /// <summary>What a carrier carried gets no answer any more.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="carrier">All batches with this <see cref="OutboundBatch.Carrier"/> have failed.</param>
    /// <param name="fault">Why.</param>
    void OnFailed(IBayeuxTransport transport, object carrier, BayeuxFault fault);

    /// <summary>Waits until there is room for more to be received.</summary>
    ValueTask ReadyAsync(CancellationToken cancellationToken);
}

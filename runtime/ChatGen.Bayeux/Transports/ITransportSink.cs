using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Transports;

/// <summary>Takes what a transport receives. Called from any thread; never blocks.</summary>
internal interface ITransportSink
{
    /// <summary>Messages have arrived, in this order.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="answered">The batch that this is the whole answer to; <see langword="null"/> where replies are matched by their ids alone.</param>
    void OnReceived(IBayeuxTransport transport, List<BayeuxMessage> messages, OutboundBatch? answered);

    /// <summary>What a carrier carried gets no answer any more.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="carrier">All batches with this <see cref="OutboundBatch.Carrier"/> have failed.</param>
    /// <param name="fault">Why.</param>
    void OnFailed(IBayeuxTransport transport, object carrier, BayeuxFault fault);
}

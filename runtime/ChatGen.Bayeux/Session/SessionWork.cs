using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>What the session's actor is asked to do, one after the other.</summary>
internal abstract record SessionWork
{
    private SessionWork()
    {
    }

    public sealed record Connect(TaskCompletionSource Done) : SessionWork;

    public sealed record Disconnect(TaskCompletionSource Done) : SessionWork;

    /// <summary>Stops everything; if <paramref name="For"/> is given, only while that is still being waited for.</summary>
    public sealed record Abort(BayeuxFault Fault, TaskCompletionSource? For) : SessionWork;

    public sealed record Publish(PendingPublish Message) : SessionWork;

    public sealed record Subscribe(BayeuxSubscription Subscription) : SessionWork;

    public sealed record Unsubscribe(string Channel) : SessionWork;

    public sealed record Received(IBayeuxTransport Transport, List<BayeuxMessage> Messages, OutboundBatch? Answered) : SessionWork;

    public sealed record Failed(IBayeuxTransport Transport, object Carrier, BayeuxFault Fault) : SessionWork;

    /// <summary>The timer has fired.</summary>
    public sealed record Tick : SessionWork
    {
        public static readonly Tick Instance = new();
    }
}

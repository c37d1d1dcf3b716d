using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>What the session's actor is asked to do, one after the other. What a transport has received is work too: <see cref="InboundFrame"/>.</summary>
internal abstract class SessionWork
{
    public sealed class Connect(TaskCompletionSource<bool> done, BayeuxSnapshot? snapshot) : SessionWork
    {
        /// <summary>Completed with whether the session of the snapshot goes on.</summary>
        public TaskCompletionSource<bool> Done { get; } = done;

        public BayeuxSnapshot? Snapshot { get; } = snapshot;
    }

    public sealed class Disconnect(TaskCompletionSource done) : SessionWork
    {
        public TaskCompletionSource Done { get; } = done;
    }

    /// <summary>Stops everything without telling the server, and hands out the session.</summary>
    public sealed class Detach(TaskCompletionSource<BayeuxSnapshot> done) : SessionWork
    {
        public TaskCompletionSource<BayeuxSnapshot> Done { get; } = done;
    }

    /// <summary>Stops everything; if <paramref name="waiting"/> is given, only while that is still being waited for.</summary>
    public sealed class Abort(BayeuxFault fault, object? waiting, TaskCompletionSource? done = null) : SessionWork
    {
        public BayeuxFault Fault { get; } = fault;

        public object? Waiting { get; } = waiting;

        public TaskCompletionSource? Done { get; } = done;
    }

    public sealed class Publish(PendingPublish message, TimeSpan? maxQueueTime) : SessionWork
    {
        public PendingPublish Message { get; } = message;

        public TimeSpan? MaxQueueTime { get; } = maxQueueTime;
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    public sealed class ForgetCall(PendingCall call) : SessionWork
    {
        public PendingCall Call { get; } = call;
    }

    public sealed class Subscribe(BayeuxSubscription subscription) : SessionWork
    {
        public BayeuxSubscription Subscription { get; } = subscription;
    }

    public sealed class Unsubscribe(string channel) : SessionWork
    {
        public string Channel { get; } = channel;
    }

    public sealed class Failed(IBayeuxTransport transport, object carrier, BayeuxFault fault) : SessionWork
    {
        public IBayeuxTransport Transport { get; } = transport;

        public object Carrier { get; } = carrier;

        public BayeuxFault Fault { get; } = fault;
    }

    /// <summary>There is room again for what the next connect brings.</summary>
    public sealed class RoomMade : SessionWork
    {
        public static readonly RoomMade Instance = new();
    }

    /// <summary>Nothing follows, but for what was posted at the same moment.</summary>
    public sealed class Stop : SessionWork
    {
        public static readonly Stop Instance = new();
    }

    /// <summary>The timer has fired.</summary>
    public sealed class Tick : SessionWork
    {
        public static readonly Tick Instance = new();
    }
}

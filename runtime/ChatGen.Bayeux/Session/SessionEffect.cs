using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>What the connect loop wants done, in order.</summary>
internal abstract record SessionEffect
{
    private SessionEffect()
    {
    }

    /// <summary>Sends a handshake, alone in its request (Bayeux rule 11).</summary>
    public sealed record SendHandshake(string Id, ConnectionTypes Transport, ConnectionTypes Offered, bool OffersAck) : SessionEffect;

    /// <summary>Sends a connect; the server holds it for <paramref name="Hold"/>.</summary>
    public sealed record SendConnect(string Id, ConnectionTypes Transport, bool Immediate, TimeSpan Hold, long? AckBatch) : SessionEffect;

    /// <summary>Gives the WebSocket up, of which nothing is expected any more.</summary>
    public sealed record LeaveWebSocket : SessionEffect;

    /// <summary>Sends a disconnect after what is queued.</summary>
    public sealed record SendDisconnect(string Id) : SessionEffect;

    /// <summary>Lets <see cref="SessionInput.DelayElapsed"/> happen after a time drawn from these bounds.</summary>
    public sealed record Schedule(TimeSpan AtLeast, TimeSpan AtMost) : SessionEffect;

    /// <summary>Forgets the last <see cref="Schedule"/>.</summary>
    public sealed record CancelSchedule : SessionEffect;

    /// <summary>Sends missing subscriptions, all of them for a new session, and then what is queued.</summary>
    public sealed record ReleaseMessages(bool NewSession) : SessionEffect;

    /// <summary>Fails all messages, queued or under way, and closes all connections.</summary>
    public sealed record Close(BayeuxFault Fault) : SessionEffect;

    /// <summary>Tells whoever waits for the connect that it succeeded.</summary>
    public sealed record ConnectSucceeded : SessionEffect;

    /// <summary>Tells whoever waits for connect or disconnect that all is over.</summary>
    public sealed record Ended(BayeuxFault Fault) : SessionEffect;

    /// <summary>Tells the user of a change.</summary>
    public sealed record ReportState(BayeuxStateChange Change) : SessionEffect;

    /// <summary>Tells the user of a fault.</summary>
    public sealed record ReportFault(BayeuxFault Fault) : SessionEffect;
}

using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>What can happen to the connect loop.</summary>
internal abstract record SessionInput
{
    private SessionInput()
    {
    }

    /// <summary>The user wants a session.</summary>
    public sealed record ConnectRequested : SessionInput;

    /// <summary>The user wants to go on with a session that another client has left.</summary>
    public sealed record ResumeRequested(BayeuxSnapshot Snapshot) : SessionInput;

    /// <summary>An event arrived.</summary>
    public sealed record EventReceived : SessionInput
    {
        public static readonly EventReceived Instance = new();
    }

    /// <summary>The user wants the session to be ended.</summary>
    public sealed record DisconnectRequested : SessionInput;

    /// <summary>Everything has to stop at once.</summary>
    public sealed record AbortRequested(BayeuxFault Fault) : SessionInput;

    /// <summary>A message arrived on the channel of a handshake, connect or disconnect.</summary>
    public sealed record MetaReceived(BayeuxMessage Message) : SessionInput;

    /// <summary>Any other reply brought advice.</summary>
    public sealed record AdviceReceived(Advice Advice) : SessionInput;

    /// <summary>A handshake, connect or disconnect gets no reply any more.</summary>
    public sealed record MetaFailed(string Id, BayeuxFault Fault) : SessionInput;

    /// <summary>The delay of <see cref="SessionEffect.Schedule"/> is over.</summary>
    public sealed record DelayElapsed : SessionInput;
}

using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>Makes faults of what the server says, or of what the user wants.</summary>
internal static class SessionFault
{
    public static readonly BayeuxFault DisconnectedByUser = new(BayeuxFaultKind.NotConnected, "The client was disconnected.");

    public static readonly BayeuxFault NotConnected = new(BayeuxFaultKind.NotConnected, "The client is not connected.");

    public static readonly BayeuxFault NotSentInTime = new(BayeuxFaultKind.Timeout, "The connection did not come back in time for the message to be sent.");

    public static readonly BayeuxFault ServerDisconnected = new(BayeuxFaultKind.ServerDisconnected, "The server ended the session.");

    public static readonly BayeuxFault ServerForbidsConnect = new(BayeuxFaultKind.ServerDisconnected, "The server advises against connecting any more.");

    public static readonly BayeuxFault NoClientId = new(BayeuxFaultKind.InvalidResponse, "The server's reply to the handshake has no client id.");

    // 405 is what other clients report here too (Bayeux rule 15).
    public static readonly BayeuxFault NoCommonTransport = new(BayeuxFaultKind.NoCommonTransport, "The server supports no transport that this client may use.")
    {
        Error = BayeuxError.Parse("405::no_transport"),
    };

    public static BayeuxFault HandshakeRejected(string? error) => Rejected(BayeuxFaultKind.HandshakeRejected, "The server refused the handshake", error, "");

    public static BayeuxFault ConnectRejected(string? error, SessionState state)
    {
        bool cookieSuspected = state.OutstandingImmediate && state.Transport == ConnectionTypes.LongPolling;
        return Rejected(
            BayeuxFaultKind.ConnectRejected,
            "The server refused to connect",
            error,
            cookieSuspected ? " If this repeats, see whether its cookies get through to it." : "");
    }

    public static BayeuxFault SubscriptionRejected(string channel, string? error) =>
        Rejected(BayeuxFaultKind.SubscriptionRejected, $"The server refused the subscription to {channel}", error, "");

    public static BayeuxFault CallbackFailed(Exception exception) =>
        new(BayeuxFaultKind.CallbackFailed, $"A callback threw {exception.GetType()}.") { Exception = exception };

    public static BayeuxFault Defect(Exception exception) =>
        new(BayeuxFaultKind.NotConnected, "The session was given up because of a defect in the client.") { Exception = exception };

    private static BayeuxFault Rejected(BayeuxFaultKind kind, string what, string? error, string hint)
    {
        BayeuxError? parsed = error is null ? null : BayeuxError.Parse(error);
        return new BayeuxFault(kind, (parsed is null ? what + "." : $"{what}: {parsed}.") + hint) { Error = parsed };
    }
}

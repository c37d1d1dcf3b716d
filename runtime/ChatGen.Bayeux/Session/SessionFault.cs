using System.Globalization;
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

    public static readonly BayeuxFault SentAway = new(BayeuxFaultKind.ConnectRejected, "The server takes each connect, but wants a new handshake every time.");

    public static readonly BayeuxFault NoClientId = new(BayeuxFaultKind.InvalidResponse, "The server's reply to the handshake has no client id.");

    // 405 is what other clients report here too (Bayeux rule 15).
    public static readonly BayeuxFault NoCommonTransport = new(BayeuxFaultKind.NoCommonTransport, "The server supports no transport that this client may use.")
    {
        Error = BayeuxError.Parse("405::no_transport"),
    };

    public static readonly BayeuxFault Detached = new(BayeuxFaultKind.NotConnected, "The session was left for another client to go on with.");

    public static readonly BayeuxFault QueueFull = new(BayeuxFaultKind.QueueFull, "As many messages as allowed wait to be sent already.");

    public static readonly BayeuxFault MultipleClients = new(
        BayeuxFaultKind.MultipleClients,
        "The server takes this client and another one for the same browser, because both send its cookie; it makes them poll.");

    public static readonly BayeuxFault HostNotAccepted = new(
        BayeuxFaultKind.HostNotAccepted,
        "The server advises to go to another host, which this client's options do not accept.");

    public static BayeuxFault MessageTooLarge(int limit) =>
        new(BayeuxFaultKind.MessageTooLarge, string.Create(CultureInfo.InvariantCulture, $"The message is larger than {limit} bytes, which are allowed."));

    public static BayeuxFault DroppedByExtension(string channel) => new(BayeuxFaultKind.DroppedByExtension, $"An extension dropped a message on {channel}.");

    public static BayeuxFault EventsDropped(long count) => new(
        BayeuxFaultKind.EventsDropped,
        string.Create(CultureInfo.InvariantCulture, $"Callbacks did not keep up: the {count} oldest events were dropped."));

    public static BayeuxFault UnexpectedMessage(string channel) =>
        new(BayeuxFaultKind.UnexpectedMessage, $"A message on {channel} is neither event nor reply.");

    public static BayeuxFault CallRejected(BayeuxError? error) =>
        new(BayeuxFaultKind.CallRejected, error is null ? "The server refused the call." : $"The server refused the call: {error}.") { Error = error };

    public static readonly BayeuxFault CallTimeout = new(BayeuxFaultKind.Timeout, "The call was not answered in time.") { Error = BayeuxError.Parse("406::timeout") };

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

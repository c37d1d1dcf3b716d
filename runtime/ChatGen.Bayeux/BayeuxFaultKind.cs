namespace ChatGen.Bayeux;

/// <summary>What kind of thing went wrong.</summary>
public enum BayeuxFaultKind
{
    /// <summary>No connection to the server could be made: refused, name not found, TLS failed. Nothing was sent.</summary>
    Unreachable,

    /// <summary>The server did not answer in time.</summary>
    Timeout,

    /// <summary>The server answered with an HTTP status other than 200.</summary>
    HttpStatus,

    /// <summary>The answer is not Bayeux: empty, HTML, JSON that is broken or cut off, or without the reply that was due.</summary>
    InvalidResponse,

    /// <summary>A response or frame exceeds <see cref="BayeuxClientOptions.MaxResponseSize"/>.</summary>
    ResponseTooLarge,

    /// <summary>The connection was closed or broke while an answer was due.</summary>
    ConnectionClosed,

    /// <summary>The server, or something before it, does not do WebSocket at this address.</summary>
    WebSocketUnavailable,

    /// <summary>The server refused the handshake.</summary>
    HandshakeRejected,

    /// <summary>The server refused a meta connect, usually since it does not know the session any more.</summary>
    ConnectRejected,

    /// <summary>The server refused a subscription.</summary>
    SubscriptionRejected,

    /// <summary>Client and server have no transport in common.</summary>
    NoCommonTransport,

    /// <summary>The server ended the session.</summary>
    ServerDisconnected,

    /// <summary>The client is not connected, or was disconnected by its user.</summary>
    NotConnected,

    /// <summary>A callback or extension of the user threw.</summary>
    CallbackFailed,

    /// <summary>A message is larger than <see cref="BayeuxClientOptions.MaxMessageSize"/>; it was not sent.</summary>
    MessageTooLarge,

    /// <summary>As many messages as <see cref="BayeuxClientOptions.MaxQueuedMessages"/> wait already; this one was not sent.</summary>
    QueueFull,

    /// <summary>An extension dropped the message or its reply.</summary>
    DroppedByExtension,

    /// <summary>The oldest events were dropped, because callbacks did not keep up (<see cref="BayeuxOverflowPolicy.DropOldest"/>).</summary>
    EventsDropped,

    /// <summary>
    /// The server holds requests of one client only, and another one sends the same cookies, so that both have to poll (Bayeux rule 28).
    /// </summary>
    MultipleClients,

    /// <summary>A message is neither event nor reply; it was passed over (Bayeux rule 9).</summary>
    UnexpectedMessage,

    /// <summary>The server advised to go to a host that <see cref="BayeuxClientOptions.AcceptHost"/> does not accept.</summary>
    HostNotAccepted,

    /// <summary>The server refused a call.</summary>
    CallRejected,
}

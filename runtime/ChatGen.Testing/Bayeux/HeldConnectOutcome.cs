namespace ChatGen.Testing.Bayeux;

/// <summary>Why a held <c>/meta/connect</c> is no longer held.</summary>
internal enum HeldConnectOutcome
{
    /// <summary>There are messages to deliver, or the timeout has passed: it is answered.</summary>
    Answered,

    /// <summary>It is answered, and the connection is closed after that.</summary>
    AnsweredAndClosed,

    /// <summary>The client has disconnected: it is answered, with the advice not to reconnect.</summary>
    Disconnected,

    /// <summary>The client has sent another one: it is not answered. Bayeux rule 21.</summary>
    Superseded,

    /// <summary>The connection is dropped.</summary>
    Dropped,
}

namespace ChatGen.Bayeux.Protocol;

/// <summary>Value of <c>advice.reconnect</c> (Bayeux rule 25).</summary>
internal enum ReconnectAdvice
{
    /// <summary>Connect again within the same session.</summary>
    Retry,

    /// <summary>The session is gone; handshake anew.</summary>
    Handshake,

    /// <summary>Do neither.</summary>
    None,
}

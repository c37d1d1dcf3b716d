namespace ChatGen.Bayeux;

/// <summary>What to do when events arrive faster than callbacks take them.</summary>
public enum BayeuxOverflowPolicy
{
    /// <summary>
    /// Nothing more is received until callbacks have caught up. The server then queues; if it takes longer than the server waits for a client, the
    /// session is lost and made anew. A WebSocket that is not read for longer than its keep-alive allows is opened anew, and what was on the way
    /// over it comes again only with acknowledgement (<see cref="BayeuxClientOptions.Acknowledge"/>).
    /// </summary>
    PauseReceiving,

    /// <summary>The oldest events that wait are dropped, and <see cref="BayeuxClient.Faulted"/> tells how many.</summary>
    DropOldest,
}

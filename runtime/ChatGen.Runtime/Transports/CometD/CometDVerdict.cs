namespace ChatGen;

/// <summary>What the transport does about a request of its own that failed.</summary>
internal enum CometDVerdict
{
    /// <summary>It sends it again after a pause.</summary>
    Repeat,

    /// <summary>It makes the connection anew.</summary>
    Reconnect,

    /// <summary>The session is over.</summary>
    End,

    /// <summary>It says so and leaves it at that.</summary>
    GiveUp,
}

namespace ChatGen.Bayeux.Chaos.Proxy;

/// <summary>What can happen to connections.</summary>
internal enum NetworkFault
{
    /// <summary>They are reset.</summary>
    Reset,

    /// <summary>They are closed in order, though not by their ends.</summary>
    Close,

    /// <summary>They lead nowhere any more, and nobody is told.</summary>
    Swallow,

    /// <summary>They become slow for a while.</summary>
    Delay,

    /// <summary>The next answer ends in its middle.</summary>
    Truncate,

    /// <summary>New ones are refused for a while, and some of the old are reset.</summary>
    Refuse,

    /// <summary>New ones and some of the old lead nowhere for a while.</summary>
    Outage,

    /// <summary>The server forgets everybody.</summary>
    RestartServer,
}

namespace ChatGen.Backends.SalesforceLiveAgent;

internal enum LiveAgentSequenceVerdict
{
    /// <summary>The next one.</summary>
    New,

    /// <summary>A request that comes again, and is not done again.</summary>
    Duplicate,

    /// <summary>A number that is left out, or used for something else.</summary>
    Wrong,
}

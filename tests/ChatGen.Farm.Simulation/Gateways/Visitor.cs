using ChatGen.Ownership;

namespace ChatGen.Farm.Simulation;

/// <summary>A visitor: one chat after the other, at one node or another.</summary>
internal sealed class Visitor(int number)
{
    public int Number => number;

    public int Chat { get; set; }

    public string Key { get; set; } = "";

    /// <summary>Where the visitor's stream is, or is being opened.</summary>
    public GatewayNode? Node { get; set; }

    public bool IsConnected { get; set; }

    /// <summary>When the stream was lost.</summary>
    public TimeSpan InterruptedAt { get; set; }

    /// <summary>Counts what happens to the stream, so that what belongs to an earlier one is known.</summary>
    public int Stream { get; set; }

    /// <summary>The claim that was granted last for this chat.</summary>
    public SessionClaim? Holder { get; set; }

    public GatewayNode? HolderNode { get; set; }
}

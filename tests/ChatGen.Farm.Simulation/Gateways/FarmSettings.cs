namespace ChatGen.Farm.Simulation;

/// <summary>What is simulated. The program's arguments set it: <c>--sessions 100000</c>.</summary>
internal sealed record FarmSettings
{
    public int Seed { get; init; } = 1;

    public int Nodes { get; init; } = 50;

    public int Sessions { get; init; } = 100_000;

    /// <summary>The time between two events of a chat, whoever causes them.</summary>
    public TimeSpan EventInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a chat lasts.</summary>
    public TimeSpan ChatDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The part of requests that come to the node that holds the session already.</summary>
    public double Affinity { get; init; } = 1;

    /// <summary>How often the state of a chat is written although nothing happens: a quarter of the maximum offline duration.</summary>
    public TimeSpan StateRenewal { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a node takes to open or restore a session at the backend.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) Opening { get; init; } = (TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(150));

    /// <summary>How long a node takes to let go of one.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) Closing { get; init; } = (TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(40));

    /// <summary>Sessions that a node lets go of at a time when it stops, as the gateway has it.</summary>
    public int ShutdownConcurrency { get; init; } = 32;

    /// <summary>How long a node is away in a rolling restart.</summary>
    public TimeSpan Restart { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a browser comes again after its stream has ended, or was answered 503, as the gateway tells it.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(1);
}

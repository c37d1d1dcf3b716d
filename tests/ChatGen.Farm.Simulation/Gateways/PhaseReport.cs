namespace ChatGen.Farm.Simulation;

/// <summary>What happened in a part of a farm's life.</summary>
internal sealed record PhaseReport
{
    public required string Name { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Visitors with a stream at the end.</summary>
    public required int Connected { get; init; }

    /// <summary>The most sessions that a node held.</summary>
    public required int MostHeld { get; init; }

    public required long Grants { get; init; }

    /// <summary>Grants in the busiest second.</summary>
    public required long PeakGrants { get; init; }

    /// <summary>Calls of the ownership's store.</summary>
    public required long Operations { get; init; }

    /// <summary>Such calls in the busiest second.</summary>
    public required long PeakOperations { get; init; }

    public required IReadOnlyDictionary<string, long> OperationsByKind { get; init; }

    /// <summary>Writes of states: one for each event, one for each renewal, one for each session that is let go of.</summary>
    public required long StateWrites { get; init; }

    /// <summary>Sessions that were let go of too late for their state to be written; that of the last event is there.</summary>
    public required long StatesNotWritten { get; init; }

    /// <summary>Requests that were answered 503.</summary>
    public required long Refusals { get; init; }

    /// <summary>How long visitors were without a stream, sorted; at the beginning, how long they waited for one.</summary>
    public required IReadOnlyList<TimeSpan> Interruptions { get; init; }

    public TimeSpan Interruption(double part) => Interruptions.Count == 0 ? TimeSpan.Zero : Interruptions[(int)((Interruptions.Count - 1) * part)];
}

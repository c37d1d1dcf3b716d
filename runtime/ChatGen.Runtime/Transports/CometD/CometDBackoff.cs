namespace ChatGen;

/// <summary>Pauses between attempts: they double, and are drawn at random so that the clients of a backend that was away do not return all at once.</summary>
/// <param name="First">Upper bound of the first pause.</param>
/// <param name="Longest">Upper bound of every pause.</param>
internal sealed record CometDBackoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The pause after so many failures.</summary>
    public TimeSpan After(int failures)
    {
        double bound = Math.Min(Longest.Ticks, First.Ticks * Math.Pow(2, Math.Max(0, failures - 1)));
#pragma warning disable CA5394 // Spreads load; nothing secret depends on it.
        return new TimeSpan((long)(bound * (0.5 + (Random.Shared.NextDouble() / 2))));
#pragma warning restore CA5394
    }
}

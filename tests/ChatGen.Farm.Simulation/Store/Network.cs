namespace ChatGen.Farm.Simulation;

/// <summary>What lies between one node and the store.</summary>
internal sealed class Network
{
    public TimeSpan ShortestDelay { get; set; } = TimeSpan.FromMilliseconds(0.2);

    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The part of requests that do not arrive. The caller hears of it at once or never.</summary>
    public double LostRequests { get; set; }

    /// <summary>The part of answers that do not arrive.</summary>
    public double LostAnswers { get; set; }

    /// <summary>The part of requests and answers that take up to <see cref="LongestLateness"/>.</summary>
    public double Late { get; set; }

    public TimeSpan LongestLateness { get; set; } = TimeSpan.FromSeconds(30);

    public bool IsPartitioned { get; set; }
}

using ChatGen.Ownership;

namespace ChatGen.Farm.Simulation;

/// <summary>Nodes, a store and the time that passes for them. The same seed brings the same life.</summary>
internal sealed class World
{
    private readonly Func<TimeSpan> _storeClock;

    public World(int seed, OwnershipTiming? timing = null, double storeRate = 1)
    {
        Random = new Random(seed);
        Timing = timing ?? new OwnershipTiming
        {
            Lease = TimeSpan.FromSeconds(10),
            Renewal = TimeSpan.FromSeconds(1),
            ClaimTimeout = TimeSpan.FromSeconds(5),
            MinimumHold = TimeSpan.FromMilliseconds(250),
        };
        _storeClock = () => TimeSpan.FromDays(20_000) + (Timeline.Elapsed * storeRate);
        Store = new MemoryStore(_storeClock, Timing.Lease);
    }

    public Random Random { get; }

    public Timeline Timeline { get; } = new();

    public OwnershipTiming Timing { get; }

    public MemoryStore Store { get; }

    public List<SimulatedNode> Nodes { get; } = [];

    public SimulatedNode AddNode(TimeSpan offset = default, double rate = 1)
    {
        var clock = new NodeClock(Timeline, offset, rate);
        var node = new SimulatedNode(this, $"node{Nodes.Count}", clock);
        Nodes.Add(node);
        node.Ownership.Start();
        return node;
    }

    /// <summary>Lets time pass until something has come about, and returns it.</summary>
    public T Await<T>(ValueTask<T> task, TimeSpan? longest = null)
    {
        Task<T> awaited = task.AsTask();
        TimeSpan until = Timeline.Elapsed + (longest ?? TimeSpan.FromMinutes(1));
        while (!awaited.IsCompleted && Timeline.Elapsed < until)
        {
            Timeline.Run(TimeSpan.FromMilliseconds(1));
        }

        return awaited.IsCompleted ? awaited.GetAwaiter().GetResult() : throw new TimeoutException("It has not come about.");
    }

    /// <summary>Lets time pass until something is so.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Until(Func<bool> holds, TimeSpan? longest = null)
    {
        TimeSpan begun = Timeline.Elapsed;
        while (!holds())
        {
            if (Timeline.Elapsed - begun > (longest ?? TimeSpan.FromMinutes(1)))
            {
                throw new TimeoutException("It has not become so.");
            }

            Timeline.Run(TimeSpan.FromMilliseconds(1));
        }

        return Timeline.Elapsed - begun;
    }
}

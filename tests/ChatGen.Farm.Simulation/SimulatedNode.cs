using ChatGen.Ownership;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGen.Farm.Simulation;

/// <summary>One process of a farm, as far as ownership goes.</summary>
internal sealed class SimulatedNode
{
    private readonly World _world;

    public SimulatedNode(World world, string name, NodeClock clock)
    {
        _world = world;
        Name = name;
        Clock = clock;
        Store = new StoreLink(world.Store, world.Timeline, clock, Network, world.Random);
        Ownership = new NodeOwnership(Store, world.Timing, clock, NullLogger.Instance, new Random(world.Random.Next()), name, static source =>
        {
            source.Cancel();
            return Task.CompletedTask;
        });
    }

    public string Name { get; }

    public NodeClock Clock { get; }

    public Network Network { get; } = new();

    public StoreLink Store { get; }

    public NodeOwnership Ownership { get; }

    /// <summary>Claims a session and waits for it.</summary>
    public SessionClaim? Claim(string key) => (SessionClaim?)_world.Await(Ownership.ClaimAsync(key, CancellationToken.None));
}

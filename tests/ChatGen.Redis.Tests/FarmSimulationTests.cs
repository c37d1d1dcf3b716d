using ChatGen.Farm.Simulation;

namespace ChatGen.Redis.Tests;

/// <summary>A small run of what the simulation program does with 100,000 sessions.</summary>
public sealed class FarmSimulationTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.8)]
    public void A_farm_lives_through_kills_restarts_and_a_store_without_memory(int seed, double affinity)
    {
        var settings = new FarmSettings { Seed = seed, Nodes = 6, Sessions = 1_200, Affinity = affinity };
        var farm = new FarmSimulation(settings);
        farm.Run();

        Assert.Empty(farm.Violations);
        Assert.Equal(7, farm.Phases.Count);
        Assert.All(farm.Phases, phase => Assert.True(phase.Connected > settings.Sessions * 0.9, $"{phase.Name}: {phase.Connected} are connected."));
        PhaseReport kill = farm.Phases.Single(phase => phase.Name == "A node is killed");
        Assert.InRange(kill.Interruption(1), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        PhaseReport empty = farm.Phases.Single(phase => phase.Name.EndsWith("empty", StringComparison.Ordinal));
        Assert.True(empty.OperationsByKind["rebind"] >= settings.Nodes);
    }

    [Fact]
    public void The_same_seed_brings_the_same_life()
    {
        static string Life()
        {
            var farm = new FarmSimulation(new FarmSettings { Seed = 7, Nodes = 3, Sessions = 100 });
            farm.Run();
            return string.Join(' ', farm.Phases.Select(phase => $"{phase.Operations} {phase.Grants} {phase.Refusals} {phase.Interruption(0.5)}"));
        }

        Assert.Equal(Life(), Life());
    }
}

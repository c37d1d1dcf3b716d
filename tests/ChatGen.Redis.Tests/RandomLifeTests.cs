using System.Globalization;

namespace ChatGen.Redis.Tests;

/// <summary>
/// Random lives of a farm against a model of network, clocks and store. More of them: <c>CHATGEN_OWNERSHIP_SEEDS=10000</c>; one of them: <c>CHATGEN_OWNERSHIP_SEED=17</c>.
/// </summary>
public sealed class RandomLifeTests
{
    private static readonly int s_lives = int.TryParse(Environment.GetEnvironmentVariable("CHATGEN_OWNERSHIP_SEEDS"), CultureInfo.InvariantCulture, out int seeds) ? seeds : 200;

    [Fact]
    public void No_two_nodes_ever_hold_a_session_and_a_free_one_can_be_claimed_in_time()
    {
        long grants = 0;
        if (int.TryParse(Environment.GetEnvironmentVariable("CHATGEN_OWNERSHIP_SEED"), CultureInfo.InvariantCulture, out int only))
        {
            new RandomLife(only).Run();
            return;
        }

        for (int seed = 0; seed < s_lives; seed++)
        {
            var life = new RandomLife(seed);
            life.Run();
            grants += life.Grants;
        }

        // Otherwise nothing was tried.
        Assert.True(grants > 20L * s_lives, $"{grants} claims were granted in {s_lives} lives.");
    }

    [Fact]
    public void The_model_finds_a_node_that_counts_on_its_lease_for_too_long()
    {
        // A clock that runs at a third of the speed breaks what the leases rely on: the test above must be able to see that.
        Assert.Contains(Enumerable.Range(0, 50), seed => new RandomLife(seed, slowest: 0.3).FindsTwoHolders());
    }
}

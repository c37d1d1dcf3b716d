using System.Globalization;
using ChatGen.Farm.Simulation;
using ChatGen.Ownership;

namespace ChatGen.Redis.Tests;

/// <summary>One life of a farm: nodes claim, let go, are stopped, killed and cut off; the store is restarted, empty, whole or with what it held some time ago.</summary>
internal sealed class RandomLife
{
    private static readonly TimeSpan s_duration = TimeSpan.FromMinutes(4);

    private readonly int _seed;
    private readonly double _slowest;
    private readonly World _world;
    private readonly string[] _keys;
    private readonly List<(SimulatedNode Node, SessionClaim Claim)> _claims = [];
    private MemoryStore.Memory? _memory;
    private string? _violation;
    private bool _recovering;

    public RandomLife(int seed, double slowest = 0.97)
    {
        _seed = seed;
        _slowest = slowest;
        var random = new Random(seed);
        _world = new World(seed, new OwnershipTiming
        {
            Lease = TimeSpan.FromSeconds(10),
            Renewal = TimeSpan.FromSeconds(1),
            ClaimTimeout = TimeSpan.FromSeconds(random.Next(1, 15)),
            MinimumHold = TimeSpan.FromMilliseconds(random.Next(0, 1_000)),
        }, storeRate: 0.97 + (0.06 * random.NextDouble()));
        _keys = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => $"key{i}")];
    }

    public long Grants { get; private set; }

    public void Run()
    {
        Live();
        Fail(_violation);
        Recover();
        Fail(_violation);
    }

    public bool FindsTwoHolders()
    {
        Live();
        return _violation is not null;
    }

    private void Live()
    {
        _world.Timeline.AfterEach = Check;
        for (int i = _world.Random.Next(2, 6); i > 0; i--)
        {
            AddNode();
        }

        Plan(TimeSpan.FromSeconds(10), Claim);
        Plan(TimeSpan.FromSeconds(0.7), Claim);
        Plan(TimeSpan.FromSeconds(4), LetGo);
        Plan(TimeSpan.FromSeconds(20), () => Sometime(node => node.Clock.Stop(), node => node.Clock.Continue()));
        Plan(TimeSpan.FromSeconds(20), () => Sometime(node => node.Network.IsPartitioned = true, node => node.Network.IsPartitioned = false));
        Plan(TimeSpan.FromSeconds(25), () => Sometime(node => node.Network.LostAnswers = 0.5, node => node.Network.LostAnswers = 0));
        Plan(TimeSpan.FromSeconds(25), () => Sometime(node => node.Network.Late = 0.4, node => node.Network.Late = 0));
        Plan(TimeSpan.FromSeconds(60), () => Kill(Any()));
        Plan(TimeSpan.FromSeconds(60), () => _ = Any().Ownership.DisposeAsync().AsTask());
        Plan(TimeSpan.FromSeconds(25), AddNode);
        Plan(TimeSpan.FromSeconds(15), () => _memory = _world.Store.Remember());
        Plan(TimeSpan.FromSeconds(40), () => _world.Store.Restart(_world.Random.Next(3) switch { 0 => null, 1 => _memory, _ => _world.Store.Remember() }));
        _world.Timeline.Run(s_duration);
    }

    /// <summary>When all is well again, each session can be had by a node that comes anew.</summary>
    private void Recover()
    {
        _recovering = true;
        foreach (SimulatedNode node in _world.Nodes)
        {
            node.Network.IsPartitioned = false;
            node.Network.LostAnswers = 0;
            node.Network.Late = 0;
            node.Clock.Continue();
        }

        // Late requests of before may still arrive for a while; then a lease runs out, or the store's quarantine.
        SimulatedNode fresh = _world.AddNode();
        _world.Timeline.Run(new Network().LongestLateness + (_world.Timing.Lease * 1.5));
        foreach (string key in _keys)
        {
            TimeSpan begun = _world.Timeline.Elapsed;
            SessionClaim? claim = null;
            while (claim is null && _world.Timeline.Elapsed - begun < _world.Timing.Lease * 1.5)
            {
                claim = fresh.Claim(key);
            }

            Fail(claim is null ? $"{key} could not be claimed." : null);
        }
    }

    private void AddNode()
    {
        if (_world.Nodes.Count(node => !node.Clock.IsKilled) < 7)
        {
            double rate = _slowest < 0.9 ? _slowest : _slowest + ((1.03 - _slowest) * _world.Random.NextDouble());
            _world.AddNode(TimeSpan.FromSeconds(_world.Random.Next(-1_000_000, 1_000_000)) + TimeSpan.FromDays(30), rate);
        }
    }

    private void Plan(TimeSpan mean, Action action) => _world.Timeline.In(mean * -Math.Log(1 - _world.Random.NextDouble()), () =>
    {
        if (!_recovering)
        {
            action();
            Plan(mean, action);
        }
    });

    private SimulatedNode Any()
    {
        SimulatedNode[] live = [.. _world.Nodes.Where(node => !node.Clock.IsKilled)];
        return live.Length > 0 ? live[_world.Random.Next(live.Length)] : _world.AddNode();
    }

    private void Sometime(Action<SimulatedNode> begin, Action<SimulatedNode> end)
    {
        SimulatedNode node = Any();
        begin(node);
        _world.Timeline.In(TimeSpan.FromSeconds(_world.Random.Next(1, 25)), () => end(node));
    }

    private void Kill(SimulatedNode node)
    {
        node.Clock.Kill();
        _claims.RemoveAll(held => held.Node == node);
    }

    private void Claim()
    {
        SimulatedNode node = Any();
        string key = _keys[_world.Random.Next(_keys.Length)];
        node.Clock.Do(() => _ = HoldAsync(node, key));
    }

    private async Task HoldAsync(SimulatedNode node, string key)
    {
        if (await node.Ownership.ClaimAsync(key, CancellationToken.None).ConfigureAwait(false) is not SessionClaim claim)
        {
            return;
        }

        Grants++;
        _claims.Add((node, claim));
        Check();
        // The holder takes its time over letting go, now and then longer than the lease is.
        claim.Revoked.Register(() => node.Clock.In(Slowness(), () => LetGo(claim)));
    }

    private TimeSpan Slowness() => TimeSpan.FromMilliseconds(_world.Random.Next(10) == 0 && !_recovering ? _world.Random.Next(20_000) : _world.Random.Next(300));

    private void LetGo()
    {
        if (_claims.Count > 0)
        {
            (SimulatedNode node, SessionClaim claim) = _claims[_world.Random.Next(_claims.Count)];
            node.Clock.Do(() => LetGo(claim));
        }
    }

    private void LetGo(SessionClaim claim)
    {
        _claims.RemoveAll(held => held.Claim == claim);
        _ = claim.DisposeAsync().AsTask();
    }

    private void Check()
    {
        if (_violation is null)
        {
            for (int i = 0; i < _claims.Count; i++)
            {
                for (int j = i + 1; j < _claims.Count; j++)
                {
                    if (_claims[i].Claim.Key == _claims[j].Claim.Key && _claims[i].Claim.IsHeld && _claims[j].Claim.IsHeld)
                    {
                        _violation = $"{_claims[i].Claim.Key} is held by {_claims[i].Node.Name} and {_claims[j].Node.Name}.";
                    }
                }
            }
        }
    }

    private void Fail(string? violation) =>
        Assert.True(violation is null, string.Create(CultureInfo.InvariantCulture, $"CHATGEN_OWNERSHIP_SEED={_seed}, at {_world.Timeline.Elapsed}: {violation}"));
}

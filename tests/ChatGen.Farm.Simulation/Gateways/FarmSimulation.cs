using System.Globalization;
using ChatGen.Ownership;

namespace ChatGen.Farm.Simulation;

/// <summary>A farm with its visitors, in fake time.</summary>
internal sealed class FarmSimulation
{
    private readonly World _world;
    private readonly List<GatewayNode> _nodes = [];
    private readonly List<TimeSpan> _interruptions = [];
    private readonly Visitor[] _visitors;
    private long _stateWrites;
    private long _grants;
    private long _refusals;
    private long _statesNotWritten;
    private int _connected;

    public FarmSimulation(FarmSettings settings, OwnershipTiming? timing = null)
    {
        Settings = settings;
        _world = new World(settings.Seed, timing);
        _visitors = [.. Enumerable.Range(0, settings.Sessions).Select(number => new Visitor(number))];
    }

    public FarmSettings Settings { get; }

    public List<string> Violations { get; } = [];

    public List<PhaseReport> Phases { get; } = [];

    /// <summary>Lets a farm live: it fills, runs, loses a node, is restarted node by node, and its store comes back empty.</summary>
    public void Run()
    {
        for (int i = 0; i < Settings.Nodes; i++)
        {
            AddNode();
        }

        Phase("The store is new and all visitors come in a minute", TimeSpan.FromSeconds(90), () =>
        {
            foreach (Visitor visitor in _visitors)
            {
                _world.Timeline.In(TimeSpan.FromMinutes(1) * _world.Random.NextDouble(), () =>
                {
                    BeginChat(visitor);
                    PlanEvent(visitor);
                    PlanEnd(visitor);
                });
            }
        });
        Phase("Nothing but chats", TimeSpan.FromMinutes(2), () => { });
        Phase("A node is killed", TimeSpan.FromMinutes(1), () => _nodes[0].Kill());
        Phase("Its successor, and quiet", TimeSpan.FromSeconds(30), AddNode);
        GatewayNode[] old = [.. _nodes.Where(node => !node.IsStopping)];
        GatewayNode[][] waves = [.. old.Chunk((old.Length + 9) / 10)];
        Phase("All nodes are restarted, a tenth of them at a time", (Settings.Restart + TimeSpan.FromSeconds(5)) * waves.Length, () => _ = RestartAllAsync(waves));
        Phase("The store is killed and comes back empty", TimeSpan.FromMinutes(1), () => _world.Store.Restart(null));
        Phase("A tenth of the nodes is cut off from the store for a minute", TimeSpan.FromMinutes(2), () =>
        {
            GatewayNode[] live = [.. _nodes.Where(node => !node.IsStopping)];
            foreach (GatewayNode node in live.Take((live.Length + 9) / 10))
            {
                node.Node.Network.IsPartitioned = true;
                _world.Timeline.In(TimeSpan.FromMinutes(1), () => node.Node.Network.IsPartitioned = false);
            }
        });
    }

    /// <summary>Checks that nobody else holds a session when it is granted.</summary>
    public void OnGranted(Visitor visitor, string key, GatewayNode node, SessionClaim claim)
    {
        _grants++;
        if (visitor.Key != key)
        {
            return;
        }

        if (visitor.Holder is { IsHeld: true } && visitor.HolderNode is { Node.Clock.IsKilled: false } && claim.IsHeld)
        {
            Violations.Add($"{_world.Timeline.Elapsed}: {key} is held by {visitor.HolderNode.Node.Name} and {node.Node.Name}.");
        }

        visitor.Holder = claim;
        visitor.HolderNode = node;
    }

    public void OnStateWritten(bool isHeld)
    {
        if (isHeld)
        {
            _stateWrites++;
        }
        else
        {
            _statesNotWritten++;
        }
    }

    public void OnStreamEnded(Visitor visitor, GatewayNode node, string key)
    {
        if (visitor.Key == key && visitor.Node == node && visitor.IsConnected)
        {
            visitor.IsConnected = false;
            visitor.InterruptedAt = _world.Timeline.Elapsed;
            visitor.Stream++;
            _connected--;
            ConnectLater(visitor, visitor.Stream);
        }
    }

    public Task PassAsync((TimeSpan Shortest, TimeSpan Longest) duration) => _world.Timeline.Pass(Between(duration.Shortest, duration.Longest));

    private void AddNode() => _nodes.Add(new GatewayNode(this, _world.AddNode(TimeSpan.FromSeconds(_world.Random.Next(1_000_000)), 0.99 + (0.02 * _world.Random.NextDouble()))));

    private async Task RestartAllAsync(GatewayNode[][] waves)
    {
        foreach (GatewayNode[] wave in waves)
        {
            await Task.WhenAll(wave.Select(node => node.StopAsync())).ConfigureAwait(false);
            await _world.Timeline.Pass(Settings.Restart).ConfigureAwait(false);
            foreach (GatewayNode _ in wave)
            {
                AddNode();
            }
        }
    }

    private void BeginChat(Visitor visitor)
    {
        visitor.Chat++;
        visitor.Key = string.Create(CultureInfo.InvariantCulture, $"{visitor.Number}.{visitor.Chat}");
        visitor.Holder = null;
        visitor.HolderNode = null;
        visitor.Stream++;
        visitor.InterruptedAt = _world.Timeline.Elapsed;
        _ = ConnectAsync(visitor, visitor.Stream);
    }

    private void PlanEnd(Visitor visitor) => _world.Timeline.In(Exponential(Settings.ChatDuration), () =>
    {
        if (visitor.IsConnected)
        {
            visitor.IsConnected = false;
            _connected--;
            GatewayNode node = visitor.Node!;
            string key = visitor.Key;
            BeginChat(visitor);
            _ = node.LetGoAsync(key);
        }

        PlanEnd(visitor);
    });

    private void PlanEvent(Visitor visitor) => _world.Timeline.In(Exponential(Settings.EventInterval), () =>
    {
        if (visitor.IsConnected)
        {
            _stateWrites++;
            if (_world.Random.NextDouble() >= Settings.Affinity)
            {
                // The request of a command comes to another node, and the session follows.
                _ = Any().ObtainAsync(visitor);
            }
        }

        PlanEvent(visitor);
    });

    private void ConnectLater(Visitor visitor, int stream) => _world.Timeline.In(Settings.Retry * (1 + (0.2 * _world.Random.NextDouble())), () =>
    {
        if (visitor.Stream == stream)
        {
            _ = ConnectAsync(visitor, stream);
        }
    });

    private async Task ConnectAsync(Visitor visitor, int stream)
    {
        // A load balancer keeps a visitor where it is, as long as that node takes requests.
        GatewayNode node = visitor.Node is { IsHealthy: true } known ? known : Any();
        visitor.Node = node;
        bool isHeld = await node.ObtainAsync(visitor).ConfigureAwait(false);
        if (visitor.Stream != stream || visitor.IsConnected)
        {
            return;
        }

        if (!isHeld || !node.Holds(visitor.Key))
        {
            _refusals++;
            ConnectLater(visitor, stream);
            return;
        }

        visitor.IsConnected = true;
        _connected++;
        _interruptions.Add(_world.Timeline.Elapsed - visitor.InterruptedAt);
    }

    private GatewayNode Any()
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            GatewayNode node = _nodes[_world.Random.Next(_nodes.Count)];
            if (node.IsHealthy)
            {
                return node;
            }
        }

        return _nodes.First(node => !node.IsStopping);
    }

    private void Phase(string name, TimeSpan duration, Action begin)
    {
        _interruptions.Clear();
        long grants = _grants;
        long writes = _stateWrites;
        long refusals = _refusals;
        long lost = _statesNotWritten;
        Dictionary<string, long> before = Operations();
        long operationsBefore = before.Values.Sum();
        long peakOperations = 0;
        long peakGrants = 0;
        int mostHeld = 0;
        begin();
        for (TimeSpan passed = TimeSpan.Zero; passed < duration; passed += TimeSpan.FromSeconds(1))
        {
            long operations = Operations().Values.Sum();
            long granted = _grants;
            _world.Timeline.Run(TimeSpan.FromSeconds(1));
            peakOperations = Math.Max(peakOperations, Operations().Values.Sum() - operations);
            peakGrants = Math.Max(peakGrants, _grants - granted);
            mostHeld = Math.Max(mostHeld, _nodes.Where(node => !node.IsStopping).Max(node => node.Held));
        }

        Dictionary<string, long> after = Operations();
        _interruptions.Sort();
        Phases.Add(new PhaseReport
        {
            Name = name,
            Duration = duration,
            Connected = _connected,
            MostHeld = mostHeld,
            Grants = _grants - grants,
            PeakGrants = peakGrants,
            Operations = after.Values.Sum() - operationsBefore,
            PeakOperations = peakOperations,
            OperationsByKind = after.ToDictionary(pair => pair.Key, pair => pair.Value - before.GetValueOrDefault(pair.Key), StringComparer.Ordinal),
            StateWrites = _stateWrites - writes + (long)(_connected * (duration / Settings.StateRenewal)),
            StatesNotWritten = _statesNotWritten - lost,
            Refusals = _refusals - refusals,
            Interruptions = [.. _interruptions],
        });
    }

    private Dictionary<string, long> Operations() => _world.Nodes
        .SelectMany(node => node.Store.Operations)
        .GroupBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal);

    private TimeSpan Exponential(TimeSpan mean) => mean * -Math.Log(1 - _world.Random.NextDouble());

    private TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * _world.Random.NextDouble());
}

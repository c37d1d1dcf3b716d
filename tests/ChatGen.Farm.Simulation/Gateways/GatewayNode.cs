using ChatGen.Ownership;

namespace ChatGen.Farm.Simulation;

/// <summary>A node's session host, as far as it matters for ownership: it claims, opens, holds, and lets go of sessions when it is told to.</summary>
internal sealed class GatewayNode
{
    private readonly FarmSimulation _farm;
    private readonly Dictionary<string, (SessionClaim Claim, Visitor Visitor)> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opening = new(StringComparer.Ordinal);

    public GatewayNode(FarmSimulation farm, SimulatedNode node)
    {
        _farm = farm;
        Node = node;
    }

    public SimulatedNode Node { get; }

    public bool IsStopping { get; private set; }

    /// <summary>Whether a load balancer sends visitors here.</summary>
    public bool IsHealthy => !IsStopping && Node.Ownership.HasLease;

    public int Held => _held.Count;

    public bool Holds(string key) => _held.TryGetValue(key, out (SessionClaim Claim, Visitor Visitor) held) && held.Claim.IsHeld;

    /// <summary>A visitor's request.</summary>
    /// <returns>Whether the node holds the session now; otherwise the visitor is answered 503.</returns>
    public async Task<bool> ObtainAsync(Visitor visitor)
    {
        string key = visitor.Key;
        if (Holds(key))
        {
            return true;
        }

        if (IsStopping || !_opening.Add(key))
        {
            return false;
        }

        try
        {
            if (await Node.Ownership.ClaimAsync(key, CancellationToken.None).ConfigureAwait(false) is not SessionClaim claim)
            {
                return false;
            }

            _farm.OnGranted(visitor, key, this, claim);
            await _farm.PassAsync(_farm.Settings.Opening).ConfigureAwait(false);
            if (IsStopping || !claim.IsHeld || visitor.Key != key)
            {
                await claim.DisposeAsync().ConfigureAwait(false);
                return false;
            }

            _held[key] = (claim, visitor);
            claim.Revoked.Register(() => _ = LetGoAsync(key));
            return true;
        }
        finally
        {
            _opening.Remove(key);
        }
    }

    /// <summary>Writes the state and lets go of a session; its visitor's stream ends.</summary>
    public async Task LetGoAsync(string key)
    {
        if (_held.Remove(key, out (SessionClaim Claim, Visitor Visitor) held))
        {
            _farm.OnStreamEnded(held.Visitor, this, key);
            await _farm.PassAsync(_farm.Settings.Closing).ConfigureAwait(false);
            _farm.OnStateWritten(held.Claim.IsHeld);
            await held.Claim.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops as on SIGTERM.</summary>
    public async Task StopAsync()
    {
        IsStopping = true;
        var keys = new Queue<string>(_held.Keys);
        await Task.WhenAll(Enumerable.Range(0, _farm.Settings.ShutdownConcurrency).Select(async _ =>
        {
            while (keys.TryDequeue(out string? key))
            {
                await LetGoAsync(key).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
        await Node.Ownership.DisposeAsync().ConfigureAwait(false);
        Node.Clock.Kill();
    }

    /// <summary>Is gone as on SIGKILL.</summary>
    public void Kill()
    {
        IsStopping = true;
        Node.Clock.Kill();
        foreach ((string key, (_, Visitor visitor)) in _held)
        {
            _farm.OnStreamEnded(visitor, this, key);
        }

        _held.Clear();
    }
}

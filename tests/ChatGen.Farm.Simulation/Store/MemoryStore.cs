using ChatGen.Ownership;

namespace ChatGen.Farm.Simulation;

/// <summary>What the scripts do in Redis, in memory. <c>OwnershipStoreRules</c> holds both to the same rules.</summary>
internal sealed class MemoryStore(Func<TimeSpan> clock, TimeSpan lease)
{
    private Dictionary<string, TimeSpan> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<OwnedSession>> _inboxes = new(StringComparer.Ordinal);
    private Dictionary<string, (string Owner, long Number, TimeSpan Until)> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action> _listeners = new(StringComparer.Ordinal);
    private string? _epoch;
    private int _run = 1;
    private int _epochs;
    private long _number;
    private TimeSpan _quarantinedUntil;

    public int Entries => _entries.Count;

    /// <summary>Another process has what the store held at some time, or nothing.</summary>
    public void Restart(Memory? memory)
    {
        _run++;
        _leases = new(memory?.Leases ?? [], StringComparer.Ordinal);
        _entries = new(memory?.Entries ?? [], StringComparer.Ordinal);
        _inboxes.Clear();
        _listeners.Clear();
        if (memory is null)
        {
            _epoch = null;
        }
    }

    public Memory Remember() => new(new(_leases, StringComparer.Ordinal), new(_entries, StringComparer.Ordinal));

    public string Register(string owner, TimeSpan leaseDuration)
    {
        string epoch = Epoch();
        _leases[owner] = clock() + leaseDuration;
        return epoch;
    }

    public RenewalAnswer Renew(string epoch, string owner, TimeSpan leaseDuration)
    {
        if (Epoch() != epoch)
        {
            return new RenewalAnswer(LeaseStatus.Forgotten, []);
        }

        if (!IsLive(owner))
        {
            return new RenewalAnswer(LeaseStatus.Over, []);
        }

        _leases[owner] = clock() + leaseDuration;
        return new RenewalAnswer(LeaseStatus.Renewed, _inboxes.Remove(owner, out HashSet<OwnedSession>? wanted) ? [.. wanted] : []);
    }

    public bool Unregister(string owner)
    {
        _inboxes.Remove(owner);
        return _leases.Remove(owner);
    }

    public ClaimAnswer Claim(string epoch, string owner, string key, TimeSpan entryLifetime)
    {
        if (Epoch() != epoch || !IsLive(owner))
        {
            return new ClaimAnswer(ClaimStatus.WithoutLease);
        }

        TimeSpan now = clock();
        if (now < _quarantinedUntil)
        {
            return new ClaimAnswer(ClaimStatus.Quarantined);
        }

        if (Find(key) is { } entry && entry.Owner != owner && IsLive(entry.Owner))
        {
            if (!_inboxes.TryGetValue(entry.Owner, out HashSet<OwnedSession>? inbox))
            {
                _inboxes[entry.Owner] = inbox = [];
            }

            if (inbox.Add(new OwnedSession(key, entry.Number)) && _listeners.TryGetValue(entry.Owner[..entry.Owner.IndexOf('.', StringComparison.Ordinal)], out Action? hint))
            {
                hint();
            }

            return new ClaimAnswer(ClaimStatus.Held);
        }

        _number = Math.Max(_number + 1, now.Ticks / TimeSpan.TicksPerMicrosecond);
        _entries[key] = (owner, _number, now + entryLifetime);
        return new ClaimAnswer(ClaimStatus.Granted, _number);
    }

    public IReadOnlyList<bool>? Rebind(string epoch, string previous, string owner, IReadOnlyList<OwnedSession> sessions, bool evenIfForgotten, TimeSpan entryLifetime)
    {
        if (Epoch() != epoch || !IsLive(owner))
        {
            return null;
        }

        return [.. sessions.Select(session =>
        {
            bool bound = Find(session.Key) is { } entry ? entry.Owner == previous || entry.Owner == owner || (evenIfForgotten && entry.Number < session.Number) : evenIfForgotten;
            if (bound)
            {
                _entries[session.Key] = (owner, session.Number, clock() + entryLifetime);
            }

            return bound;
        })];
    }

    public bool Release(string owner, OwnedSession session) =>
        Find(session.Key) is { } entry && entry.Owner == owner && entry.Number == session.Number && _entries.Remove(session.Key);

    public void Listen(string node, Action hint) => _listeners[node] = hint;

    public void Unlisten(string node) => _listeners.Remove(node);

    private string Epoch()
    {
        string prefix = $"{_run}:";
        if (_epoch is null || !_epoch.StartsWith(prefix, StringComparison.Ordinal))
        {
            _epoch = prefix + ++_epochs;
            _quarantinedUntil = clock() + lease;
        }

        return _epoch;
    }

    private bool IsLive(string owner)
    {
        if (!_leases.TryGetValue(owner, out TimeSpan until))
        {
            return false;
        }

        if (clock() < until)
        {
            return true;
        }

        _leases.Remove(owner);
        _inboxes.Remove(owner);
        return false;
    }

    private (string Owner, long Number, TimeSpan Until)? Find(string key)
    {
        if (!_entries.TryGetValue(key, out (string Owner, long Number, TimeSpan Until) entry))
        {
            return null;
        }

        if (clock() < entry.Until)
        {
            return entry;
        }

        _entries.Remove(key);
        return null;
    }

    /// <summary>What a store may come back with.</summary>
    internal sealed record Memory(Dictionary<string, TimeSpan> Leases, Dictionary<string, (string Owner, long Number, TimeSpan Until)> Entries);
}

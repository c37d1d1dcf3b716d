namespace ChatGen.Testing.Faults;

/// <summary>The faults that last, oldest first.</summary>
internal sealed class FaultRules(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private List<FaultRule> _rules = [];

    public FaultRule Add(FaultEffect? effect, TimeSpan delay, int? count, Func<ChatBackendRequest, bool>? where)
    {
        FaultRule rule = new(effect, delay, count, where, Remove);
        lock (_lock)
        {
            _rules = [.. _rules, rule];
        }

        return rule;
    }

    /// <summary>Decides what befalls a request: the delays of all rules for it together, and one effect, that of the oldest.</summary>
    public FaultPlan Apply(ChatBackendRequest request)
    {
        List<FaultRule> rules = Snapshot();
        if (rules.Count == 0)
        {
            return default;
        }

        FaultEffect? effect = null;
        List<FaultRule> delays = [];
        foreach (FaultRule rule in rules)
        {
            // Who has not come to its turn keeps its count, so that faults can be put one after another.
            if (rule.Effect is null ? rule.TryApply(request) : effect is null && rule.TryApply(request))
            {
                effect ??= rule.Effect;
                if (rule.Effect is null)
                {
                    delays.Add(rule);
                }
            }
        }

        request.Fault = effect?.Fault ?? ChatBackendFault.None;
        request.IsDelayed = delays.Count > 0;
        return new FaultPlan(effect, delays, timeProvider);
    }

    /// <summary>What befalls a message that nobody asked for.</summary>
    public FaultPlan ApplyToPush()
    {
        List<FaultRule> delays = [.. Snapshot().Where(rule => rule is { Effect: null, IsForAll: true })];
        return delays.Count == 0 ? default : new FaultPlan(null, delays, timeProvider);
    }

    public void LiftAll()
    {
        foreach (FaultRule rule in Snapshot())
        {
            rule.Dispose();
        }
    }

    private void Remove(FaultRule rule)
    {
        lock (_lock)
        {
            _rules = [.. _rules.Where(other => other != rule)];
        }
    }

    private List<FaultRule> Snapshot()
    {
        lock (_lock)
        {
            return _rules;
        }
    }
}

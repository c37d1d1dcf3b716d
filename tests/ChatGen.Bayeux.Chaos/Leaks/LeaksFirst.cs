using Xunit.Sdk;
using Xunit.v3;

namespace ChatGen.Bayeux.Chaos.Leaks;

/// <summary>Counts what is left behind before anything else has filled the runtime's pools, whose shrinking would hide what grows.</summary>
public sealed class LeaksFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(static collection => collection.TestCollectionDisplayName.Contains(nameof(ReconnectLeakTests), StringComparison.Ordinal))];
}

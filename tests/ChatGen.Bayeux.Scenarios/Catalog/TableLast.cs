using Xunit.Sdk;
using Xunit.v3;

namespace ChatGen.Bayeux.Scenarios.Catalog;

/// <summary>Puts the table after everything that it is made of.</summary>
public sealed class TableLast : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static collection => collection.TestCollectionDisplayName == ScenarioTableTests.Name)];
}

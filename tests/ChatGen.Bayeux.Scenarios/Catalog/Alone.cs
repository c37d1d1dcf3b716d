using Xunit;

namespace ChatGen.Bayeux.Scenarios.Catalog;

/// <summary>What runs alone.</summary>
[CollectionDefinition(ScenarioTableTests.Name, DisableParallelization = true)]
public sealed class Alone;

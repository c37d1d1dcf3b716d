using ChatGen.Backends.GenesysGmsCometD;
using ChatGen.BackendSchemas.Tests.Backends;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests;

/// <summary>Over WebSockets.</summary>
public sealed class GenesysGmsCometDTests : ChatScript
{
    protected override async Task<Bench> StartBenchAsync() => new GenesysGmsCometDBench(await GenesysGmsCometDEmulator.StartAsync(null, Deadline.Token));
}

using ChatGen.Backends.GenesysGmsCometD;
using ChatGen.BackendSchemas.Tests.Backends;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests;

/// <summary>Where no WebSocket can be opened.</summary>
public sealed class GenesysGmsCometDLongPollingTests : ChatScript
{
    protected override async Task<Bench> StartBenchAsync() =>
        new GenesysGmsCometDBench(await GenesysGmsCometDEmulator.StartAsync(new GenesysGmsCometDOptions { AllowsWebSockets = false }, Deadline.Token));
}

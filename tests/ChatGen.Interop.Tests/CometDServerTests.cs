using ChatGen.Interop.Tests.Servers;

namespace ChatGen.Interop.Tests;

/// <summary>Against the CometD project's own server, which has no WebSocket: the visitor ends up on long-polling without doing anything.</summary>
public sealed class CometDServerTests(SharedChatServer shared) : ChatScenarios(shared)
{
    private protected override bool DisableWebSockets => false;

    private protected override bool UsesWebSocket => false;

    private protected override Task<IChatServer> StartServerAsync() => NodeChatServer.StartCometDAsync();

    private protected override Task<IChatServer> StartForgetfulServerAsync() => NodeChatServer.StartCometDAsync("--timeout=500", "--maxInterval=250");
}

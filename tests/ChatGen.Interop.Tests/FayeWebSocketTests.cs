using ChatGen.Interop.Tests.Servers;

namespace ChatGen.Interop.Tests;

/// <summary>Against Faye over WebSocket.</summary>
public sealed class FayeWebSocketTests(SharedChatServer shared) : ChatScenarios(shared)
{
    private protected override bool DisableWebSockets => false;

    private protected override bool UsesWebSocket => true;

    private protected override Task<IChatServer> StartServerAsync() => NodeChatServer.StartFayeAsync();

    private protected override Task<IChatServer> StartForgetfulServerAsync() => NodeChatServer.StartFayeAsync("--timeout=500");
}

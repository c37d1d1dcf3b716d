using ChatGen.Interop.Tests.Servers;

namespace ChatGen.Interop.Tests;

/// <summary>Against the embedded backend over WebSocket: what holds for servers from elsewhere has to hold for it.</summary>
public sealed class EmbeddedWebSocketTests(SharedChatServer shared) : ChatScenarios(shared)
{
    private protected override bool DisableWebSockets => false;

    private protected override bool UsesWebSocket => true;

    private protected override Task<IChatServer> StartServerAsync() => EmbeddedChatServer.StartAsync();

    private protected override Task<IChatServer> StartForgetfulServerAsync() => EmbeddedChatServer.StartAsync();
}

using ChatGen.Interop.Tests.Servers;

namespace ChatGen.Interop.Tests;

/// <summary>Against the embedded backend over long-polling: what holds for servers from elsewhere has to hold for it.</summary>
public sealed class EmbeddedLongPollingTests(SharedChatServer shared) : ChatScenarios(shared)
{
    private protected override bool DisableWebSockets => true;

    private protected override bool UsesWebSocket => false;

    private protected override Task<IChatServer> StartServerAsync() => EmbeddedChatServer.StartAsync();

    private protected override Task<IChatServer> StartForgetfulServerAsync() => EmbeddedChatServer.StartAsync();
}

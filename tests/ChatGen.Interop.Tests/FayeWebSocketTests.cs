using ChatGen.Interop.Tests.Servers;

namespace ChatGen.Interop.Tests;

/// <summary>Against Faye over WebSocket.</summary>
public sealed class FayeWebSocketTests(SharedChatServer shared) : ChatScenarios(shared)
{
    private protected override bool DisableWebSockets => false;

    private protected override bool UsesWebSocket => true;

    private protected override Task<IChatServer> StartServerAsync() => NodeChatServer.StartFayeAsync();

    private protected override Task<IChatServer> StartForgetfulServerAsync() => NodeChatServer.StartFayeAsync("--timeout=500");

    // It answers the poll of a second process only when that of the first would have been over.
    private protected override bool GoesOn(bool overWebSocket) => overWebSocket;
}

namespace ChatGen.Testing.Tests.Recovery;

public sealed class WebSocketRecoveryTests : BayeuxClientRecoveryTests
{
    private protected override bool DisableWebSockets => false;
}

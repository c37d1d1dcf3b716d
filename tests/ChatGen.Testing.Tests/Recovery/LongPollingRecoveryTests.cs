namespace ChatGen.Testing.Tests.Recovery;

public sealed class LongPollingRecoveryTests : BayeuxClientRecoveryTests
{
    private protected override bool DisableWebSockets => true;
}

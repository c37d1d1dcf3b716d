namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>A client of the test protocol, as it would be generated.</summary>
internal sealed class TestChat(ChatClientSettings settings) : ChatClientCore<TestChatSession>(TestProtocol.Create(), settings)
{
    public Task<TestChatSession> StartAsync(ChatSessionSetup setup) =>
        StartAsync(setup, TestProtocol.Start.With("x"), Xunit.TestContext.Current.CancellationToken).Soon();

    public Task<TestChatSession?> RestoreAsync(ChatSessionSetup setup) =>
        RestoreAsync(setup, TestProtocol.Restore.With("x"), Xunit.TestContext.Current.CancellationToken).Soon();

    protected override TestChatSession CreateSession(ChatSessionContext context) => new(context);
}

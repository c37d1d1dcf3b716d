namespace ChatGen.Tests;

public sealed class TestClient(ChatClientSettings? settings = null, ChatProtocol? protocol = null)
    : ChatClientCore<TestSession>(protocol ?? TestProtocol.Protocol, settings)
{
    public Task<TestSession> StartSessionAsync(ChatSessionSetup setup, CancellationToken cancellationToken) =>
        StartAsync(setup, TestProtocol.Start.With(new StartOptions("Jane")), cancellationToken);

    public Task<TestSession?> RestoreSessionAsync(ChatSessionSetup setup, CancellationToken cancellationToken) =>
        RestoreAsync(setup, TestProtocol.Restore.With(null), cancellationToken);

    protected override TestSession CreateSession(ChatSessionContext context) => new(context);
}

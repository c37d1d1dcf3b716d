using ChatGen.Testing;

namespace ChatGen.Interop.Tests.Servers;

/// <summary>The embedded backend.</summary>
internal sealed class EmbeddedChatServer : IChatServer
{
    private readonly ChatBackend _backend;

    private EmbeddedChatServer(ChatBackend backend) => _backend = backend;

    public Uri CometDUrl => _backend.CometDUrl;

    public static async Task<IChatServer> StartAsync() => new EmbeddedChatServer(await ChatBackend.StartAsync(cancellationToken: Deadline.Token));

    public Task<ChatServerStats> ReadStatsAsync(CancellationToken cancellationToken)
    {
        ChatBackendRequests requests = _backend.Requests;
        return Task.FromResult(new ChatServerStats(
            requests.WebSocketUpgrades + requests.RefusedWebSocketUpgrades,
            requests.LongPollingRequests,
            requests.Handshakes,
            Disconnects: 0,
            [.. _backend.Sessions
                .Where(session => !session.IsEnded)
                .Select(session => new ChatServerSession(session.Username, session.Subject, session.UserData, session.IsVisitorTyping, session.TypedText))]));
    }

    public async Task SufferOutageAsync(string said, CancellationToken cancellationToken)
    {
        _backend.GoOffline();
        _backend.Restart();
        foreach (ChatBackendSession session in _backend.Sessions)
        {
            await session.Agent.SendAsync(said);
        }

        _backend.GoOnline();
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();
}

using ChatGen.Interop;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Testing.Tests;

/// <summary>The CometD project's own JavaScript client holds a whole chat; its checks are in <c>official-client.js</c>.</summary>
public sealed class OfficialClientTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("long-polling")]
    [InlineData("websocket")]
    public async Task Official_client_chats_with_the_embedded_backend(string transport)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: CancellationToken);

        await ChatAsync(backend.CometDUrl, transport);

        ChatBackendSession session = Assert.Single(backend.Sessions);
        Assert.Equal("Jane", session.Username);
        Assert.Equal("Größe ✓", session.Subject);
        Assert.Equal("""{"FirstName":"Jane","tags":[1,null]}""", session.UserData.ToJsonString());
        Assert.Equal("leaveRequest", session.EndReason);
        Assert.Equal("Grüße 👋", session.Messages[1]);
        Assert.Equal(2, backend.Requests.Handshakes);
        Assert.Equal(transport == "websocket" ? 2 : 0, backend.Requests.WebSocketUpgrades);
        Assert.Equal(transport == "websocket", backend.Requests.LongPollingRequests == 0);
    }

    [Theory]
    [InlineData("cometd-server.js", "long-polling")]
    [InlineData("faye-server.js", "long-polling")]
    [InlineData("faye-server.js", "websocket")]
    public async Task Official_client_chats_with_the_interop_servers(string script, string transport)
    {
        await using NodeProcess server = await NodeProcess.StartServerAsync(script, [], CancellationToken);

        await ChatAsync(server.CometDUrl, transport);
    }

    private static async Task ChatAsync(Uri url, string transport)
    {
        NodeRun run = await NodeProcess.RunScriptAsync("official-client.js", [url.AbsoluteUri, transport], CancellationToken);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("session is gone after leave", run.Output, StringComparison.Ordinal);
    }
}

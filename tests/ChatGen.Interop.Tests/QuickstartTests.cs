using ChatGen.Interop.Tests.Programs;
using ChatGen.Interop.Tests.Servers;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Interop.Tests;

/// <summary>The quickstart as its reader runs it.</summary>
public sealed class QuickstartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Quickstart_chats_with_the_CometD_server_and_prints_the_transcript(bool disableWebSockets)
    {
        await using IChatServer server = await NodeChatServer.StartCometDAsync();
        string[] arguments = ["--server", server.CometDUrl.AbsoluteUri, .. disableWebSockets ? ["--no-websockets"] : Array.Empty<string>()];

        NodeRun run = await BuiltProgram.RunAsync("samples/Quickstart", arguments, Deadline.Token);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Empty(run.Error);
        string[] transcript = run.Output[run.Output.IndexOf("the whole transcript", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Collection(
            transcript[1..],
            line => Assert.EndsWith("Sam has joined the chat", line, StringComparison.Ordinal),
            line => Assert.EndsWith("Sam  Hello, my name is Sam. How can I help you?", line, StringComparison.Ordinal),
            line => Assert.EndsWith("Jane  Where is my parcel?", line, StringComparison.Ordinal),
            line => Assert.EndsWith("Sam  You said: Where is my parcel?", line, StringComparison.Ordinal),
            line => Assert.EndsWith("Jane  It was due yesterday.", line, StringComparison.Ordinal),
            line => Assert.EndsWith("Sam  You said: It was due yesterday.", line, StringComparison.Ordinal),
            line => Assert.EndsWith("Jane  Sorry, I reloaded the page. Are you still there?", line, StringComparison.Ordinal),
            line => Assert.EndsWith("Sam  You said: Sorry, I reloaded the page. Are you still there?", line, StringComparison.Ordinal));
        ChatServerStats stats = await server.ReadStatsAsync(Deadline.Token);

        // What is restored goes on over the same Bayeux session, so that WebSocket is not tried again.
        Assert.Equal((disableWebSockets ? 0 : 1, 1), (stats.WebSocketUpgrades, stats.Handshakes));
        Assert.Empty(stats.Sessions);
    }
}

using System.Net;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

/// <summary>What the CometD project's own JavaScript client expects of a server, item by item; the checks are in <c>official-client-items.js</c>.</summary>
public sealed class OfficialClientItemTests
{
    private static readonly Dictionary<string, Func<ChatBackend, Task>> s_troubles = new()
    {
        ["end the chat"] = backend => backend.Sessions[0].Agent.EndAsync(),
        ["drop"] = Now(faults => faults.DropConnections()),
        ["restart"] = Now(faults => faults.Restart()),
        ["expire"] = Now(faults => faults.Expire()),
        ["disconnect"] = Now(faults => faults.Disconnect()),
        ["advise handshake"] = Now(faults => faults.Advise(new ChatBackendAdvice { Reconnect = ChatBackendReconnect.Handshake })),
        ["advise none"] = Now(faults => faults.Advise(new ChatBackendAdvice { Reconnect = ChatBackendReconnect.None })),
        ["black hole"] = Now(faults => faults.BlackHole()),
        ["lift"] = Now(faults => faults.LiftAll()),
        ["drop and refuse twice"] = Now(faults =>
        {
            faults.Refuse(HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1), count: 2);
            faults.DropConnections();
        }),
        ["lose the reply to the next connect of the first client"] = backend =>
        {
            string? first = backend.Requests.Recorded.First(request => request.IsConnect).ClientId;
            backend.Faults.LoseReplies(count: 1, where: request => request.IsConnect && request.ClientId == first);
            return Task.CompletedTask;
        },
    };

    private static readonly Dictionary<string, ChatBackendOptions> s_options = new()
    {
        ["messages with the handshake"] = new ChatBackendOptions { HandshakeMessages = [new("/service/welcome", "Hello")] },
        ["reconnection after a black hole"] = new ChatBackendOptions { MetaConnectTimeout = TimeSpan.FromSeconds(1) },
    };

    public static MatrixTheoryData<string, string> Items { get; } = new(
        [
            "handshake",
            "subscribe",
            "subscription denied",
            "chat",
            "batch",
            "remote call",
            "falsy payloads",
            "messages with the handshake",
            "time extensions are no harm",
            "acknowledgement",
            "nothing is lost or doubled when a reply is lost, with acknowledgement",
            "reconnection after a drop",
            "reconnection after being refused",
            "reconnection after a black hole",
            "handshake after a restart",
            "handshake after expiry",
            "handshake when advised",
            "no reconnection when advised",
            "disconnection by the server",
            "disconnect",
        ],
        ["long-polling", "websocket"]);

    [Theory]
    [MemberData(nameof(Items))]
    public async Task Official_client_passes(string item, string transport)
    {
        ChatBackendOptions options = s_options.GetValueOrDefault(item) ?? new ChatBackendOptions();
        await using ChatBackend backend = await ChatBackend.StartAsync(options with { MaxInterval = TimeSpan.FromMinutes(10) }, Deadline.Token);

        await OfficialClient.PassesAsync(backend.CometDUrl, transport, item, async trouble =>
        {
            await backend.ConnectsAsync();
            await s_troubles[trouble](backend);
        });

        Assert.Equal(transport == "websocket", backend.Requests.WebSocketUpgrades > 0);
        Assert.Equal(transport == "long-polling", backend.Requests.LongPollingRequests > 0);
    }

    private static Func<ChatBackend, Task> Now(Action<ChatBackendFaults> make) => backend =>
    {
        make(backend.Faults);
        return Task.CompletedTask;
    };
}

using System.Net.Sockets;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class ChatBackendTests
{
    public static TheoryData<ChatBackendOptions> WrongOptions { get; } =
    [
        new ChatBackendOptions { Port = -1 },
        new ChatBackendOptions { Port = 65536 },
        new ChatBackendOptions { MetaConnectTimeout = TimeSpan.FromTicks(-1) },
        new ChatBackendOptions { MaxInterval = TimeSpan.Zero },
        new ChatBackendOptions { Interval = TimeSpan.FromTicks(-1) },
        new ChatBackendOptions { AllowedOrigins = null! },
        new ChatBackendOptions { HandshakeMessages = null! },
        new ChatBackendOptions { Agent = null! },
        new ChatBackendOptions { TimeProvider = null! },
    ];

    [Fact]
    public async Task Addresses_are_on_the_loopback_interface()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);

        Assert.Matches(@"^http://127\.0\.0\.1:\d+/cometd$", backend.CometDUrl.AbsoluteUri);
        Assert.Equal(new Uri(backend.CometDUrl, "/chat"), backend.RestUrl);
    }

    [Theory]
    [MemberData(nameof(WrongOptions), DisableDiscoveryEnumeration = true)]
    public async Task Wrong_option_is_refused(ChatBackendOptions options)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ChatBackend.StartAsync(options, Deadline.Token));
    }

    [Fact]
    public async Task Port_can_be_chosen_and_one_in_use_is_refused()
    {
        await using ChatBackend first = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        ChatBackendOptions same = new() { Port = first.CometDUrl.Port };

        await Assert.ThrowsAsync<IOException>(() => ChatBackend.StartAsync(same, Deadline.Token));
        await first.DisposeAsync();
        await using ChatBackend second = await ChatBackend.StartAsync(same, Deadline.Token);

        Assert.Equal(first.CometDUrl, second.CometDUrl);
    }

    [Fact]
    public async Task Disposed_backend_drops_its_connections_and_listens_no_more()
    {
        ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using WebSocketClient webSocket = await WebSocketClient.HandshakeAsync(backend.CometDUrl);
        using WebSocketClient withoutHandshake = await WebSocketClient.OpenAsync(backend.CometDUrl);

        await backend.DisposeAsync();
        await backend.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(webSocket.ReceiveTextAsync);
        await Assert.ThrowsAnyAsync<Exception>(withoutHandshake.ReceiveTextAsync);
        using TcpClient tcp = new();
        await Assert.ThrowsAsync<SocketException>(() => tcp.ConnectAsync("127.0.0.1", backend.CometDUrl.Port, Deadline.Token).AsTask());
    }

    [Fact]
    public async Task Session_to_come_can_be_waited_for()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        Task<ChatBackendSession> second = backend.WaitForSessionAsync(1, Deadline.Token);

        (Visitor jane, ChatBackendSession first) = await Visitor.StartAsync(backend);
        using Visitor _ = jane;
        Assert.False(second.IsCompleted);
        (Visitor john, ChatBackendSession other) = await Visitor.StartAsync(backend, """{"username":"John"}""");
        using Visitor __ = john;

        Assert.Same(other, await second);
        Assert.Same(first, await backend.WaitForSessionAsync(cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task Wait_for_a_condition_passes_on_what_the_condition_throws()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        (Visitor visitor, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = visitor;

        Task wait = session.WaitUntilAsync(seen => seen.IsVisitorTyping ? throw new FormatException() : false, Deadline.Token);
        Task stopped = session.WaitUntilAsync(_ => false, new CancellationToken(canceled: true));
        await visitor.RequestAsync("sendTyping", session);

        await Assert.ThrowsAsync<FormatException>(() => wait);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }
}

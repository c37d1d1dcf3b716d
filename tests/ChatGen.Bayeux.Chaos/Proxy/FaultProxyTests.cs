using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace ChatGen.Bayeux.Chaos.Proxy;

/// <summary>The proxy itself: each fault is to both ends what it is said to be.</summary>
public sealed class FaultProxyTests : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly FaultProxy _proxy;

    public FaultProxyTests()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _proxy = FaultProxy.Start(new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/cometd"));
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task Passes_bytes_on_both_ways_until_both_ends_have_closed()
    {
        (Socket client, Socket server) = await ConnectAsync();

        await SendAsync(client, "question");
        Assert.Equal("question", await ReceiveAsync(server));
        await SendAsync(server, "answer");
        Assert.Equal("answer", await ReceiveAsync(client));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await ReceiveAsync(server));
        await SendAsync(server, "last word");
        Assert.Equal("last word", await ReceiveAsync(client));
        server.Dispose();
        Assert.Equal("", await ReceiveAsync(client));
        await Waiting.UntilAsync(() => _proxy.Links.Length == 0, () => "The proxy keeps a connection that nobody has any more.");
        Assert.Equal("/cometd", _proxy.Url.AbsolutePath);
        Assert.Equal(1, _proxy.Accepted);
    }

    [Fact]
    public async Task Reset_is_a_reset_to_both_ends()
    {
        (Socket client, Socket server) = await ConnectAsync();

        Assert.Single(_proxy.Links).Reset();

        Assert.Equal(SocketError.ConnectionReset, await FailureAsync(client));
        Assert.Equal(SocketError.ConnectionReset, await FailureAsync(server));
    }

    [Fact]
    public async Task Reset_of_one_end_reaches_the_other()
    {
        (Socket client, Socket server) = await ConnectAsync();

        server.LingerState = new LingerOption(true, 0);
        server.Close(0);

        Assert.Equal(SocketError.ConnectionReset, await FailureAsync(client));
    }

    [Fact]
    public async Task Close_is_an_orderly_end_to_both_ends()
    {
        (Socket client, Socket server) = await ConnectAsync();

        Assert.Single(_proxy.Links).Close();

        Assert.Equal("", await ReceiveAsync(client));
        Assert.Equal("", await ReceiveAsync(server));
    }

    [Fact]
    public async Task Swallowed_bytes_are_gone_and_nobody_is_told_not_even_of_the_end()
    {
        (Socket client, Socket server) = await ConnectAsync();

        Assert.Single(_proxy.Links).Swallow();
        await SendAsync(client, "question");
        await SendAsync(server, "answer");
        Task<string> atServer = ReceiveAsync(server);
        client.Dispose();

        // Another connection shows that time enough has passed for bytes to arrive.
        (Socket other, Socket otherServer) = await ConnectAsync();
        await SendAsync(other, "question");
        Assert.Equal("question", await ReceiveAsync(otherServer));
        Assert.False(atServer.IsCompleted);
        Assert.Equal(2, _proxy.Links.Length);
    }

    [Fact]
    public async Task Cut_answer_ends_in_its_middle()
    {
        (Socket client, Socket server) = await ConnectAsync();

        Assert.Single(_proxy.Links).CutNextAnswer();
        await SendAsync(client, "question");
        Assert.Equal("question", await ReceiveAsync(server));
        await SendAsync(server, "01234567");

        Assert.Equal("0123", await ReceiveAsync(client));
        Assert.Equal("", await ReceiveAsync(client));
        Assert.Equal("", await ReceiveAsync(server));
    }

    [Fact]
    public async Task Delayed_bytes_arrive_late_and_in_order()
    {
        (Socket client, Socket server) = await ConnectAsync();
        TimeSpan delay = TimeSpan.FromMilliseconds(300);
        long start = TimeProvider.System.GetTimestamp();

        Assert.Single(_proxy.Links).Delay(delay, TimeSpan.FromDays(7));
        await SendAsync(client, "one");
        await Waiting.UntilAsync(() => client.Poll(0, SelectMode.SelectWrite), () => "The first word is stuck.");
        Assert.Equal("one", await ReceiveAsync(server));
        await SendAsync(client, "two");
        Assert.Equal("two", await ReceiveAsync(server));

        // Timers may be a little early, never by half.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), delay, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Refused_connections_are_refused_until_it_is_mended_and_old_ones_live_on()
    {
        (Socket client, Socket server) = await ConnectAsync();

        _proxy.Refuse();
        SocketException refused = await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        await SendAsync(client, "question");
        Assert.Equal("question", await ReceiveAsync(server));
        await _proxy.MendAsync(TestContext.Current.CancellationToken);
        await ConnectAsync();

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task New_connections_lead_nowhere_during_an_outage()
    {
        _proxy.SwallowNewLinks();
        (Socket client, Socket server) = await ConnectAsync();
        await SendAsync(client, "question");
        Task<string> atServer = ReceiveAsync(server);
        await _proxy.MendAsync(TestContext.Current.CancellationToken);
        (Socket later, Socket laterServer) = await ConnectAsync();
        await SendAsync(later, "question");

        Assert.Equal("question", await ReceiveAsync(laterServer));
        Assert.False(atServer.IsCompleted);
    }

    [Fact]
    public void Same_seed_draws_the_same_faults()
    {
        ScheduledFault[] first = [.. ScheduledFault.Draw(seed: 1).Take(500)];

        Assert.Equal(first, ScheduledFault.Draw(seed: 1).Take(500));
        Assert.NotEqual(first, ScheduledFault.Draw(seed: 2).Take(500));
        Assert.Equal(Enum.GetValues<NetworkFault>(), first.Select(fault => fault.Fault).Distinct().Order());
    }

    [Fact]
    public async Task Schedule_does_what_was_drawn_and_mends_at_its_end()
    {
        (Socket client, _) = await ConnectAsync();
        int restarts = 0;
        FaultSchedule schedule = new(_proxy, () => restarts++);
        using CancellationTokenSource stop = new();
        Task running = schedule.RunAsync(
            [Fault(NetworkFault.RestartServer), Fault(NetworkFault.Refuse)],
            fault => stop.CancelAfter(fault.Fault == NetworkFault.Refuse ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromMinutes(1)),
            stop.Token);

        Assert.Equal(SocketError.ConnectionReset, await FailureAsync(client));
        await running.Soon();
        await ConnectAsync();

        Assert.Equal(1, restarts);
        Assert.Equal("Refuse 1, RestartServer 1", schedule.Summary);

        static ScheduledFault Fault(NetworkFault fault) => new(TimeSpan.Zero, fault, Share: 1, TimeSpan.FromMinutes(1), Victims: 0);
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Url.Port).Soon();
        Socket server = await _listener.AcceptSocketAsync().Soon();
        server.NoDelay = true;
        return (client, server);
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text)).Soon();

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer).Soon());
    }

    private static async Task<SocketError> FailureAsync(Socket socket) => (await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(socket))).SocketErrorCode;
}

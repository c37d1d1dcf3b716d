using System.Net;
using System.Text;
using ChatGen.Bayeux;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests.Recovery;

/// <summary>Our own Bayeux client comes through each fault.</summary>
public abstract class BayeuxClientRecoveryTests
{
    private static readonly TimeSpan s_never = TimeSpan.FromMinutes(10);

    private protected abstract bool DisableWebSockets { get; }

    [Fact]
    public async Task Dropped_connection_is_opened_again_on_the_same_session()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        backend.Faults.DropConnections();

        await peer.ReconnectsAsync();
        await peer.TalksAsync();
        Assert.Equal(1, peer.Client.SessionNumber);
    }

    [Fact]
    public async Task Connection_that_is_closed_in_order_is_opened_again_on_the_same_session()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);
        int connects = backend.Requests.Recorded.Count(request => request.IsConnect);

        backend.Faults.DropConnections(answerFirst: true);

        await backend.ReceivesAsync(connects + 1, request => request.IsConnect);
        await peer.TalksAsync();
        Assert.Equal(1, peer.Client.SessionNumber);
    }

    [Fact]
    public async Task Offline_client_keeps_what_it_is_to_send_and_sends_it_then()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        IDisposable offline = backend.Faults.GoOffline();
        await peer.BecomesAsync(BayeuxClientState.Reconnecting);
        Task<PublishResult> waiting = peer.PublishAsync("\"waiting\"");
        await backend.Requests.WaitForNextAsync(request => request.Fault == ChatBackendFault.Dropped, Deadline.Token);
        await Deadline.IsPendingAsync(waiting);
        offline.Dispose();

        Assert.Equal(PublishOutcome.Acknowledged, (await waiting).Outcome);
        Assert.Equal("\"waiting\"", await peer.NextEventAsync());
        Assert.Equal(1, peer.Client.SessionNumber);
    }

    [Fact]
    public async Task Delayed_answer_is_waited_for()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend, options => options with { MaxNetworkDelay = s_never });
        IDisposable delay = backend.Faults.Delay(Timeout.InfiniteTimeSpan, where: request => request.IsPublish);
        Task<ChatBackendRequest> delayed = backend.Requests.WaitForNextAsync(request => request.IsDelayed, Deadline.Token);

        Task<PublishResult> publish = peer.PublishAsync("1");
        await delayed;

        await Deadline.IsPendingAsync(publish);
        delay.Dispose();
        Assert.Equal(PublishOutcome.Acknowledged, (await publish).Outcome);
        Assert.Equal("1", await peer.NextEventAsync());
    }

    [Fact]
    public async Task Client_that_is_refused_comes_back_later()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        backend.Faults.Refuse(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromSeconds(1), count: 2);
        backend.Faults.DropConnections();

        await peer.ReconnectsAsync();
        await peer.TalksAsync();
        ChatBackendRequest[] refused = [.. backend.Requests.Recorded.Where(request => request.Fault == ChatBackendFault.Refused)];
        Assert.Equal(2, refused.Length);
    }

    [Fact]
    public async Task Session_that_a_restart_has_forgotten_is_begun_anew_with_its_subscriptions()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        backend.Faults.Restart();

        await peer.ReconnectsAsync();
        await peer.TalksAsync();
        Assert.Equal(2, peer.Client.SessionNumber);
    }

    [Fact]
    public async Task Session_that_has_expired_is_begun_anew_with_its_subscriptions()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        backend.Faults.Expire();

        await peer.ReconnectsAsync();
        await peer.TalksAsync();
        Assert.Equal(2, peer.Client.SessionNumber);
    }

    [Fact]
    public async Task Client_that_is_advised_to_handshake_does_so()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        backend.Faults.Advise(new ChatBackendAdvice { Reconnect = ChatBackendReconnect.Handshake });

        await peer.ReconnectsAsync();
        await peer.TalksAsync();
        Assert.Equal((2, 2), (peer.Client.SessionNumber, backend.Requests.Handshakes));
    }

    [Fact]
    public async Task Client_that_is_advised_to_stay_away_does_so()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        backend.Faults.Advise(new ChatBackendAdvice { Reconnect = ChatBackendReconnect.None });

        await peer.BecomesAsync(BayeuxClientState.Disconnected);
        Assert.Equal(PublishOutcome.NotSent, (await peer.PublishAsync("1")).Outcome);
    }

    [Fact]
    public async Task Client_that_is_advised_to_wait_does_so()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);
        Task<ChatBackendRequest> next = backend.Requests.WaitForNextAsync(request => request.IsConnect, Deadline.Token);
        DateTimeOffset advised = TimeProvider.System.GetUtcNow();

        backend.Faults.Advise(new ChatBackendAdvice { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(30) });

        // Timers may be some milliseconds early.
        Assert.True((await next).ReceivedAt - advised >= TimeSpan.FromMilliseconds(900));
        await peer.TalksAsync();
    }

    [Fact]
    public async Task Client_that_is_advised_to_go_to_another_host_does_so()
    {
        await using ChatBackend backend = await StartAsync();
        await using ChatBackend other = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend, options => options with { AcceptHost = host => host == other.CometDUrl });

        backend.Faults.Advise(new ChatBackendAdvice { Reconnect = ChatBackendReconnect.Handshake, Hosts = [other.CometDUrl.Authority] });

        await peer.ReconnectsAsync();
        await peer.TalksAsync();
        Assert.Equal((1, 1), (backend.Requests.Handshakes, other.Requests.Handshakes));
    }

    [Fact]
    public async Task Black_hole_is_noticed_and_left()
    {
        await using ChatBackend backend = await StartAsync(new ChatBackendOptions { MetaConnectTimeout = TimeSpan.FromSeconds(1), MaxInterval = s_never });
        await using BayeuxPeer peer = await ConnectAsync(backend, options => options with
        {
            MaxNetworkDelay = TimeSpan.FromSeconds(1),
            WebSocketKeepAliveInterval = TimeSpan.FromSeconds(1),
            WebSocketKeepAliveTimeout = TimeSpan.FromSeconds(1),
        });

        IDisposable hole = backend.Faults.BlackHole();
        await peer.BecomesAsync(BayeuxClientState.Reconnecting);
        hole.Dispose();

        await peer.BecomesAsync(BayeuxClientState.Connected);
        await peer.TalksAsync();
        Assert.Equal(1, peer.Client.SessionNumber);
    }

    [Theory]
    [InlineData(MalformedAnswer.Html)]
    [InlineData(MalformedAnswer.Empty)]
    [InlineData(MalformedAnswer.Truncated)]
    public async Task Malformed_answer_is_reported_and_lived_through(MalformedAnswer answer)
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        backend.Faults.Malform(answer, count: 1, where: request => request.IsConnect);
        backend.Faults.DropConnections();

        await peer.ReconnectsAsync();
        await peer.TalksAsync();
        Assert.Single(backend.Requests.Recorded, request => request.Fault == ChatBackendFault.Malformed);
    }

    [Fact]
    public async Task Publish_whose_reply_is_lost_is_unknown_and_not_repeated()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);
        backend.Faults.LoseReplies(count: 1, where: request => request.IsPublish);

        PublishResult result = await peer.PublishAsync("\"once\"");

        Assert.Equal(PublishOutcome.Unknown, result.Outcome);
        Assert.Equal("\"once\"", await peer.NextEventAsync());
        await peer.TalksAsync();
    }

    [Fact]
    public async Task Publish_whose_reply_is_lost_is_repeated_if_it_may_be()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);
        backend.Faults.LoseReplies(count: 1, where: request => request.IsPublish);

        PublishResult result = await peer.PublishAsync("\"twice\"", isIdempotent: true);

        Assert.Equal(PublishOutcome.Acknowledged, result.Outcome);
        Assert.Equal(["\"twice\"", "\"twice\""], [await peer.NextEventAsync(), await peer.NextEventAsync()]);
    }

    [Fact]
    public async Task Events_of_a_connect_whose_reply_is_lost_arrive_once()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);
        int connects = backend.Requests.Recorded.Count(request => request.IsConnect);
        backend.Faults.LoseReplies(count: 1, where: request => request.IsConnect);

        // The connect that is held brings the first event, the next one's reply is lost.
        Assert.Equal(PublishOutcome.Acknowledged, (await peer.PublishAsync("1")).Outcome);
        Assert.Equal("1", await peer.NextEventAsync());
        await backend.ReceivesAsync(connects + 1, request => request.IsConnect);
        await using BayeuxPeer publisher = await ConnectAsync(backend);
        Assert.Equal(PublishOutcome.Acknowledged, (await publisher.PublishAsync("2")).Outcome);

        Assert.Equal("2", await peer.NextEventAsync());
        await peer.TalksAsync();
        Assert.Single(backend.Requests.Recorded, request => request.Fault == ChatBackendFault.ReplyLost);
        Assert.Equal(1, peer.Client.SessionNumber);
    }

    [Fact]
    public async Task Client_that_is_sent_away_gets_the_last_events_and_stays_away()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);
        await using BayeuxPeer publisher = await ConnectAsync(backend);

        await publisher.PublishAsync("\"last\"");
        backend.Faults.Disconnect();

        BayeuxStateChange change = await peer.BecomesAsync(BayeuxClientState.Disconnected);
        Assert.Equal(BayeuxFaultKind.ServerDisconnected, change.Cause?.Kind);
        Assert.Equal("\"last\"", await peer.NextEventAsync());
        Assert.Equal(2, backend.Requests.Handshakes);
    }

    [Fact]
    public async Task Remote_call_is_answered()
    {
        await using ChatBackend backend = await StartAsync();
        await using BayeuxPeer peer = await ConnectAsync(backend);

        ReadOnlyMemory<byte> answer = await peer.Client.CallAsync("/service/echo", "\"é\""u8.ToArray(), cancellationToken: Deadline.Token);

        Assert.Equal("\"\\u00E9\"", Encoding.UTF8.GetString(answer.Span));
    }

    [Fact]
    public async Task Messages_that_come_with_the_handshake_are_delivered()
    {
        await using ChatBackend backend = await StartAsync(new ChatBackendOptions { HandshakeMessages = [new("/service/welcome", "Hello")] });
        TaskCompletionSource<string> welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using BayeuxClient client = new(new BayeuxClientOptions { Url = backend.CometDUrl, DisableWebSockets = DisableWebSockets });
        client.Listen("/service/welcome", message => welcome.TrySetResult(Encoding.UTF8.GetString(message.Data.Span)));

        await client.ConnectAsync(Deadline.Token);

        Assert.Equal("\"Hello\"", await welcome.Task.WaitAsync(Deadline.Token));
    }

    private static Task<ChatBackend> StartAsync(ChatBackendOptions? options = null) => ChatBackend.StartAsync(options ?? new ChatBackendOptions { MaxInterval = s_never }, Deadline.Token);

    private Task<BayeuxPeer> ConnectAsync(ChatBackend backend, Func<BayeuxClientOptions, BayeuxClientOptions>? configure = null) =>
        BayeuxPeer.ConnectAsync(backend, DisableWebSockets, configure);
}

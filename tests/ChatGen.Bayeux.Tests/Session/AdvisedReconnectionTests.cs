using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;
using Xunit;
using static ChatGen.Bayeux.Session.SessionEffect;
using static ChatGen.Bayeux.Session.SessionInput;

namespace ChatGen.Bayeux.Tests.Session;

/// <summary>What the reducer makes of hosts, Retry-After, advice for one transport, acknowledgement, announced messages, sessions taken over, and of WebSocket that comes back.</summary>
public sealed class AdvisedReconnectionTests
{
    private static readonly BayeuxFault Broken = new(BayeuxFaultKind.ConnectionClosed, "broken");
    private static readonly BayeuxFault NoUpgrade = new(BayeuxFaultKind.WebSocketUnavailable, "no upgrade");
    private static readonly Advice Rehandshake = new() { Reconnect = ReconnectAdvice.Handshake };

    private SessionState _state = new() { Policy = new SessionPolicy { AllowWebSocket = false } };
    private SessionEffect[] _effects = [];
    private TimeSpan _now;

    [Fact]
    public void A_server_that_says_when_to_come_back_is_left_alone_until_then()
    {
        Connected();
        var busy = new BayeuxFault(BayeuxFaultKind.HttpStatus, "busy") { HttpStatus = 503, RetryAfter = TimeSpan.FromSeconds(20) };
        Step(new MetaFailed(_state.OutstandingId!, busy));
        Schedule schedule = Last<Schedule>();
        Assert.Equal(TimeSpan.FromSeconds(20), schedule.AtLeast);
        Assert.True(schedule.AtMost > schedule.AtLeast, "All clients have been told the same, so they spread.");
    }

    [Fact]
    public void Backoff_that_is_longer_than_what_the_server_asks_for_stays()
    {
        Connected();
        for (int failure = 0; failure < 8; failure++)
        {
            Step(new MetaFailed(_state.OutstandingId!, new BayeuxFault(BayeuxFaultKind.HttpStatus, "busy") { RetryAfter = TimeSpan.FromSeconds(1) }));
            if (failure < 7)
            {
                Step(new DelayElapsed());
            }
        }

        Assert.Equal(TimeSpan.FromSeconds(15), Last<Schedule>().AtLeast);
    }

    [Fact]
    public void A_rehandshake_goes_to_the_first_advised_host_and_failures_to_the_next_ones_and_home_again()
    {
        Connected();
        ConnectRefused(Rehandshake with { Hosts = ["a", "b"] });
        Assert.Equal("a", _state.Host);
        var hosts = new List<string?>();
        for (int failure = 0; failure < 4; failure++)
        {
            Step(new MetaFailed(_state.OutstandingId!, Broken));
            Step(new DelayElapsed());
            hosts.Add(_state.Host);
        }

        Assert.Equal(["b", null, "a", "b"], hosts);
        HandshakeSucceeds();
        Assert.Equal("b", _state.Host);
    }

    [Fact]
    public void A_client_that_is_on_an_advised_host_stays_there()
    {
        Connected();
        ConnectRefused(Rehandshake with { Hosts = ["a", "b"] });
        HandshakeSucceeds();
        ConnectSucceeds(null);
        ConnectRefused(Rehandshake with { Hosts = ["b", "a"] });
        Assert.Equal("a", _state.Host);
    }

    [Fact]
    public void Advice_for_one_transport_holds_for_it_alone()
    {
        var advice = new Advice
        {
            Interval = TimeSpan.FromSeconds(1),
            LongPolling = new AdviceSection { Interval = TimeSpan.FromSeconds(5) },
            WebSocket = new AdviceSection { Reconnect = ReconnectAdvice.None },
        };
        Connected();
        ConnectSucceeds(advice);
        Assert.Equal(TimeSpan.FromSeconds(5), Last<Schedule>().AtLeast);
        Assert.Equal(SessionPhase.Connected, _state.Phase);
    }

    [Fact]
    public void Each_connect_acknowledges_the_last_batch_that_arrived()
    {
        Step(new ConnectRequested());
        Assert.True(Last<SendHandshake>().OffersAck);
        HandshakeSucceeds("""{"ack":true}""");
        Assert.Equal(0, Last<SendConnect>().AckBatch);
        ConnectSucceeds(null, """{"ack":3}""");
        Assert.Equal(3, Last<SendConnect>().AckBatch);
        Step(new MetaFailed(_state.OutstandingId!, Broken));
        Step(new DelayElapsed());
        Assert.Equal(3, Last<SendConnect>().AckBatch);
        ConnectRefused(Rehandshake);
        HandshakeSucceeds("""{"ack":{"enabled":true,"batch":7}}""");
        Assert.Equal(7, Last<SendConnect>().AckBatch);
    }

    [Fact]
    public void A_server_that_does_not_acknowledge_hears_nothing_of_it()
    {
        Connected();
        ConnectSucceeds(null, """{"ack":3}""");
        Assert.Null(Last<SendConnect>().AckBatch);
    }

    [Fact]
    public void An_answer_that_cannot_be_read_and_comes_again_and_again_costs_the_session_not_the_client()
    {
        Step(new ConnectRequested());
        HandshakeSucceeds("""{"ack":true}""");
        ConnectSucceeds(null, """{"ack":1}""");
        for (int failure = 1; failure <= 3; failure++)
        {
            Assert.NotEqual(SessionPhase.HandshakeDelayed, _state.Phase);
            Step(new MetaFailed(_state.OutstandingId!, new BayeuxFault(BayeuxFaultKind.ResponseTooLarge, "too large")));
            if (failure < 3)
            {
                Step(new DelayElapsed());
            }
        }

        Assert.Equal(SessionPhase.HandshakeDelayed, _state.Phase);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_first_connect_waits_for_the_messages_that_the_handshake_announced(int early)
    {
        Step(new ConnectRequested());
        for (int i = 0; i < early; i++)
        {
            Step(EventReceived.Instance);
        }

        HandshakeSucceeds(deliveredMessages: 2);
        for (int i = early; i < 2; i++)
        {
            Assert.DoesNotContain(_effects, effect => effect is SendConnect);
            Step(EventReceived.Instance);
        }

        Assert.Contains(_effects, effect => effect is SendConnect);
    }

    [Fact]
    public void Announced_messages_that_do_not_come_are_not_waited_for_for_ever()
    {
        Step(new ConnectRequested());
        HandshakeSucceeds(deliveredMessages: 2);
        Assert.Equal(_state.Policy.MaxNetworkDelay, Last<Schedule>().AtMost);
        Step(new DelayElapsed());
        Assert.IsType<SendConnect>(_effects[^1]);
        Step(EventReceived.Instance);
        Assert.Empty(_effects);
    }

    [Fact]
    public void A_session_that_is_taken_over_sends_nothing_until_the_server_confirms_it()
    {
        Step(new ResumeRequested(Snapshot));
        Assert.Equal(("resumed", 5L), (_state.ClientId, Last<SendConnect>().AckBatch));
        Assert.True(Last<SendConnect>().Immediate);
        Assert.False(_state.CanSend);
        Assert.Equal(BayeuxClientState.Connecting, _state.ClientState);
        ConnectSucceeds(null);
        Assert.True(_state.CanSend);
        Assert.Contains(_effects, effect => effect is ConnectSucceeded);
        Assert.Contains(_effects, effect => effect is ReleaseMessages { NewSession: false });
    }

    [Fact]
    public void A_session_that_is_gone_when_it_is_taken_over_is_replaced_by_a_new_one()
    {
        Step(new ResumeRequested(Snapshot));
        ConnectRefused(Rehandshake);
        Assert.IsType<SendHandshake>(_effects[^1]);
        HandshakeSucceeds();
        ConnectSucceeds(null);
        Assert.Equal((BayeuxClientState.Connected, 2), (_state.ClientState, _state.SessionNumber));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_session_over_long_polling_that_is_taken_over_tries_websocket_when_that_is_due_and_the_server_has_it(bool serverHasWebSocket)
    {
        _state = _state with { Policy = _state.Policy with { AllowWebSocket = true } };
        Step(new ResumeRequested(new BayeuxSnapshot
        {
            ClientId = "resumed",
            Transport = ConnectionTypes.LongPolling,
            HandshakeTransport = ConnectionTypes.LongPolling,
            ServerHasWebSocket = serverHasWebSocket,
        }));
        ConnectSucceeds(null);
        _now += TimeSpan.FromMinutes(4);
        ConnectSucceeds(null);
        Assert.Equal(ConnectionTypes.LongPolling, Last<SendConnect>().Transport);
        _now += TimeSpan.FromMinutes(2);
        ConnectSucceeds(null);
        Assert.Equal(serverHasWebSocket ? ConnectionTypes.WebSocket : ConnectionTypes.LongPolling, Last<SendConnect>().Transport);
    }

    [Fact]
    public void A_session_that_long_polling_began_moves_to_websocket_when_that_is_due_and_the_server_has_it()
    {
        OnLongPollingAfterFallback();
        _now += TimeSpan.FromMinutes(4);
        ConnectSucceeds(null);
        Assert.Equal(ConnectionTypes.LongPolling, Last<SendConnect>().Transport);
        _now += TimeSpan.FromMinutes(2);
        ConnectSucceeds(null);
        Assert.Equal((ConnectionTypes.WebSocket, true), (Last<SendConnect>().Transport, Last<SendConnect>().Immediate));
        ConnectSucceeds(null);
        Assert.Equal(ConnectionTypes.WebSocket, Last<SendConnect>().Transport);
        Assert.Equal(1, _state.SessionNumber);
    }

    [Fact]
    public void A_move_to_websocket_that_fails_leaves_the_session_on_long_polling_and_is_tried_again_later()
    {
        OnLongPollingAfterFallback();
        _now += TimeSpan.FromMinutes(6);
        ConnectSucceeds(null);
        Step(new MetaFailed(_state.OutstandingId!, NoUpgrade));
        Assert.Equal(ConnectionTypes.LongPolling, Last<SendConnect>().Transport);
        Assert.Equal((BayeuxClientState.Connected, 0), (_state.ClientState, _state.Failures));
        Assert.DoesNotContain(_effects, effect => effect is ReportFault);
        ConnectSucceeds(null);
        Assert.Equal(ConnectionTypes.LongPolling, Last<SendConnect>().Transport);
        _now += TimeSpan.FromMinutes(6);
        ConnectSucceeds(null);
        Assert.Equal(ConnectionTypes.WebSocket, Last<SendConnect>().Transport);
    }

    [Fact]
    public void A_server_without_websocket_is_not_asked_for_it_again_within_the_session()
    {
        OnLongPollingAfterFallback(ConnectionTypes.LongPolling);
        _now += TimeSpan.FromHours(1);
        ConnectSucceeds(null);
        Assert.Equal(ConnectionTypes.LongPolling, Last<SendConnect>().Transport);
    }

    [Fact]
    public void An_upgrade_that_breaks_costs_a_session_that_was_begun_over_websocket_only_when_it_breaks_again_and_again()
    {
        _state = _state with { Policy = _state.Policy with { AllowWebSocket = true } };
        Connected();
        var reset = new BayeuxFault(BayeuxFaultKind.ConnectionClosed, "reset") { IsOfUpgrade = true };
        for (int failure = 1; failure <= 4; failure++)
        {
            Assert.Equal("client", _state.ClientId);
            Step(new MetaFailed(_state.OutstandingId!, reset));
            _now += TimeSpan.FromSeconds(4);
            Step(new DelayElapsed());
        }

        Assert.Equal(ConnectionTypes.WebSocket, Last<SendHandshake>().Transport);
        Step(new MetaFailed(_state.OutstandingId!, reset));
        Assert.Equal(ConnectionTypes.LongPolling, Last<SendHandshake>().Transport);
    }

    [Fact]
    public void A_busy_server_is_no_reason_to_leave_websocket()
    {
        _state = _state with { Policy = _state.Policy with { AllowWebSocket = true, MaxConnectAttempts = 2 } };
        Step(new ConnectRequested());
        Step(new MetaFailed(_state.OutstandingId!, new BayeuxFault(BayeuxFaultKind.HttpStatus, "busy") { HttpStatus = 503, RetryAfter = TimeSpan.FromSeconds(3) }));
        Assert.Equal(TimeSpan.FromSeconds(3), Last<Schedule>().AtLeast);
        Step(new DelayElapsed());
        Assert.Equal(ConnectionTypes.WebSocket, Last<SendHandshake>().Transport);
    }

    private static BayeuxSnapshot Snapshot => new()
    {
        ClientId = "resumed",
        Transport = ConnectionTypes.LongPolling,
        HandshakeTransport = ConnectionTypes.LongPolling,
        AckBatch = 5,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private void OnLongPollingAfterFallback(ConnectionTypes serverTypes = ConnectionTypes.LongPolling | ConnectionTypes.WebSocket)
    {
        _state = _state with { Policy = _state.Policy with { AllowWebSocket = true } };
        Step(new ConnectRequested());
        Step(new MetaFailed(_state.OutstandingId!, NoUpgrade));
        HandshakeSucceeds(types: serverTypes);
        ConnectSucceeds(null);
    }

    private void Connected()
    {
        Step(new ConnectRequested());
        HandshakeSucceeds();
        ConnectSucceeds(null);
    }

    private void HandshakeSucceeds(string ext = "{}", int deliveredMessages = 0, ConnectionTypes types = ConnectionTypes.LongPolling | ConnectionTypes.WebSocket) =>
        Step(new MetaReceived(new BayeuxMessage
        {
            Channel = MetaChannel.Handshake,
            Id = _state.OutstandingId,
            Successful = true,
            ClientId = "client",
            SupportedConnectionTypes = types,
            DeliveredMessages = deliveredMessages,
            Ext = System.Text.Encoding.UTF8.GetBytes(ext),
        }));

    private void ConnectSucceeds(Advice? advice, string ext = "{}") => Step(new MetaReceived(new BayeuxMessage
    {
        Channel = MetaChannel.Connect,
        Id = _state.OutstandingId,
        Successful = true,
        Advice = advice,
        Ext = System.Text.Encoding.UTF8.GetBytes(ext),
    }));

    private void ConnectRefused(Advice? advice) => Step(new MetaReceived(new BayeuxMessage
    {
        Channel = MetaChannel.Connect,
        Id = _state.OutstandingId,
        Successful = false,
        Error = "402::session_unknown",
        Advice = advice,
    }));

    private T Last<T>()
        where T : SessionEffect => _effects.OfType<T>().Last();

    private void Step(SessionInput input)
    {
        SessionTransition next = SessionReducer.Step(_state, input, _now);
        _state = next.State;
        _effects = [.. next.Effects];
    }
}

using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;
using Xunit;
using static ChatGen.Bayeux.Session.SessionEffect;
using static ChatGen.Bayeux.Session.SessionInput;

namespace ChatGen.Bayeux.Tests.Session;

public sealed class SessionReducerTests
{
    private static readonly BayeuxFault Broken = new(BayeuxFaultKind.ConnectionClosed, "broken");
    private static readonly BayeuxFault Down = new(BayeuxFaultKind.Unreachable, "down");
    private static readonly BayeuxFault NoUpgrade = new(BayeuxFaultKind.WebSocketUnavailable, "no upgrade");
    private static readonly Advice Rehandshake = new() { Reconnect = ReconnectAdvice.Handshake };
    private static readonly Advice Never = new() { Reconnect = ReconnectAdvice.None };

    private SessionState _state = new() { Policy = new SessionPolicy { AllowWebSocket = false } };
    private SessionEffect[] _effects = [];
    private TimeSpan _now;

    [Fact]
    public void Nothing_may_be_sent_before_the_handshake_has_succeeded()
    {
        Assert.False(_state.CanSend);
        Step(new ConnectRequested());
        Assert.False(_state.CanSend);
        Assert.IsType<SendHandshake>(_effects[^1]);
        HandshakeSucceeds();
        Assert.True(_state.CanSend);
    }

    [Fact]
    public void Messages_are_released_before_the_first_connect()
    {
        Step(new ConnectRequested());
        HandshakeSucceeds();
        Assert.Equal([typeof(ReleaseMessages), typeof(SendConnect)], _effects.Select(effect => effect.GetType()));
        Assert.True(((ReleaseMessages)_effects[0]).NewSession);
    }

    [Fact]
    public void The_first_connect_asks_for_an_answer_at_once_and_the_next_does_not()
    {
        Step(new ConnectRequested());
        HandshakeSucceeds();
        Assert.True(Last<SendConnect>().Immediate);
        Assert.Equal(TimeSpan.Zero, Last<SendConnect>().Hold);
        ConnectSucceeds(new Advice { Timeout = TimeSpan.FromSeconds(25) });
        Assert.False(Last<SendConnect>().Immediate);
        Assert.Equal(TimeSpan.FromSeconds(25), Last<SendConnect>().Hold);
        Assert.Contains(_effects, effect => effect is ConnectSucceeded);
    }

    [Fact]
    public void A_connect_reply_with_another_id_is_dropped()
    {
        Connected();
        SessionState before = _state;
        Step(new MetaReceived(new BayeuxMessage { Channel = MetaChannel.Connect, Id = "other", Successful = true }));
        Assert.Empty(_effects);
        Assert.Same(before, _state);
    }

    [Fact]
    public void There_is_never_more_than_one_outstanding_connect()
    {
        Connected();
        string id = _state.OutstandingId!;
        Step(new DelayElapsed());
        Assert.Empty(_effects);
        Step(new MetaFailed("other", Broken));
        Assert.Empty(_effects);
        Assert.Equal(id, _state.OutstandingId);
    }

    [Fact]
    public void The_interval_passes_before_the_next_connect()
    {
        Connected();
        var advice = new Advice { Interval = TimeSpan.FromSeconds(2) };
        ConnectSucceeds(advice);
        Assert.Equal(new Schedule(advice.Interval, advice.Interval), Last<Schedule>());
        Assert.DoesNotContain(_effects, effect => effect is SendConnect);
        Step(new DelayElapsed());
        Assert.False(Last<SendConnect>().Immediate);
    }

    [Fact]
    public void Advice_stays_until_the_next_replaces_it_wholly()
    {
        Connected();
        ConnectSucceeds(new Advice { Interval = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(3) });
        Step(new DelayElapsed());
        ConnectSucceeds(null);
        Assert.Equal(TimeSpan.FromSeconds(2), Last<Schedule>().AtLeast);
        Step(new DelayElapsed());
        ConnectSucceeds(new Advice { Timeout = TimeSpan.FromSeconds(7) });
        Assert.Equal(TimeSpan.FromSeconds(7), Last<SendConnect>().Hold);
    }

    [Fact]
    public void A_negative_interval_ends_the_loop()
    {
        Connected();
        ConnectSucceeds(new Advice { Interval = TimeSpan.FromMilliseconds(-1) });
        Assert.Equal(SessionPhase.Disconnected, _state.Phase);
    }

    [Fact]
    public void Failures_of_connect_are_retried_with_growing_delays_that_a_success_resets()
    {
        Connected();
        foreach (double atMost in (double[])[1, 2, 4, 8, 16, 30, 30])
        {
            Step(new MetaFailed(_state.OutstandingId!, Broken));
            Assert.Equal(SessionPhase.Unconnected, _state.Phase);
            Assert.Equal(TimeSpan.FromSeconds(atMost), Last<Schedule>().AtMost);
            Step(new DelayElapsed());
            Assert.True(Last<SendConnect>().Immediate);
        }

        ConnectSucceeds(null);
        Assert.Equal(0, _state.Failures);
        Assert.Equal("client", _state.ClientId);
    }

    [Fact]
    public void A_handshake_advised_by_the_server_happens_at_once_and_later_ones_ever_later()
    {
        Connected();
        ConnectRefused(Rehandshake);
        Assert.IsType<SendHandshake>(_effects[^1]);
        Assert.Null(_state.ClientId);
        foreach (double atMost in (double[])[1, 2, 4, 8, 16, 30, 30])
        {
            HandshakeSucceeds();
            ConnectRefused(Rehandshake);
            Assert.Equal(TimeSpan.FromSeconds(atMost), Last<Schedule>().AtMost);
            Step(new DelayElapsed());
            Assert.IsType<SendHandshake>(_effects[^1]);
        }
    }

    [Fact]
    public void A_first_connect_that_succeeds_does_not_let_a_storm_of_handshakes_begin_anew()
    {
        Connected();
        int handshakes = 0;
        while (_now < TimeSpan.FromMinutes(5) && handshakes < 1000)
        {
            ConnectRefused(Rehandshake);
            if (_effects.OfType<Schedule>().SingleOrDefault() is { } schedule)
            {
                _now += schedule.AtLeast;
                Step(new DelayElapsed());
            }

            handshakes++;
            HandshakeSucceeds();
            ConnectSucceeds(null);
        }

        Assert.InRange(handshakes, 5, 30);
        ConnectSucceeds(null);
        ConnectRefused(Rehandshake);
        Assert.IsType<SendHandshake>(_effects[^1]);
    }

    [Fact]
    public void Stale_advice_to_handshake_does_not_outlive_the_handshake()
    {
        Connected();
        ConnectRefused(Rehandshake);
        HandshakeSucceeds();
        ConnectSucceeds(null);
        Assert.Equal(SessionPhase.Connected, _state.Phase);
    }

    [Fact]
    public void A_server_that_refuses_without_advice_gets_a_handshake_in_the_end()
    {
        Connected();
        for (int refusal = 1; refusal < 3; refusal++)
        {
            ConnectRefused(null);
            Assert.Equal(SessionPhase.Unconnected, _state.Phase);
            Step(new DelayElapsed());
        }

        ConnectRefused(null);
        Assert.IsType<SendHandshake>(_effects[^1]);
    }

    [Fact]
    public void Past_the_servers_max_interval_a_handshake_replaces_the_retry()
    {
        Connected();
        ConnectSucceeds(new Advice { Timeout = TimeSpan.FromSeconds(5), MaxInterval = TimeSpan.FromSeconds(10) });
        Step(new MetaFailed(_state.OutstandingId!, Broken));
        Assert.Equal(SessionPhase.Unconnected, _state.Phase);
        Step(new DelayElapsed());
        _now += TimeSpan.FromSeconds(14);
        Step(new MetaFailed(_state.OutstandingId!, Broken));
        Assert.Equal(SessionPhase.HandshakeDelayed, _state.Phase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Advice_none_ends_the_session_for_good(bool successful)
    {
        Connected();
        if (successful)
        {
            ConnectSucceeds(Never);
        }
        else
        {
            ConnectRefused(Never);
        }

        Assert.Equal(SessionPhase.Disconnected, _state.Phase);
        Assert.Contains(_effects, effect => effect is Ended);
        Assert.DoesNotContain(_effects, effect => effect is Schedule or SendConnect or SendHandshake);
    }

    [Fact]
    public void A_refused_handshake_is_tried_as_often_as_the_policy_says()
    {
        _state = _state with { Policy = _state.Policy with { MaxConnectAttempts = 2 } };
        Step(new ConnectRequested());
        HandshakeRefused(null);
        Assert.Equal(SessionPhase.HandshakeDelayed, _state.Phase);
        Step(new DelayElapsed());
        HandshakeRefused(null);
        Assert.Equal(BayeuxFaultKind.HandshakeRejected, Last<Ended>().Fault.Kind);
    }

    [Fact]
    public void A_handshake_refused_with_advice_none_is_never_repeated()
    {
        _state = _state with { Policy = _state.Policy with { MaxConnectAttempts = 9 } };
        Step(new ConnectRequested());
        HandshakeRefused(Never);
        Assert.Equal(SessionPhase.Disconnected, _state.Phase);
    }

    [Fact]
    public void Once_established_handshakes_are_retried_for_ever()
    {
        Connected();
        ConnectRefused(Rehandshake);
        for (int attempt = 0; attempt < 100; attempt++)
        {
            Step(new MetaFailed(_state.OutstandingId!, Down));
            Assert.Equal(SessionPhase.HandshakeDelayed, _state.Phase);
            Step(new DelayElapsed());
        }

        Assert.Equal(BayeuxClientState.Reconnecting, _state.ClientState);
    }

    [Fact]
    public void A_refused_upgrade_leads_to_long_polling_at_once()
    {
        WithWebSocket();
        Step(new ConnectRequested());
        Assert.Equal((ConnectionTypes.WebSocket, ConnectionTypes.WebSocket | ConnectionTypes.LongPolling), (Last<SendHandshake>().Transport, Last<SendHandshake>().Offered));
        Step(new MetaFailed(_state.OutstandingId!, NoUpgrade));
        Assert.Equal((ConnectionTypes.LongPolling, ConnectionTypes.LongPolling), (Last<SendHandshake>().Transport, Last<SendHandshake>().Offered));
    }

    [Fact]
    public void A_server_that_is_down_is_not_asked_for_long_polling()
    {
        WithWebSocket();
        Step(new ConnectRequested());
        Step(new MetaFailed(_state.OutstandingId!, Down));
        Assert.Equal(BayeuxFaultKind.Unreachable, Last<Ended>().Fault.Kind);
    }

    [Fact]
    public void WebSocket_that_has_worked_is_insisted_on()
    {
        WithWebSocket();
        Connected();
        ConnectRefused(Rehandshake);
        Step(new MetaFailed(_state.OutstandingId!, Broken));
        Step(new DelayElapsed());
        Assert.Equal(ConnectionTypes.WebSocket, Last<SendHandshake>().Transport);
    }

    [Fact]
    public void A_server_without_websocket_in_its_list_gets_a_handshake_over_long_polling()
    {
        WithWebSocket();
        Step(new ConnectRequested());
        HandshakeSucceeds(ConnectionTypes.LongPolling);
        Assert.Equal(ConnectionTypes.LongPolling, Last<SendHandshake>().Transport);
    }

    [Fact]
    public void No_common_transport_is_final()
    {
        Step(new ConnectRequested());
        HandshakeSucceeds(ConnectionTypes.None);
        Assert.Equal(BayeuxFaultKind.NoCommonTransport, Last<Ended>().Fault.Kind);
    }

    [Fact]
    public void A_disconnect_by_the_server_ends_the_session()
    {
        Connected();
        Step(new MetaReceived(new BayeuxMessage { Channel = MetaChannel.Disconnect, Successful = true }));
        Assert.Equal(BayeuxFaultKind.ServerDisconnected, Last<Ended>().Fault.Kind);
        Assert.Contains(_effects, effect => effect is ReportState { Change: { Current: BayeuxClientState.Disconnected, Cause: not null } });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disconnect_is_over_with_its_reply_or_its_failure(bool replied)
    {
        Connected();
        Step(new DisconnectRequested());
        Assert.Equal(SessionPhase.Disconnecting, _state.Phase);
        string id = Last<SendDisconnect>().Id;
        Step(replied ? new MetaReceived(new BayeuxMessage { Channel = MetaChannel.Disconnect, Id = id, Successful = true }) : new MetaFailed(id, Down));
        Assert.Equal(SessionPhase.Disconnected, _state.Phase);
        Assert.Contains(_effects, effect => effect is Ended);
    }

    [Fact]
    public void A_late_reply_to_an_aborted_handshake_is_dropped()
    {
        Step(new ConnectRequested());
        string id = _state.OutstandingId!;
        Step(new AbortRequested(Broken));
        Step(new MetaReceived(new BayeuxMessage { Channel = MetaChannel.Handshake, Id = id, Successful = true, ClientId = "late" }));
        Assert.Equal(SessionPhase.Disconnected, _state.Phase);
        Assert.Null(_state.ClientId);
    }

    [Fact]
    public void Ids_are_never_used_twice_not_even_after_a_restart()
    {
        var ids = new HashSet<string>();
        for (int round = 0; round < 3; round++)
        {
            Step(new ConnectRequested());
            Assert.True(ids.Add(_state.OutstandingId!));
            HandshakeSucceeds();
            Assert.True(ids.Add(_state.OutstandingId!));
            Step(new AbortRequested(Broken));
        }
    }

    private void WithWebSocket() => _state = _state with { Policy = _state.Policy with { AllowWebSocket = true } };

    private void Connected()
    {
        Step(new ConnectRequested());
        HandshakeSucceeds();
        ConnectSucceeds(null);
        Assert.Equal(SessionPhase.Connected, _state.Phase);
    }

    private void HandshakeSucceeds(ConnectionTypes types = ConnectionTypes.LongPolling | ConnectionTypes.WebSocket) => Step(new MetaReceived(new BayeuxMessage
    {
        Channel = MetaChannel.Handshake,
        Id = _state.OutstandingId,
        Successful = true,
        ClientId = "client",
        SupportedConnectionTypes = types,
        Advice = new Advice { Reconnect = ReconnectAdvice.Retry },
    }));

    private void HandshakeRefused(Advice? advice) => Step(new MetaReceived(new BayeuxMessage
    {
        Channel = MetaChannel.Handshake,
        Id = _state.OutstandingId,
        Successful = false,
        Error = "403::denied",
        Advice = advice,
    }));

    private void ConnectSucceeds(Advice? advice) => Step(new MetaReceived(new BayeuxMessage
    {
        Channel = MetaChannel.Connect,
        Id = _state.OutstandingId,
        Successful = true,
        Advice = advice,
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
        Assert.True(_effects.Count(effect => effect is SendConnect or SendHandshake or Schedule) <= 1, "Only one thing may follow in the loop.");
    }
}

using System.Collections.Immutable;
using System.Globalization;
using ChatGen.Bayeux.Protocol;
using static ChatGen.Bayeux.Session.ReconnectionRules;

namespace ChatGen.Bayeux.Session;

/// <summary>The connect loop as a function: handshake, connect, advice, failures, negotiation, disconnect. It knows no sockets and no clock.</summary>
internal static class SessionReducer
{
    // A server that refuses connects but never says to handshake would otherwise be asked for ever.
    private const int MaxRefusalsWithoutAdvice = 3;

    // After as many an upgrade that breaks is no passing trouble of the network's.
    private const int MaxUpgradeFailures = 4;

    // An answer may have been damaged on the way; one that comes like this every time is what the server has to say.
    private const int MaxUnreadable = 3;

    // What a server announces is not waited for without end.
    private const int MaxDeliveredMessages = 100_000;

    /// <summary>What follows from something that happened.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">When, on a clock that never goes back.</param>
    public static SessionTransition Step(SessionState state, SessionInput input, TimeSpan now)
    {
        SessionTransition next = input switch
        {
            SessionInput.ConnectRequested => OnConnectRequested(state),
            SessionInput.ResumeRequested resume => OnResumeRequested(state, resume.Snapshot, now),
            SessionInput.DisconnectRequested => OnDisconnectRequested(state),
            SessionInput.AbortRequested abort => End(state, abort.Fault, isFailure: false),
            SessionInput.AdviceReceived advised => new(IsConnectPhase(state.Phase) ? WithAdvice(state, advised.Advice) : state, []),
            SessionInput.MetaReceived received => OnMeta(state, received.Message, now),
            SessionInput.MetaFailed failed => OnFailed(state, failed, now),
            SessionInput.EventReceived => OnEventReceived(state, now),
            SessionInput.DelayElapsed => OnDelayElapsed(state, now),
            _ => throw new ArgumentException("Not an input of the session.", nameof(input)),
        };

        ImmutableArray<SessionEffect> reports = [];
        if (next.Fault is { } fault)
        {
            reports = reports.Add(new SessionEffect.ReportFault(fault));
        }

        BayeuxClientState before = state.ClientState;
        BayeuxClientState after = next.State.ClientState;
        if (before != after)
        {
            reports = reports.Add(new SessionEffect.ReportState(new BayeuxStateChange(before, after, next.State.SessionNumber, next.Fault)));
        }

        return reports.IsEmpty ? next : next with { Effects = reports.AddRange(next.Effects) };
    }

    private static SessionTransition OnConnectRequested(SessionState state) => state.Phase == SessionPhase.Disconnected
        ? Handshake(Begin(state))
        : new(state, []);

    private static SessionTransition OnResumeRequested(SessionState state, BayeuxSnapshot snapshot, TimeSpan now)
    {
        if (state.Phase != SessionPhase.Disconnected)
        {
            return new(state, []);
        }

        ConnectionTypes transport = state.Policy.AllowWebSocket ? snapshot.Transport : ConnectionTypes.LongPolling;
        return Connect(Begin(state) with
        {
            // Until the server has confirmed the session nothing else may be sent.
            Phase = SessionPhase.Unconnected,
            Resuming = true,
            ClientId = snapshot.ClientId,
            Transport = transport,
            HandshakeTransport = snapshot.HandshakeTransport,
            AckSupported = snapshot.AckBatch is not null,
            AckBatch = snapshot.AckBatch ?? 0,
            Advice = new Advice { Interval = snapshot.Interval, Timeout = snapshot.Timeout, MaxInterval = snapshot.MaxInterval },
            Host = snapshot.Host,
            ServerTypes = snapshot.ServerHasWebSocket ? ConnectionTypes.WebSocket | ConnectionTypes.LongPolling : ConnectionTypes.LongPolling,
            WebSocketAccepted = transport == ConnectionTypes.WebSocket,

            // The other client must have had a reason for long-polling, which may pass.
            WebSocketRetryAt = transport == ConnectionTypes.LongPolling ? SessionTime.After(now, state.Policy.WebSocketRetryInterval) : null,
            SessionNumber = state.SessionNumber + 1,
        });
    }

    private static SessionState Begin(SessionState state) => state with
    {
        Established = false,
        Attempts = 0,
        Failures = 0,
        Refusals = 0,
        Rehandshakes = 0,
        Resuming = false,
        Host = null,
        Hosts = [],
        WebSocketAccepted = state.Policy.AllowWebSocket,
        WebSocketRetryAt = null,
    };

    private static SessionTransition OnDisconnectRequested(SessionState state)
    {
        if (state.Phase == SessionPhase.Disconnecting)
        {
            return new(state, []);
        }

        if (state.ClientId is null)
        {
            return End(state, SessionFault.DisconnectedByUser, isFailure: false);
        }

        string id = "d" + state.NextId.ToString(CultureInfo.InvariantCulture);
        return new(
            state with { Phase = SessionPhase.Disconnecting, DisconnectId = id, NextId = state.NextId + 1 },
            [new SessionEffect.CancelSchedule(), new SessionEffect.SendDisconnect(id)]);
    }

    private static SessionTransition OnMeta(SessionState state, in BayeuxMessage message, TimeSpan now) => message.Channel switch
    {
        MetaChannel.Handshake when state.Phase == SessionPhase.Handshaking && Matches(state, message) => OnHandshakeReply(state, message, now),
        MetaChannel.Connect when IsConnectPhase(state.Phase) && Matches(state, message) => OnConnectReply(state with { OutstandingId = null }, message, now),
        MetaChannel.Disconnect => OnDisconnectMessage(state, message),
        _ => new(state, []),
    };

    // Another id belongs to a request that was given up (Bayeux rule 21).
    private static bool Matches(SessionState state, in BayeuxMessage message) => state.OutstandingId is not null && message.Id == state.OutstandingId;

    private static bool IsConnectPhase(SessionPhase phase) => phase is SessionPhase.Connecting or SessionPhase.Connected or SessionPhase.Unconnected;

    private static SessionTransition OnHandshakeReply(SessionState state, in BayeuxMessage reply, TimeSpan now)
    {
        state = WithAdvice(state with { OutstandingId = null, Advice = Advice.Default }, reply.Advice);
        if (reply.Successful != true)
        {
            BayeuxFault fault = SessionFault.HandshakeRejected(reply.Error);
            return state.Advice.For(state.Transport) is { Reconnect: ReconnectAdvice.None } or { Interval.Ticks: < 0 } ? End(state, fault) : AttemptFailed(state, fault);
        }

        if (reply.SupportedConnectionTypes is { } types && !types.HasFlag(state.Transport))
        {
            // A session that was begun over WebSocket cannot go on over long-polling, since it has no cookie there (Bayeux rule 55).
            return state.Transport == ConnectionTypes.WebSocket && types.HasFlag(ConnectionTypes.LongPolling)
                ? Handshake(WithoutWebSocket(state, now))
                : End(state, SessionFault.NoCommonTransport);
        }

        if (string.IsNullOrEmpty(reply.ClientId))
        {
            return AttemptFailed(state, SessionFault.NoClientId);
        }

        if (state.Advice.For(state.Transport) is { Reconnect: ReconnectAdvice.None } or { Interval.Ticks: < 0 })
        {
            return End(state, SessionFault.ServerForbidsConnect);
        }

        AckReply ack = AckReply.Read(reply.Ext.Span);
        state = state with
        {
            Phase = SessionPhase.Connecting,
            ClientId = reply.ClientId,
            SessionNumber = state.SessionNumber + 1,
            Resuming = false,
            HandshakeTransport = state.Transport,
            ServerTypes = reply.SupportedConnectionTypes ?? ConnectionTypes.None,
            AckSupported = state.Policy.OfferAck && ack.IsSupported,
            AckBatch = ack.Batch ?? 0,
            AwaitedMessages = Math.Max(0, Math.Min(reply.DeliveredMessages, MaxDeliveredMessages) - state.EarlyMessages),
            EarlyMessages = 0,
            WebSocketProven = state.WebSocketProven || state.Transport == ConnectionTypes.WebSocket,

            // A stale "handshake" on a successful handshake must not lead to another one.
            Advice = WithoutReconnect(state.Advice),
        };
        SessionTransition next = state.AwaitedMessages > 0
            ? new(state, [new SessionEffect.Schedule(state.Policy.MaxNetworkDelay, state.Policy.MaxNetworkDelay)])
            : ConnectAfterInterval(state, now);
        return Then(new SessionEffect.ReleaseMessages(NewSession: true), next);
    }

    private static SessionTransition OnEventReceived(SessionState state, TimeSpan now)
    {
        if (state.Phase == SessionPhase.Handshaking)
        {
            return new(state with { EarlyMessages = Math.Min(state.EarlyMessages + 1, MaxDeliveredMessages) }, []);
        }

        if (state.AwaitedMessages == 0)
        {
            return new(state, []);
        }

        state = state with { AwaitedMessages = state.AwaitedMessages - 1 };
        return state.AwaitedMessages > 0 ? new(state, []) : Then(new SessionEffect.CancelSchedule(), ConnectAfterInterval(state, now));
    }

    private static SessionTransition OnConnectReply(SessionState state, in BayeuxMessage reply, TimeSpan now)
    {
        state = WithAdvice(state, reply.Advice);
        Advice advice = state.Advice.For(state.Transport);
        ReconnectAdvice action = advice.Interval < TimeSpan.Zero ? ReconnectAdvice.None : advice.Reconnect ?? ReconnectAdvice.Retry;
        if (reply.Successful == true)
        {
            if (state.AckSupported && AckReply.Read(reply.Ext.Span).Batch is { } batch)
            {
                state = state with { AckBatch = batch };
            }

            return action switch
            {
                ReconnectAdvice.Handshake => Rehandshake(state, null),
                ReconnectAdvice.None => End(state, SessionFault.ServerForbidsConnect),
                _ => OnConnected(state, now),
            };
        }

        BayeuxFault fault = SessionFault.ConnectRejected(reply.Error, state);
        state = state with { Refusals = reply.Advice is null ? state.Refusals + 1 : 0 };
        return action switch
        {
            ReconnectAdvice.Handshake => Rehandshake(state, fault),
            ReconnectAdvice.None => End(state, fault),
            _ when state.Refusals >= MaxRefusalsWithoutAdvice => Rehandshake(state with { Refusals = 0 }, fault),
            _ => ConnectFailed(state, fault, now),
        };
    }

    private static SessionTransition OnConnected(SessionState state, TimeSpan now)
    {
        bool first = !state.Established;
        state = state with
        {
            Phase = SessionPhase.Connected,
            Established = true,
            Failures = 0,
            Refusals = 0,
            Unreadable = 0,
            Rehandshakes = state.OutstandingImmediate ? state.Rehandshakes : 0,
            UnconnectedSince = null,
            Resuming = false,
            Upgrading = false,
            WebSocketProven = state.WebSocketProven || state.Transport == ConnectionTypes.WebSocket,
            WebSocketRetryAt = state.Transport == ConnectionTypes.WebSocket ? null : state.WebSocketRetryAt,
        };
        SessionTransition next = Then(new SessionEffect.ReleaseMessages(NewSession: false), ConnectAfterInterval(state, now));
        return first ? Then(new SessionEffect.ConnectSucceeded(), next) : next;
    }

    private static SessionTransition OnDisconnectMessage(SessionState state, in BayeuxMessage message)
    {
        if (state.Phase == SessionPhase.Disconnecting)
        {
            // Whatever the reply says, or if the server was quicker with its own: the session is over.
            return End(state, SessionFault.DisconnectedByUser, isFailure: false);
        }

        return message.Id is null && state.ClientId is not null ? End(state, SessionFault.ServerDisconnected) : new(state, []);
    }

    private static SessionTransition OnFailed(SessionState state, SessionInput.MetaFailed failed, TimeSpan now)
    {
        if (state.Phase == SessionPhase.Disconnecting && failed.Id == state.DisconnectId)
        {
            return End(state, SessionFault.DisconnectedByUser, isFailure: false);
        }

        if (failed.Id != state.OutstandingId)
        {
            return new(state, []);
        }

        state = state with { OutstandingId = null };
        return state.Phase switch
        {
            SessionPhase.Handshaking => HandshakeFailed(state, failed.Fault, now),
            SessionPhase.Disconnecting => new(state, []),
            _ => ConnectFailed(state, failed.Fault, now),
        };
    }

    private static SessionTransition HandshakeFailed(SessionState state, BayeuxFault fault, TimeSpan now)
    {
        // No connection at all says nothing against WebSocket: the server is down, and would be for long-polling too.
        bool webSocketToBlame = state.Transport == ConnectionTypes.WebSocket
            && (fault.Kind is not (BayeuxFaultKind.Unreachable or BayeuxFaultKind.HttpStatus) || state.Policy.WebSocketElsewhere)
            && (!state.WebSocketProven || fault.Kind == BayeuxFaultKind.WebSocketUnavailable || state.Failures >= MaxUpgradeFailures);
        return webSocketToBlame
            ? Handshake(WithoutWebSocket(state, now)) with { Fault = fault }
            : AttemptFailed(state, fault);
    }

    /// <summary>A handshake has failed over every transport that it could use.</summary>
    private static SessionTransition AttemptFailed(SessionState state, BayeuxFault fault)
    {
        state = state with
        {
            Attempts = state.Attempts + 1,
            Failures = state.Failures + 1,
            Host = NextHost(state),

            // That long-polling has failed too says that the server is to blame, not WebSocket.
            WebSocketAccepted = state.Policy.AllowWebSocket,
            WebSocketRetryAt = null,
        };
        if (!state.Established && state.Attempts >= state.Policy.MaxConnectAttempts)
        {
            return End(state, fault);
        }

        return DelayHandshake(state, state.Failures, fault);
    }

    private static SessionTransition ConnectFailed(SessionState state, BayeuxFault fault, TimeSpan now)
    {
        if (state.Upgrading || (fault.Kind == BayeuxFaultKind.WebSocketUnavailable && state.HandshakeTransport == ConnectionTypes.LongPolling))
        {
            // The session was begun over long-polling, so it can go back there as if nothing had happened.
            SessionTransition back = Connect(WithoutWebSocket(state, now) with { Transport = ConnectionTypes.LongPolling, Upgrading = false });

            // That another try was in vain is no news.
            return Then(new SessionEffect.LeaveWebSocket(), back) with { Fault = state.Upgrading ? null : fault };
        }

        state = state with
        {
            Phase = SessionPhase.Unconnected,
            Attempts = state.Attempts + 1,
            Failures = state.Failures + 1,
            UnconnectedSince = state.UnconnectedSince ?? now,
            Unreadable = fault.Kind is BayeuxFaultKind.InvalidResponse or BayeuxFaultKind.ResponseTooLarge ? state.Unreadable + 1 : 0,
        };
        if (!state.Established && state.Attempts >= state.Policy.MaxConnectAttempts)
        {
            return End(state, fault);
        }

        if (state is { AckSupported: true, Unreadable: >= MaxUnreadable })
        {
            // What cannot be read cannot be acknowledged: only a new session gets past it.
            return DelayHandshake(state with { Unreadable = 0, WebSocketAccepted = state.Policy.AllowWebSocket }, state.Failures, fault);
        }

        if (fault.IsOfUpgrade && state.Failures >= MaxUpgradeFailures && now - state.UnconnectedSince >= state.Policy.MaxNetworkDelay)
        {
            // Something on the way may let no WebSocket through any more, so that the session cannot be reached; a handshake may go over long-polling.
            return DelayHandshake(state, state.Failures, fault);
        }

        if (fault.Kind == BayeuxFaultKind.WebSocketUnavailable)
        {
            return DelayHandshake(WithoutWebSocket(state, now), state.Failures, fault);
        }

        (TimeSpan atLeast, TimeSpan atMost) = Delay(state, state.Failures, fault);
        Advice advice = state.Advice.For(state.Transport);
        if (advice.MaxInterval > TimeSpan.Zero
            && now - state.UnconnectedSince + atMost > advice.Timeout + Positive(advice.Interval) + advice.MaxInterval)
        {
            // The server has forgotten the session by then (Bayeux rule 27).
            return DelayHandshake(state with { WebSocketAccepted = state.Policy.AllowWebSocket }, state.Failures, fault);
        }

        return new(state, [new SessionEffect.Schedule(atLeast, atMost)], fault);
    }

    /// <summary>The server wants another handshake: at once the first time, later and later if sessions do not last.</summary>
    private static SessionTransition Rehandshake(SessionState state, BayeuxFault? fault)
    {
        state = state with
        {
            // That a session which was taken over is gone by now is no failure to connect, nor is being sent elsewhere.
            Attempts = state.Resuming || (fault is null && state.Rehandshakes == 0) ? state.Attempts : state.Attempts + 1,
            Resuming = false,
            Rehandshakes = state.Rehandshakes + 1,
            Host = state.Hosts.Count > 0 && (state.Host is null || !state.Hosts.Contains(state.Host)) ? state.Hosts[0] : state.Host,
            WebSocketAccepted = state.Policy.AllowWebSocket,
        };
        if (!state.Established && state.Attempts >= state.Policy.MaxConnectAttempts)
        {
            return End(state, fault ?? SessionFault.SentAway);
        }

        return state.Rehandshakes == 1
            ? Handshake(state) with { Fault = fault }
            : DelayHandshake(state, state.Rehandshakes - 1, fault);
    }

    private static SessionTransition DelayHandshake(SessionState state, int failures, BayeuxFault? fault)
    {
        (TimeSpan atLeast, TimeSpan atMost) = Delay(state, failures, fault);
        return new(
            state with { Phase = SessionPhase.HandshakeDelayed, ClientId = null, UnconnectedSince = null, AwaitedMessages = 0, Upgrading = false },
            [new SessionEffect.Schedule(atLeast, atMost)],
            fault);
    }

    private static SessionTransition OnDelayElapsed(SessionState state, TimeSpan now) => state.Phase switch
    {
        SessionPhase.HandshakeDelayed => Handshake(state),
        SessionPhase.Connecting or SessionPhase.Connected or SessionPhase.Unconnected when state.OutstandingId is null =>
            Connect(UpgradedIfDue(state with { AwaitedMessages = 0 }, now)),
        _ => new(state, []),
    };

    private static SessionTransition Handshake(SessionState state)
    {
        string id = "h" + state.NextId.ToString(CultureInfo.InvariantCulture);
        ConnectionTypes transport = state.WebSocketAccepted ? ConnectionTypes.WebSocket : ConnectionTypes.LongPolling;
        ConnectionTypes offered = state.WebSocketAccepted ? ConnectionTypes.WebSocket | ConnectionTypes.LongPolling : ConnectionTypes.LongPolling;
        return new(
            state with
            {
                Phase = SessionPhase.Handshaking,
                ClientId = null,
                Advice = Advice.Default,
                Transport = transport,
                Upgrading = false,
                AckSupported = false,
                AckBatch = 0,
                AwaitedMessages = 0,
                EarlyMessages = 0,
                OutstandingId = id,
                NextId = state.NextId + 1,
                UnconnectedSince = null,
            },
            [new SessionEffect.SendHandshake(id, transport, offered, state.Policy.OfferAck)]);
    }

    private static SessionTransition ConnectAfterInterval(SessionState state, TimeSpan now) => state.Advice.For(state.Transport).Interval is { Ticks: > 0 } interval
        ? new(state, [new SessionEffect.Schedule(interval, interval)])
        : Connect(UpgradedIfDue(state, now));

    private static SessionTransition Connect(SessionState state)
    {
        string id = "c" + state.NextId.ToString(CultureInfo.InvariantCulture);
        bool immediate = state.Phase != SessionPhase.Connected || state.Upgrading;
        return new(
            state with { OutstandingId = id, OutstandingImmediate = immediate, NextId = state.NextId + 1 },
            [
                new SessionEffect.SendConnect(
                    id,
                    state.Transport,
                    immediate,
                    immediate ? TimeSpan.Zero : Positive(state.Advice.For(state.Transport).Timeout),
                    state.AckSupported ? state.AckBatch : null),
            ]);
    }

    private static SessionTransition End(SessionState state, BayeuxFault fault, bool isFailure = true) => new(
        state with
        {
            Phase = SessionPhase.Disconnected,
            ClientId = null,
            OutstandingId = null,
            DisconnectId = null,
            UnconnectedSince = null,
            AwaitedMessages = 0,
            Upgrading = false,
            Resuming = false,
        },
        [new SessionEffect.CancelSchedule(), new SessionEffect.Close(fault), new SessionEffect.Ended(fault)],
        isFailure ? fault : null);

    private static SessionTransition Then(SessionEffect effect, SessionTransition rest) => rest with { Effects = rest.Effects.Insert(0, effect) };
}

using System.Collections.Immutable;
using System.Globalization;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>The connect loop as a function: handshake, connect, advice, failures, negotiation, disconnect. It knows no sockets and no clock.</summary>
internal static class SessionReducer
{
    // A server that refuses connects but never says to handshake would otherwise be asked for ever.
    private const int MaxRefusalsWithoutAdvice = 3;

    /// <summary>What follows from something that happened.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">When, on a clock that never goes back.</param>
    public static SessionTransition Step(SessionState state, SessionInput input, TimeSpan now)
    {
        SessionTransition next = input switch
        {
            SessionInput.ConnectRequested => OnConnectRequested(state),
            SessionInput.DisconnectRequested => OnDisconnectRequested(state),
            SessionInput.AbortRequested abort => End(state, abort.Fault, isFailure: false),
            SessionInput.AdviceReceived advised => new(IsConnectPhase(state.Phase) ? state with { Advice = advised.Advice } : state, []),
            SessionInput.MetaReceived received => OnMeta(state, received.Message, now),
            SessionInput.MetaFailed failed => OnFailed(state, failed, now),
            SessionInput.DelayElapsed => OnDelayElapsed(state),
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
        ? Handshake(state with { Established = false, Attempts = 0, Failures = 0, Refusals = 0, Rehandshakes = 0, WebSocketAccepted = state.Policy.AllowWebSocket })
        : new(state, []);

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
        MetaChannel.Handshake when state.Phase == SessionPhase.Handshaking && Matches(state, message) => OnHandshakeReply(state, message),
        MetaChannel.Connect when IsConnectPhase(state.Phase) && Matches(state, message) => OnConnectReply(state with { OutstandingId = null }, message, now),
        MetaChannel.Disconnect => OnDisconnectMessage(state, message),
        _ => new(state, []),
    };

    // Some servers leave the id out; a wrong one belongs to a request that was given up (Bayeux rule 21).
    private static bool Matches(SessionState state, in BayeuxMessage message) =>
        state.OutstandingId is not null && (message.Id is null || message.Id == state.OutstandingId);

    private static bool IsConnectPhase(SessionPhase phase) => phase is SessionPhase.Connecting or SessionPhase.Connected or SessionPhase.Unconnected;

    private static SessionTransition OnHandshakeReply(SessionState state, in BayeuxMessage reply)
    {
        state = state with { OutstandingId = null, Advice = reply.Advice ?? Advice.Default };
        if (reply.Successful != true)
        {
            BayeuxFault fault = SessionFault.HandshakeRejected(reply.Error);
            return reply.Advice?.Reconnect == ReconnectAdvice.None ? End(state, fault) : AttemptFailed(state, fault);
        }

        if (reply.SupportedConnectionTypes is { } types && !types.HasFlag(state.Transport))
        {
            // A session that was begun over WebSocket cannot go on over long-polling, since it has no cookie there (Bayeux rule 55).
            return state.Transport == ConnectionTypes.WebSocket && types.HasFlag(ConnectionTypes.LongPolling)
                ? Handshake(state with { WebSocketAccepted = false })
                : End(state, SessionFault.NoCommonTransport);
        }

        if (string.IsNullOrEmpty(reply.ClientId))
        {
            return AttemptFailed(state, SessionFault.NoClientId);
        }

        if (reply.Advice is { Reconnect: ReconnectAdvice.None } or { Interval.Ticks: < 0 })
        {
            return End(state, SessionFault.ServerForbidsConnect);
        }

        state = state with
        {
            Phase = SessionPhase.Connecting,
            ClientId = reply.ClientId,
            SessionNumber = state.SessionNumber + 1,
            WebSocketProven = state.WebSocketProven || state.Transport == ConnectionTypes.WebSocket,

            // A stale "handshake" on a successful handshake must not lead to another one.
            Advice = state.Advice with { Reconnect = null },
        };
        return Then(new SessionEffect.ReleaseMessages(NewSession: true), ConnectAfterInterval(state));
    }

    private static SessionTransition OnConnectReply(SessionState state, in BayeuxMessage reply, TimeSpan now)
    {
        state = state with { Advice = reply.Advice ?? state.Advice };
        ReconnectAdvice action = state.Advice.Interval < TimeSpan.Zero ? ReconnectAdvice.None : state.Advice.Reconnect ?? ReconnectAdvice.Retry;
        if (reply.Successful == true)
        {
            return action switch
            {
                ReconnectAdvice.Handshake => Rehandshake(state, null),
                ReconnectAdvice.None => End(state, SessionFault.ServerForbidsConnect),
                _ => OnConnected(state),
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

    private static SessionTransition OnConnected(SessionState state)
    {
        bool first = !state.Established;
        state = state with
        {
            Phase = SessionPhase.Connected,
            Established = true,
            Failures = 0,
            Refusals = 0,
            Rehandshakes = state.OutstandingImmediate ? state.Rehandshakes : 0,
            UnconnectedSince = null,
        };
        SessionTransition next = Then(new SessionEffect.ReleaseMessages(NewSession: false), ConnectAfterInterval(state));
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
            SessionPhase.Handshaking => HandshakeFailed(state, failed.Fault),
            SessionPhase.Disconnecting => new(state, []),
            _ => ConnectFailed(state, failed.Fault, now),
        };
    }

    private static SessionTransition HandshakeFailed(SessionState state, BayeuxFault fault)
    {
        // No connection at all says nothing against WebSocket: the server is down, and would be for long-polling too.
        bool webSocketToBlame = state.Transport == ConnectionTypes.WebSocket
            && fault.Kind != BayeuxFaultKind.Unreachable
            && (!state.WebSocketProven || fault.Kind == BayeuxFaultKind.WebSocketUnavailable);
        return webSocketToBlame
            ? Handshake(state with { WebSocketAccepted = false }) with { Fault = fault }
            : AttemptFailed(state, fault);
    }

    /// <summary>A handshake has failed over every transport that it could use.</summary>
    private static SessionTransition AttemptFailed(SessionState state, BayeuxFault fault)
    {
        state = state with { Attempts = state.Attempts + 1, Failures = state.Failures + 1, WebSocketAccepted = state.Policy.AllowWebSocket };
        if (!state.Established && state.Attempts >= state.Policy.MaxConnectAttempts)
        {
            return End(state, fault);
        }

        return DelayHandshake(state, state.Failures, fault);
    }

    private static SessionTransition ConnectFailed(SessionState state, BayeuxFault fault, TimeSpan now)
    {
        state = state with
        {
            Phase = SessionPhase.Unconnected,
            Attempts = state.Attempts + 1,
            Failures = state.Failures + 1,
            UnconnectedSince = state.UnconnectedSince ?? now,
        };
        if (!state.Established && state.Attempts >= state.Policy.MaxConnectAttempts)
        {
            return End(state, fault);
        }

        if (fault.Kind == BayeuxFaultKind.WebSocketUnavailable)
        {
            return DelayHandshake(state with { WebSocketAccepted = false }, state.Failures, fault);
        }

        (TimeSpan atLeast, TimeSpan atMost) = Backoff.After(state.Failures, state.Policy);
        TimeSpan interval = Positive(state.Advice.Interval);
        Advice advice = state.Advice;
        if (advice.MaxInterval > TimeSpan.Zero
            && now - state.UnconnectedSince + atMost > advice.Timeout + interval + advice.MaxInterval)
        {
            // The server has forgotten the session by then (Bayeux rule 27).
            return DelayHandshake(state with { WebSocketAccepted = state.Policy.AllowWebSocket }, state.Failures, fault);
        }

        return new(state, [new SessionEffect.Schedule(interval + atLeast, interval + atMost)], fault);
    }

    /// <summary>The server wants another handshake: at once the first time, later and later if sessions do not last.</summary>
    private static SessionTransition Rehandshake(SessionState state, BayeuxFault? fault)
    {
        state = state with
        {
            Attempts = state.Attempts + 1,
            Rehandshakes = state.Rehandshakes + 1,
            WebSocketAccepted = state.Policy.AllowWebSocket,
        };
        if (!state.Established && state.Attempts >= state.Policy.MaxConnectAttempts)
        {
            return End(state, fault ?? SessionFault.ConnectRejected(null, state));
        }

        return state.Rehandshakes == 1
            ? Handshake(state) with { Fault = fault }
            : DelayHandshake(state, state.Rehandshakes - 1, fault);
    }

    private static SessionTransition DelayHandshake(SessionState state, int failures, BayeuxFault? fault)
    {
        (TimeSpan atLeast, TimeSpan atMost) = Backoff.After(failures, state.Policy);
        TimeSpan interval = Positive(state.Advice.Interval);
        return new(
            state with { Phase = SessionPhase.HandshakeDelayed, ClientId = null, UnconnectedSince = null },
            [new SessionEffect.Schedule(interval + atLeast, interval + atMost)],
            fault);
    }

    private static SessionTransition OnDelayElapsed(SessionState state) => state.Phase switch
    {
        SessionPhase.HandshakeDelayed => Handshake(state),
        SessionPhase.Connecting or SessionPhase.Connected or SessionPhase.Unconnected when state.OutstandingId is null => Connect(state),
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
                OutstandingId = id,
                NextId = state.NextId + 1,
                UnconnectedSince = null,
            },
            [new SessionEffect.SendHandshake(id, transport, offered)]);
    }

    private static SessionTransition ConnectAfterInterval(SessionState state) => state.Advice.Interval > TimeSpan.Zero
        ? new(state, [new SessionEffect.Schedule(state.Advice.Interval, state.Advice.Interval)])
        : Connect(state);

    private static SessionTransition Connect(SessionState state)
    {
        string id = "c" + state.NextId.ToString(CultureInfo.InvariantCulture);
        bool immediate = state.Phase != SessionPhase.Connected;
        return new(
            state with { OutstandingId = id, OutstandingImmediate = immediate, NextId = state.NextId + 1 },
            [new SessionEffect.SendConnect(id, immediate, immediate ? TimeSpan.Zero : Positive(state.Advice.Timeout))]);
    }

    private static SessionTransition End(SessionState state, BayeuxFault fault, bool isFailure = true) => new(
        state with { Phase = SessionPhase.Disconnected, ClientId = null, OutstandingId = null, DisconnectId = null, UnconnectedSince = null },
        [new SessionEffect.CancelSchedule(), new SessionEffect.Close(fault), new SessionEffect.Ended(fault)],
        isFailure ? fault : null);

    private static SessionTransition Then(SessionEffect effect, SessionTransition rest) => rest with { Effects = rest.Effects.Insert(0, effect) };

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}

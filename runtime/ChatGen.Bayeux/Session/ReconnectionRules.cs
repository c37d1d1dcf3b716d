using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>How advice, failures and time choose when, where and over what is connected next. What follows from it is the reducer's.</summary>
internal static class ReconnectionRules
{
    /// <summary>Bounds of the delay after failures: the advised interval and the backoff, or what the server has asked for if that is more.</summary>
    public static (TimeSpan AtLeast, TimeSpan AtMost) Delay(SessionState state, int failures, BayeuxFault? fault)
    {
        (TimeSpan atLeast, TimeSpan atMost) = Backoff.After(failures, state.Policy);
        TimeSpan interval = Positive(state.Advice.For(state.Transport).Interval);

        // All clients of a server have been told the same, so chance comes on top.
        return fault?.RetryAfter is { } retryAfter && retryAfter > interval + atLeast
            ? (retryAfter, retryAfter + atMost)
            : (interval + atLeast, interval + atMost);
    }

    /// <summary>Lets the next connect try WebSocket, if that is due and the session allows it.</summary>
    public static SessionState UpgradedIfDue(SessionState state, TimeSpan now) =>
        state is { Phase: SessionPhase.Connected, Transport: ConnectionTypes.LongPolling, WebSocketRetryAt: { } retryAt }
        && state.Policy.AllowWebSocket
        && state.ServerTypes.HasFlag(ConnectionTypes.WebSocket)
        && retryAt <= now
            ? state with { Transport = ConnectionTypes.WebSocket, Upgrading = true }
            : state;

    public static SessionState WithoutWebSocket(SessionState state, TimeSpan now) =>
        state with { WebSocketAccepted = false, WebSocketRetryAt = SessionTime.After(now, state.Policy.WebSocketRetryInterval) };

    public static Advice WithoutReconnect(Advice advice) => advice with
    {
        Reconnect = null,
        LongPolling = advice.LongPolling is { } longPolling ? longPolling with { Reconnect = null } : null,
        WebSocket = advice.WebSocket is { } webSocket ? webSocket with { Reconnect = null } : null,
    };

    public static SessionState WithAdvice(SessionState state, Advice? advice) => advice is null
        ? state
        : state with { Advice = advice, Hosts = advice.Hosts.Count > 0 ? advice.Hosts : state.Hosts };

    /// <summary>Where to try next: the advised hosts in order, then the configured one again (Bayeux rule 29).</summary>
    public static string? NextHost(SessionState state)
    {
        for (int i = 0; i < state.Hosts.Count; i++)
        {
            if (state.Hosts[i] == state.Host)
            {
                return i + 1 < state.Hosts.Count ? state.Hosts[i + 1] : null;
            }
        }

        return state.Hosts.Count > 0 ? state.Hosts[0] : null;
    }

    public static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}

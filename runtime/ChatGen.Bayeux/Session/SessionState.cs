using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>All that the connect loop knows.</summary>
/// <remarks>A class with <c>with</c>, but its <c>ToString</c> is cut short: the client id admits to the session.</remarks>
internal sealed record SessionState
{
    public required SessionPolicy Policy { get; init; }

    public SessionPhase Phase { get; init; }

    public string? ClientId { get; init; }

    public Advice Advice { get; init; } = Advice.Default;

    /// <summary>Transport of the session, or of the handshake that is under way.</summary>
    public ConnectionTypes Transport { get; init; }

    /// <summary>
    /// Transport of the session's handshake. A session that was begun over long-polling can move to WebSocket and back, one that was begun over
    /// WebSocket has no cookie to go on with over long-polling (Bayeux rule 55).
    /// </summary>
    public ConnectionTypes HandshakeTransport { get; init; }

    /// <summary>Whether the connect under way tries whether WebSocket works by now, for a session that uses long-polling.</summary>
    public bool Upgrading { get; init; }

    /// <summary>What the server has said that it supports; none before it has.</summary>
    public ConnectionTypes ServerTypes { get; init; }

    /// <summary>Whether the server numbers what it sends, so that it can be acknowledged.</summary>
    public bool AckSupported { get; init; }

    /// <summary>Number of the last batch that arrived whole.</summary>
    public long AckBatch { get; init; }

    /// <summary>Messages that the handshake's reply has announced and that the first connect still waits for (Bayeux rule 19).</summary>
    public int AwaitedMessages { get; init; }

    /// <summary>Messages that arrived before the reply of the handshake that is under way.</summary>
    public int EarlyMessages { get; init; }

    /// <summary>Hosts that may be gone to, the newest advice's.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Which of <see cref="Hosts"/> is talked to; <see langword="null"/> for the configured one.</summary>
    public string? Host { get; init; }

    /// <summary>Whether the session was taken over from another client, and the server has not confirmed it yet.</summary>
    public bool Resuming { get; init; }

    /// <summary>Id of the handshake or connect that is under way: there is at most one of either (Bayeux rule 21).</summary>
    public string? OutstandingId { get; init; }

    /// <summary>Whether the connect under way asked to be answered at once.</summary>
    public bool OutstandingImmediate { get; init; }

    public string? DisconnectId { get; init; }

    /// <summary>Number of the next meta message. Never starts over (Bayeux rule 3).</summary>
    public long NextId { get; init; } = 1;

    /// <summary>Whether the user's connect has succeeded, so that the client goes on for ever.</summary>
    public bool Established { get; init; }

    /// <summary>Failed attempts while the user's connect has not succeeded.</summary>
    public int Attempts { get; init; }

    /// <summary>Failures in a row; any successful connect ends the row (Bayeux rule 26).</summary>
    public int Failures { get; init; }

    /// <summary>Connects in a row that the server refused without any advice.</summary>
    public int Refusals { get; init; }

    /// <summary>Connects in a row whose answer could not be read. With acknowledgement the same answer comes again and again.</summary>
    public int Unreadable { get; init; }

    /// <summary>
    /// Handshakes by the server's advice in a row. Only a connect that the server held ends the row: the first connect of each session is
    /// answered at once even by a server that has forgotten the session a moment later.
    /// </summary>
    public int Rehandshakes { get; init; }

    /// <summary>Handshakes that have succeeded.</summary>
    public int SessionNumber { get; init; }

    /// <summary>When the connect loop broke, on the clock that <see cref="SessionReducer.Step"/> is given; <see langword="null"/> while it runs.</summary>
    public TimeSpan? UnconnectedSince { get; init; }

    /// <summary>Whether the next handshake may try WebSocket.</summary>
    public bool WebSocketAccepted { get; init; }

    /// <summary>Until when long-polling is kept to; <see langword="null"/> if WebSocket was not found wanting.</summary>
    public TimeSpan? WebSocketRetryAt { get; init; }

    /// <summary>Whether a handshake over WebSocket has ever succeeded, so that it is worth insisting on (Bayeux rule 52).</summary>
    public bool WebSocketProven { get; init; }

    /// <summary>Whether messages of the application may be sent (Bayeux rule 14).</summary>
    public bool CanSend => Phase is SessionPhase.Connecting or SessionPhase.Connected or SessionPhase.Disconnecting;

    /// <summary>Whether messages of the application are taken, to be sent now or later.</summary>
    public bool Accepts => Phase is not (SessionPhase.Disconnected or SessionPhase.Disconnecting);

    public BayeuxClientState ClientState => Phase switch
    {
        SessionPhase.Disconnected => BayeuxClientState.Disconnected,
        SessionPhase.Connected => BayeuxClientState.Connected,
        SessionPhase.Disconnecting => BayeuxClientState.Disconnecting,
        _ => Established ? BayeuxClientState.Reconnecting : BayeuxClientState.Connecting,
    };

    public override string ToString() => Phase.ToString();
}

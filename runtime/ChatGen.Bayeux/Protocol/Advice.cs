namespace ChatGen.Bayeux.Protocol;

/// <summary>What the server asks of the connect loop. A new advice replaces the one before wholly (Bayeux rule 23).</summary>
internal sealed record Advice
{
    /// <summary>What holds until the server says something: connect again at once, held for up to a minute.</summary>
    public static readonly Advice Default = new();

    /// <summary>What to do after a reply; <see langword="null"/> if the advice does not say.</summary>
    public ReconnectAdvice? Reconnect { get; init; }

    /// <summary>Time between a reply and the next connect. Negative: do not connect again (Bayeux rule 30).</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How long the server holds a connect.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after a missing connect the server forgets the session; zero if it does not say (Bayeux rule 27).</summary>
    public TimeSpan MaxInterval { get; init; }

    /// <summary>Whether another session shares this one's cookie, so that the server makes both poll (Bayeux rule 28).</summary>
    public bool MultipleClients { get; init; }

    /// <summary>Hosts that may be gone to when a handshake is due, in order (Bayeux rule 29); each a name with or without a port.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>What holds instead while long-polling is used (Bayeux rule 31).</summary>
    public AdviceSection? LongPolling { get; init; }

    /// <summary>What holds instead while WebSocket is used (Bayeux rule 31).</summary>
    public AdviceSection? WebSocket { get; init; }

    /// <summary>The advice as it holds for a transport.</summary>
    public Advice For(ConnectionTypes transport)
    {
        AdviceSection? section = transport == ConnectionTypes.WebSocket ? WebSocket : LongPolling;
        return section is not { } own
            ? this
            : this with
            {
                Reconnect = own.Reconnect ?? Reconnect,
                Interval = own.Interval ?? Interval,
                Timeout = own.Timeout ?? Timeout,
                MaxInterval = own.MaxInterval ?? MaxInterval,
            };
    }
}

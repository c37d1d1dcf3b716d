namespace ChatGen.Bayeux.Protocol;

/// <summary>A message from the server, with its payload left as UTF-8 in the response that it came in.</summary>
/// <remarks>A plain struct on purpose: a record's <c>ToString</c> would show the client id, which admits to the session.</remarks>
internal readonly struct BayeuxMessage
{
    public required string Channel { get; init; }

    /// <summary>The id; that of an event is left in <see cref="UnreadId"/>.</summary>
    public string? Id { get; init; }

    /// <summary>The id as it stands in the text, which makes no string of it.</summary>
    public ReadOnlyMemory<byte> UnreadId { get; init; }

    public string? ClientId { get; init; }

    /// <summary><see langword="null"/> if the message is no reply.</summary>
    public bool? Successful { get; init; }

    public string? Subscription { get; init; }

    public string? Error { get; init; }

    public Advice? Advice { get; init; }

    /// <summary>What the server supports of what this client knows; <see langword="null"/> if the message does not say.</summary>
    public ConnectionTypes? SupportedConnectionTypes { get; init; }

    /// <summary>The payload; empty if there is none. <c>null</c>, <c>false</c> and <c>0</c> are payloads (Bayeux rule 8).</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The <c>ext</c> member; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Ext { get; init; }

    /// <summary>How many messages a handshake's reply brings with it (Bayeux rule 19).</summary>
    public int DeliveredMessages { get; init; }

    public bool HasData => !Data.IsEmpty;
}

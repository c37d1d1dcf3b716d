namespace ChatGen.Bayeux.Transports;

/// <summary>Messages that go out in one request or frame.</summary>
internal class OutboundBatch
{
    private volatile bool _written;

    /// <summary>The messages as a JSON array.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Address of the transport at present.</summary>
    public required Uri Url { get; init; }

    /// <summary>When it was sent, on the session's clock.</summary>
    public required TimeSpan SentAt { get; init; }

    /// <summary>The meta channel of a handshake, connect or disconnect; <see langword="null"/> for all else.</summary>
    public string? MetaChannel { get; init; }

    /// <summary>The request or socket that carries the batch; set and used by the transport.</summary>
    public object? Carrier { get; set; }

    /// <summary>Whether any of it may have reached the server.</summary>
    public bool Written
    {
        get => _written;
        set => _written = value;
    }
}

namespace ChatGen.Backends.AmazonConnect;

/// <summary>How the emulated Amazon Connect is configured.</summary>
public sealed record AmazonConnectOptions : ChatBackendEmulatorOptions
{
    /// <summary>The longest message, in characters. Default: 1024; inferred.</summary>
    public int MaxMessageLength { get; init; } = 1024;

    /// <summary>How long the address of a WebSocket can be used to connect. Default: 100 s.</summary>
    public TimeSpan WebSocketUrlLifetime { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Whether the address of a WebSocket can be used again. Default: no, a client has to ask for another one; inferred.</summary>
    public bool AllowsWebSocketUrlReuse { get; init; }

    /// <summary>The largest attachment, in bytes. Default: 100,000; ours.</summary>
    public int MaxAttachmentSize { get; init; } = 100_000;

    /// <summary>How many attachments the customer may send. Default: 3; ours.</summary>
    public int MaxAttachments { get; init; } = 3;

    /// <summary>The media types of attachments that are allowed. Default: PNG, JPEG, PDF, plain text; ours.</summary>
    public IReadOnlyList<string> AttachmentTypes { get; init; } = ["image/png", "image/jpeg", "application/pdf", "text/plain"];
}

using System.Text;

namespace ChatGen.Backends;

/// <summary>An HTTP request, or a frame that came over a WebSocket.</summary>
public sealed class EmulatorRequest
{
    /// <summary>The <see cref="Method"/> of a frame.</summary>
    public const string FrameMethod = "FRAME";

    private int _status;

    internal EmulatorRequest(string method, string path, string query, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt)
    {
        Method = method;
        Path = path;
        Query = query;
        Headers = headers;
        Body = body;
        Text = Encoding.UTF8.GetString(body.Span);
        ReceivedAt = receivedAt;
    }

    /// <summary>The verb in capitals, or <see cref="FrameMethod"/>.</summary>
    public string Method { get; }

    /// <summary>The path without query, unescaped. That of the WebSocket's upgrade for a frame.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark; empty if there is none.</summary>
    public string Query { get; }

    /// <summary>The header fields by name in any case; several of one name are joined by a comma. Empty for a frame.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The content, or the frame's payload.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The content as UTF-8.</summary>
    public string Text { get; }

    /// <summary>When it was received, by the emulator's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Whether it is a frame that came over a WebSocket.</summary>
    public bool IsFrame => Method == FrameMethod;

    /// <summary>The HTTP status of the answer; <see langword="null"/> as long as there is none, if the connection was broken instead, and for frames.</summary>
    public int? Status
    {
        get => Volatile.Read(ref _status) is var status && status == 0 ? null : status;
        internal set => Volatile.Write(ref _status, value ?? 0);
    }

    /// <summary>Whether a test has answered it in the backend's place, so that the backend does not know of it.</summary>
    internal bool IsAnsweredByTest { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}{Query} -> {Status?.ToString() ?? "-"}";
}

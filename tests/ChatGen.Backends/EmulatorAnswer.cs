using System.Net.Mime;
using System.Net.WebSockets;
using System.Text;

namespace ChatGen.Backends;

/// <summary>An answer to a request, well or badly behaved.</summary>
/// <remarks>Immutable but for <see cref="Release"/>. To a frame on a WebSocket only <see cref="Abort"/> and <see cref="Hold"/> are possible.</remarks>
public sealed class EmulatorAnswer
{
    private readonly TaskCompletionSource _released;

    private EmulatorAnswer(EmulatorAnswerKind kind)
        : this(kind, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
    {
    }

    private EmulatorAnswer(EmulatorAnswerKind kind, TaskCompletionSource released)
    {
        Kind = kind;
        _released = released;
    }

    internal EmulatorAnswerKind Kind { get; }

    internal int Status { get; private init; } = 200;

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    internal ReadOnlyMemory<byte> Body { get; private init; }

    internal bool IsAfterProcessing { get; private init; }

    internal Func<WebSocket, CancellationToken, Task>? RunSocket { get; private init; }

    /// <summary>Called when the client has been sent the answer as it is.</summary>
    internal Action? OnSent { get; private init; }

    internal Task Released => _released.Task;

    /// <summary>An ordinary answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The content, sent as UTF-8.</param>
    /// <param name="contentType">What it is said to be.</param>
    public static EmulatorAnswer Respond(int status, string body = "", string contentType = MediaTypeNames.Application.Json) =>
        Respond(status, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>An ordinary answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The content.</param>
    /// <param name="contentType">What it is said to be; nothing is said of no content.</param>
    public static EmulatorAnswer Respond(int status, ReadOnlyMemory<byte> body, string contentType) => new(EmulatorAnswerKind.Respond)
    {
        Status = status,
        Body = body,
        Headers = body.IsEmpty ? [] : [new("Content-Type", contentType)],
    };

    /// <summary>Sends the client elsewhere.</summary>
    /// <param name="location">Where to.</param>
    /// <param name="status">The HTTP status, from 300 to 399.</param>
    public static EmulatorAnswer Redirect(Uri location, int status = 302)
    {
        ArgumentNullException.ThrowIfNull(location);
        return Respond(status).WithHeader("Location", location.OriginalString);
    }

    /// <summary>Breaks the connection without an answer.</summary>
    public static EmulatorAnswer Abort() => new(EmulatorAnswerKind.Abort);

    /// <summary>Promises more content than it sends, and breaks the connection.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="missing">How many bytes more are promised.</param>
    public static EmulatorAnswer Truncate(int status, string body, int missing = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(missing);
        byte[] content = Encoding.UTF8.GetBytes(body);
        return new EmulatorAnswer(EmulatorAnswerKind.Truncate)
        {
            Status = status,
            Body = content,
            Headers = [new("Content-Type", MediaTypeNames.Application.Json), new("Content-Length", (content.Length + missing).ToString())],
        };
    }

    /// <summary>Does not answer until <see cref="Release"/>; then the request is processed and answered properly.</summary>
    public static EmulatorAnswer Hold() => new(EmulatorAnswerKind.Hold);

    /// <summary>The same answer with one header field more.</summary>
    public EmulatorAnswer WithHeader(string name, string value) => Copy(IsAfterProcessing, [.. Headers, new(name, value)], OnSent);

    /// <summary>The same answer, but the backend does what it was asked before; only its own answer is lost.</summary>
    public EmulatorAnswer AfterProcessing() => Copy(isAfterProcessing: true, Headers, OnSent);

    /// <summary>Lets all requests go on that are held by this answer, and those that are still to come.</summary>
    public void Release() => _released.TrySetResult();

    internal static EmulatorAnswer Upgrade(Func<WebSocket, CancellationToken, Task> run) => new(EmulatorAnswerKind.Upgrade) { Status = 101, RunSocket = run };

    internal EmulatorAnswer ThenCall(Action? onSent) => Copy(IsAfterProcessing, Headers, onSent);

    private EmulatorAnswer Copy(bool isAfterProcessing, IReadOnlyList<KeyValuePair<string, string>> headers, Action? onSent) => new(Kind, _released)
    {
        Status = Status,
        Headers = headers,
        Body = Body,
        IsAfterProcessing = isAfterProcessing,
        RunSocket = RunSocket,
        OnSent = onSent,
    };
}

using System.Net.Http.Headers;
using System.Text.Json;

namespace ChatGen;

/// <summary>What the backend has answered, or sent over a socket.</summary>
internal sealed class RestAnswer : IDisposable
{
    /// <summary>The HTTP status; <see langword="null"/> for what came over a socket.</summary>
    public int? Status { get; init; }

    /// <summary>The headers; <see langword="null"/> for what came over a socket.</summary>
    public HttpResponseMessage? Response { get; init; }

    /// <summary>The body; of kind <see cref="JsonValueKind.Undefined"/> if there is none or it is no JSON.</summary>
    public JsonElement Body { get; init; }

    /// <summary>Why the body is no JSON, in words; <see langword="null"/> if it is, or if there is none.</summary>
    public string? Malformed { get; init; }

    /// <summary>Whether there was a body at all.</summary>
    public bool HasBody { get; init; }

    /// <summary>Whether whoever sent a malformed body meant JSON, or meant somebody else altogether.</summary>
    public bool IsSuspicious { get; init; }

    /// <summary>The body as a file.</summary>
    public ChatFile? File { get; init; }

    /// <summary>How long the backend wants to be left alone.</summary>
    public TimeSpan? RetryAfter(TimeProvider timeProvider) => Response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - timeProvider.GetUtcNow(),
        _ => null,
    };

    /// <summary>A header's value; <see langword="null"/> if there is none.</summary>
    public string? Header(string name) => Response is { } response && (Values(response.Headers, name) ?? Values(response.Content.Headers, name)) is { } values ? string.Join(", ", values) : null;

    public void Dispose()
    {
        if (File is null)
        {
            Response?.Dispose();
        }
    }

    private static IEnumerable<string>? Values(HttpHeaders headers, string name) => headers.TryGetValues(name, out IEnumerable<string>? values) ? values : null;
}

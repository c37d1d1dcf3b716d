using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ChatGen.Backends.Infrastructure;

/// <summary>An HTTP request that waits for its answer.</summary>
/// <param name="Context">What ASP.NET Core knows of it.</param>
/// <param name="Request">What is remembered of it.</param>
/// <param name="Aborted">Cancelled when the client is gone, or the emulator stops.</param>
internal sealed record EmulatorExchange(HttpContext Context, EmulatorRequest Request, CancellationToken Aborted)
{
    public string Method => Request.Method;

    public string Path => Request.Path;

    public bool IsWebSocket => Context.WebSockets.IsWebSocketRequest;

    /// <summary>Cancelled when the connection is closed, be it long after the answer. To be taken before the answer is sent.</summary>
    public CancellationToken ConnectionClosed => Context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed;

    public IQueryCollection Query => Context.Request.Query;

    /// <summary>The media type of the content, in lower case and without parameters; <see langword="null"/> if it has none or a wrong one.</summary>
    public string? MediaType => MediaTypeHeaderValue.TryParse(Context.Request.ContentType, out MediaTypeHeaderValue? type) ? type.MediaType.Value?.ToLowerInvariant() : null;

    /// <summary>The value of a header field; <see langword="null"/> if it is not there or there several times.</summary>
    public string? Header(string name) => Context.Request.Headers[name] is [string only] ? only : null;
}

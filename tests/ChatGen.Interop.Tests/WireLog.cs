using System.Threading.Channels;

namespace ChatGen.Interop.Tests;

/// <summary>Notes what a Bayeux client sends and receives over long-polling.</summary>
internal sealed class WireLog() : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    private readonly Channel<WireExchange> _exchanges = Channel.CreateUnbounded<WireExchange>();
    private readonly List<WireExchange> _read = [];

    /// <summary>What <see cref="ReadUntilAsync"/> has read so far, in the order of the responses.</summary>
    public IReadOnlyList<WireExchange> Read => _read;

    /// <summary>Reads exchanges up to the first whose response contains a text.</summary>
    public async Task<WireExchange> ReadUntilAsync(string text)
    {
        do
        {
            _read.Add(await _exchanges.Reader.ReadAsync(Deadline.Token));
        }
        while (!_read[^1].Response.Contains(text, StringComparison.Ordinal));

        return _read[^1];
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        _exchanges.Writer.TryWrite(new WireExchange(
            request.Headers.TryGetValues("Cookie", out IEnumerable<string>? cookies) ? string.Join("; ", cookies) : null,
            response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? setCookies) ? string.Join("\n", setCookies) : null,
            await response.Content.ReadAsStringAsync(cancellationToken)));
        return response;
    }
}

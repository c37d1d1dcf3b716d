using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Transports;

/// <summary>Every batch is a POST, its response the answer (Bayeux rules 34, 43, 48, 49).</summary>
internal sealed class LongPollingTransport(TransportSettings settings) : IBayeuxTransport
{
    private readonly ConcurrentDictionary<Exchange, Task> _exchanges = new();
    private volatile bool _disposed;

    public int MaxRequests => 1;

    public void Send(OutboundBatch batch)
    {
        var exchange = new Exchange(batch);
        batch.Carrier = exchange;

        // Off the sender's thread: a handler may do much before it first awaits.
        _exchanges[exchange] = exchange.Ended;
        _ = Task.Run(() => RunAsync(exchange));
    }

    public void Expire(OutboundBatch batch)
    {
        if (batch.Carrier is Exchange exchange)
        {
            exchange.Expired = true;
            exchange.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        foreach (Exchange exchange in _exchanges.Keys)
        {
            exchange.Cancel();
        }

        await Task.WhenAll(_exchanges.Values).ConfigureAwait(false);
    }

    private async Task RunAsync(Exchange exchange)
    {
        try
        {
            // A handler of the user's own may not heed its token.
            List<BayeuxMessage> messages = await PostAsync(exchange).WaitAsync(exchange.Token).ConfigureAwait(false);
            settings.Sink.OnReceived(this, messages, exchange.Batch);
        }
#pragma warning disable CA1031 // Whatever goes wrong has to end the exchange, or its messages would wait until their deadline.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            BayeuxFault fault = exchange.Expired ? TransportFault.Timeout()
                : _disposed ? TransportFault.Closed
                : TransportFault.Of(exception);
            exchange.Batch.Written = fault.Kind != BayeuxFaultKind.Unreachable;
            settings.Sink.OnFailed(this, exchange, fault);
        }
        finally
        {
            _exchanges.TryRemove(exchange, out _);
            exchange.Dispose();
        }
    }

    private async Task<List<BayeuxMessage>> PostAsync(Exchange exchange)
    {
        CancellationToken cancellationToken = exchange.Token;
        Uri url = UrlFor(exchange.Batch.MetaChannel);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(exchange.Batch.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (settings.Cookies.HeaderFor(url) is { Length: > 0 } cookies)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        exchange.Batch.Written = true;
        using HttpResponseMessage response = await settings.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? setCookies))
        {
            settings.Cookies.Store(url, setCookies);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new BayeuxException(TransportFault.HttpStatus((int)response.StatusCode));
        }

        ReadOnlyMemory<byte> body = await ReadBodyAsync(response.Content, cancellationToken).ConfigureAwait(false);
        try
        {
            List<BayeuxMessage> messages = BayeuxReader.Read(body, settings.Options.MaxJsonDepth);
            return messages.Count > 0 ? messages : throw new BayeuxException(TransportFault.NoReply());
        }
        catch (JsonException exception)
        {
            throw new BayeuxException(TransportFault.NotBayeux(body.Span, exception));
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        int limit = settings.Options.MaxResponseSize;
        if (content.Headers.ContentLength > limit)
        {
            throw new BayeuxException(TransportFault.TooLarge(limit));
        }

        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] buffer = new byte[(int?)content.Headers.ContentLength ?? 1024];
            int length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    // One byte beyond the end tells whether there is more, without a larger buffer for what is usually all.
                    byte[] probe = new byte[1];
                    if (await stream.ReadAsync(probe, cancellationToken).ConfigureAwait(false) == 0)
                    {
                        return buffer.AsMemory(0, length);
                    }

                    if (length == limit)
                    {
                        throw new BayeuxException(TransportFault.TooLarge(limit));
                    }

                    Array.Resize(ref buffer, (int)Math.Min(Math.Max(buffer.Length * 2L, 1024), limit));
                    buffer[length++] = probe[0];
                    continue;
                }

                int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer.AsMemory(0, length);
                }

                length += read;
            }
        }
    }

    // Bayeux rule 48. Messages that are no single meta message go to the plain address: not every server takes one with a trailing slash.
    private Uri UrlFor(string? metaChannel)
    {
        Uri url = settings.Options.Url;
        if (metaChannel is null || !settings.Options.AppendMessageTypeToUrl || url.Query.Length > 0 || url.Fragment.Length > 0 || url.Segments[^1].Contains('.', StringComparison.Ordinal))
        {
            return url;
        }

        string address = url.AbsoluteUri;
        return new Uri(address.TrimEnd('/') + metaChannel["/meta".Length..]);
    }

    private sealed class Exchange : IDisposable
    {
        private readonly CancellationTokenSource _cancellation = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _expired;

        public Exchange(OutboundBatch batch)
        {
            Batch = batch;
            Token = _cancellation.Token;
        }

        public OutboundBatch Batch { get; }

        public CancellationToken Token { get; }

        public Task Ended => _ended.Task;

        public bool Expired
        {
            get => _expired;
            set => _expired = value;
        }

        public void Cancel()
        {
            try
            {
                _cancellation.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The exchange has just ended by itself.
            }
        }

        public void Dispose()
        {
            _cancellation.Dispose();
            _ended.TrySetResult();
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Transports;

/// <summary>Every batch is a POST, its response the answer (Bayeux rules 34, 43, 48, 49).</summary>
internal sealed class LongPollingTransport(TransportSettings settings) : IBayeuxTransport
{
    // Many clients have the same address.
    private static readonly ConditionalWeakTable<Uri, ConcurrentDictionary<string, Uri>> s_metaUrls = [];

    private readonly Lock _lock = new();
    private readonly List<Exchange> _exchanges = [];
    private readonly bool _isUsersHandler = settings.Options.HttpMessageHandler is not null;
    private volatile bool _closed;

    public int MaxRequests => 1;

    public TimeSpan? Due => null;

    public void Send(OutboundBatch batch)
    {
        var exchange = new Exchange(batch);
        batch.Carrier = exchange;

        lock (_lock)
        {
            _exchanges.Add(exchange);
        }

        // Off the sender's thread if need be: a handler of the user's may do much before it first awaits.
        exchange.Ended = _isUsersHandler ? Task.Run(() => RunAsync(exchange)) : RunAsync(exchange);
    }

    public void Expire(OutboundBatch batch)
    {
        if (batch.Carrier is Exchange exchange)
        {
            exchange.Expired = true;
            exchange.Cancel();
        }
    }

    public void Expire(TimeSpan now)
    {
    }

    public Task CloseAsync(TimeSpan now)
    {
        _closed = true;
        Exchange[] exchanges;
        lock (_lock)
        {
            exchanges = [.. _exchanges];
        }

        foreach (Exchange exchange in exchanges)
        {
            exchange.Cancel();
        }

        return Task.WhenAll(exchanges.Select(static exchange => exchange.Ended));
    }

    private async Task RunAsync(Exchange exchange)
    {
        try
        {
            Task<InboundFrame> posting = PostAsync(exchange);

            // A handler of the user's own may not heed its token.
            settings.Sink.OnReceived(await (_isUsersHandler ? posting.WaitAsync(exchange.Token) : posting).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Whatever goes wrong has to end the exchange, or its messages would wait until their deadline.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            BayeuxFault fault = exchange.Expired ? TransportFault.Timeout()
                : _closed ? TransportFault.Closed
                : TransportFault.Of(exception);
            exchange.Batch.Written = fault.Kind != BayeuxFaultKind.Unreachable;
            settings.Sink.OnFailed(this, exchange, fault);
        }
        finally
        {
            lock (_lock)
            {
                _exchanges.Remove(exchange);
            }

            exchange.Dispose();
        }
    }

    private async Task<InboundFrame> PostAsync(Exchange exchange)
    {
        CancellationToken cancellationToken = exchange.Token;
        Uri url = UrlFor(exchange.Batch);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(exchange.Batch.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        foreach ((string name, string value) in settings.Options.RequestHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (OperatingSystem.IsBrowser())
        {
            BrowserCookies.Allow(request);
        }
        else if (settings.Cookies.HeaderFor(url) is { Length: > 0 } cookies)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        exchange.Batch.Written = true;
        using HttpResponseMessage response = await settings.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? setCookies))
        {
            settings.Cookies.Store(url, setCookies);
        }

        if (response.StatusCode == 0)
        {
            throw new BayeuxException(TransportFault.Redirect());
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new BayeuxException(TransportFault.HttpStatus((int)response.StatusCode, RetryAfterOf(response.Headers.RetryAfter)));
        }

        InboundFrame frame = InboundFramePool.Take(this);
        try
        {
            frame.Answered = exchange.Batch;
            await ReadBodyAsync(response.Content, frame, cancellationToken).ConfigureAwait(false);
            Read(frame);
            return frame;
        }
        catch
        {
            frame.Release();
            throw;
        }
    }

    private void Read(InboundFrame frame)
    {
        try
        {
            // Two responses may be read at the same time: of the connect, and of another request.
            BayeuxReader.Read(frame.Text, settings.Options.MaxJsonDepth, new ChannelNames(), frame.Messages);
        }
        catch (JsonException exception)
        {
            throw new BayeuxException(TransportFault.NotBayeux(frame.Text.Span, exception));
        }

        if (frame.Messages.Count == 0)
        {
            throw new BayeuxException(TransportFault.NoReply());
        }
    }

    private async Task ReadBodyAsync(HttpContent content, InboundFrame frame, CancellationToken cancellationToken)
    {
        int limit = settings.Options.MaxResponseSize;
        if (content.Headers.ContentLength > limit)
        {
            throw new BayeuxException(TransportFault.TooLarge(limit));
        }

        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.ReadAsync(frame.GetMemory(1024), cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                frame.Advance(read);
                if (frame.Length > limit)
                {
                    throw new BayeuxException(TransportFault.TooLarge(limit));
                }
            }
        }
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header) =>
        header is null ? null : header.Delta ?? (header.Date - settings.Options.TimeProvider.GetUtcNow());

    // Bayeux rule 48. Messages that are no single meta message go to the plain address: not every server takes one with a trailing slash.
    private Uri UrlFor(OutboundBatch batch)
    {
        Uri url = batch.Url;
        if (batch.MetaChannel is null || !settings.Options.AppendMessageTypeToUrl || url.Query.Length > 0 || url.Fragment.Length > 0 || url.Segments[^1].Contains('.', StringComparison.Ordinal))
        {
            return url;
        }

        return s_metaUrls.GetValue(url, static _ => new ConcurrentDictionary<string, Uri>(StringComparer.Ordinal)).GetOrAdd(
            batch.MetaChannel,
            static (channel, url) => new Uri(url.AbsoluteUri.TrimEnd('/') + channel["/meta".Length..]),
            url);
    }

    private sealed class Exchange : IDisposable
    {
        private readonly CancellationTokenSource _cancellation = new();
        private volatile bool _expired;

        public Exchange(OutboundBatch batch)
        {
            Batch = batch;
            Token = _cancellation.Token;
        }

        public OutboundBatch Batch { get; }

        public CancellationToken Token { get; }

        /// <summary>Ends with the exchange.</summary>
        public Task Ended { get; set; } = Task.CompletedTask;

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

        public void Dispose() => _cancellation.Dispose();
    }
}

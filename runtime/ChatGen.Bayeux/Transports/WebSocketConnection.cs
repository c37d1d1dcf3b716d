using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux.Transports;

/// <summary>One socket from its upgrade to its end. It ends once, and then says so once to the sink.</summary>
#pragma warning disable CA1001 // It is ended by CloseAsync or by itself, and disposes of what it has then.
internal sealed class WebSocketConnection
#pragma warning restore CA1001
{
    // A close frame that the network does not take is not worth waiting for longer.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private const int IdleBufferSize = 256;

    private readonly IBayeuxTransport _transport;
    private readonly TransportSettings _settings;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _opening = new();
    private readonly Lock _lock = new();
    private readonly Queue<OutboundBatch> _outbound = new();
    private readonly CancellationToken _endedToken;
    private readonly TimeSpan _openBy;
    private readonly Task _run;
    private BayeuxFault? _fault;
    private volatile bool _opened;
    private bool _closed;
    private bool _writing = true;
    private Task _written = Task.CompletedTask;
    private Task _goodBye = Task.CompletedTask;
    private TimeSpan _goodByeBy;

    public WebSocketConnection(IBayeuxTransport transport, TransportSettings settings, Uri url, TimeSpan openBy)
    {
        Url = url;
        _transport = transport;
        _settings = settings;
        _openBy = openBy;
        _endedToken = _ended.Token;
        _run = RunAsync();
    }

    public Uri Url { get; }

    /// <summary>When <see cref="Expire(TimeSpan)"/> has to be called; <see langword="null"/> if the socket is neither being opened nor being closed.</summary>
    public TimeSpan? Due => !_goodBye.IsCompleted ? _goodByeBy
        : _opened || Volatile.Read(ref _fault) is not null ? null
        : _openBy;

    /// <summary>Sends a batch, or queues it while another is being sent; <see langword="false"/> if the socket has ended, so that the batch needs another one.</summary>
    public bool TrySend(OutboundBatch batch)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            // The carrier is set first: if the socket ends in between, its failure still finds the batch.
            batch.Carrier = this;
            _outbound.Enqueue(batch);
            if (!_writing)
            {
                _writing = true;
                _written = WriteAsync();
            }

            return true;
        }
    }

    /// <summary>A batch was not answered in time: the socket is not to be trusted any more (Bayeux rule 50).</summary>
    public void Expire() => End(_opened ? TransportFault.Timeout() : TransportFault.UpgradeTimeout());

    /// <summary>Gives up to open the socket, or to say good-bye, if the time for it is over.</summary>
    public void Expire(TimeSpan now)
    {
        if (!(Due <= now))
        {
            return;
        }

        if (_goodBye.IsCompleted)
        {
            Expire();
        }
        else
        {
            _socket.Abort();
        }
    }

    /// <summary>Ends the socket. If it is open, the server is told, as far as the network takes it in time.</summary>
    public Task CloseAsync(TimeSpan now)
    {
        bool alive = Interlocked.CompareExchange(ref _fault, TransportFault.Closed, null) is null;
        Close();
        if (alive && _socket.State == WebSocketState.Open)
        {
            _goodByeBy = SessionTime.After(now, CloseTimeout);
            _goodBye = SayGoodByeAsync();
        }

        return EndAsync();
    }

    private async Task SayGoodByeAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // The socket is thrown away either way.
        }
    }

    private async Task EndAsync()
    {
        await _goodBye.ConfigureAwait(false);
        await CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    private void End(BayeuxFault fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, null) is null)
        {
            Close();
            _ = CancelAsync();
        }
    }

    private async Task CancelAsync()
    {
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            if (!_opened)
            {
                await _opening.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself, or been opened.
        }

        // This ends what is being sent or received too, and costs an idle socket less than a token would.
        _socket.Abort();
    }

    private async Task RunAsync()
    {
        // Off the sender's thread: a handler of the user's may do much before it first awaits.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await OpenAsync().ConfigureAwait(false);
            lock (_lock)
            {
                _written = WriteAsync();
            }

            await ReadAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong has to end the socket, or its messages would wait until their deadline.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(TransportFault.Of(exception));
        }

        await Written().ConfigureAwait(false);
        _socket.Dispose();
        _ended.Dispose();
        if (_fault is { } fault)
        {
            _settings.Sink.OnFailed(_transport, this, fault);
        }
    }

    private async Task OpenAsync()
    {
        if (_settings.Options.WebSocketSubProtocol is { } subProtocol)
        {
            _socket.Options.AddSubProtocol(subProtocol);
        }

        var cookieUrl = new UriBuilder(Url) { Scheme = Url.Scheme == Uri.UriSchemeWss ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Port = Url.Port };
        if (!OperatingSystem.IsBrowser())
        {
            // The browser's sockets have the browser's cookies, and neither headers nor pings that could be set.
            Prepare(_socket.Options, cookieUrl.Uri);
        }

        try
        {
            // A handler of the user's own may not heed its token.
            CancellationToken opening = _opening.Token;
            await _socket.ConnectAsync(Url, OperatingSystem.IsBrowser() ? null : _settings.Invoker, opening).WaitAsync(opening).ConfigureAwait(false);
            _opened = true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new BayeuxException(TransportFault.OfUpgrade(exception, (int)_socket.HttpStatusCode, RetryAfter()));
        }
        finally
        {
            _opening.Dispose();
        }

        if (_socket.HttpResponseHeaders?.TryGetValue("Set-Cookie", out IEnumerable<string>? setCookies) == true)
        {
            _settings.Cookies.Store(cookieUrl.Uri, setCookies);
        }

        _socket.HttpResponseHeaders = null;
    }

    [UnsupportedOSPlatform("browser")]
    private void Prepare(ClientWebSocketOptions options, Uri cookieUrl)
    {
        options.CollectHttpResponseDetails = true;
        options.KeepAliveInterval = _settings.Options.WebSocketKeepAliveInterval;
        options.KeepAliveTimeout = _settings.Options.WebSocketKeepAliveTimeout;
        foreach ((string name, string value) in _settings.Options.RequestHeaders)
        {
            options.SetRequestHeader(name, value);
        }

        if (_settings.Cookies.HeaderFor(cookieUrl) is { Length: > 0 } cookies)
        {
            options.SetRequestHeader("Cookie", cookies);
        }
    }

    private TimeSpan? RetryAfter() =>
        _socket.HttpResponseHeaders?.TryGetValue("Retry-After", out IEnumerable<string>? values) == true
        && RetryConditionHeaderValue.TryParse(values.FirstOrDefault(), out RetryConditionHeaderValue? header)
            ? header.Delta ?? (header.Date - _settings.Options.TimeProvider.GetUtcNow())
            : null;

    private void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    private Task Written()
    {
        lock (_lock)
        {
            return _written;
        }
    }

    /// <summary>Writes what is queued until nothing is. At most one runs at a time.</summary>
    private async Task WriteAsync()
    {
        try
        {
            while (NextBatch() is { } batch)
            {
                batch.Written = true;
                await _socket.SendAsync(batch.Body, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None).ConfigureAwait(false);

                // Its answer may be long in coming.
                batch.Body = default;
            }
        }
#pragma warning disable CA1031 // As for reading.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(TransportFault.Of(exception));
        }
    }

    private OutboundBatch? NextBatch()
    {
        lock (_lock)
        {
            if (!_closed && _outbound.TryDequeue(out OutboundBatch? batch))
            {
                return batch;
            }

            _writing = false;
            return null;
        }
    }

    private async Task ReadAsync()
    {
        int limit = _settings.Options.MaxResponseSize;
        var names = new ChannelNames();

        // What an idle socket waits with. Most messages fit, so that they are copied once and need no second call.
        byte[] beginning = new byte[IdleBufferSize];
        InboundFrame? frame = null;
        try
        {
            while (true)
            {
                await _settings.Sink.ReadyAsync(_endedToken).ConfigureAwait(false);

                ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(frame?.GetMemory(IdleBufferSize) ?? beginning, CancellationToken.None).ConfigureAwait(false);
                if (frame is null)
                {
                    frame = InboundFramePool.Take(_transport);
                    beginning.AsSpan(0, result.Count).CopyTo(frame.GetSpan(result.Count));
                }

                frame.Advance(result.Count);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    throw new BayeuxException(TransportFault.SocketClosed(_socket.CloseStatus));
                }

                if (frame.Length > limit)
                {
                    throw new BayeuxException(TransportFault.TooLarge(limit));
                }

                if (result.EndOfMessage)
                {
                    Read(frame, names);
                    _settings.Sink.OnReceived(frame);
                    frame = null;
                }
            }
        }
        finally
        {
            frame?.Release();
        }
    }

    private void Read(InboundFrame frame, ChannelNames names)
    {
        try
        {
            BayeuxReader.Read(frame.Text, _settings.Options.MaxJsonDepth, names, frame.Messages);
        }
        catch (JsonException exception)
        {
            throw new BayeuxException(TransportFault.NotBayeux(frame.Text.Span, exception));
        }
    }
}

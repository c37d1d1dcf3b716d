using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Transports;

/// <summary>One socket from its upgrade to its end. It ends once, and then says so once to the sink.</summary>
internal sealed class WebSocketConnection : IAsyncDisposable
{
    // A close frame that the network does not take is not worth waiting for longer.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly IBayeuxTransport _transport;
    private readonly TransportSettings _settings;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<OutboundBatch> _outbound = Channel.CreateUnbounded<OutboundBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationToken _endedToken;
    private readonly Task _run;
    private BayeuxFault? _fault;
    private volatile bool _opened;

    public WebSocketConnection(IBayeuxTransport transport, TransportSettings settings)
    {
        _transport = transport;
        _settings = settings;
        _endedToken = _ended.Token;
        _run = Task.Run(RunAsync);
    }

    /// <summary>Queues a batch; <see langword="false"/> if the socket has ended, so that the batch needs another one.</summary>
    public bool TrySend(OutboundBatch batch)
    {
        // The carrier is set first: if the socket ends in between, its failure still finds the batch.
        batch.Carrier = this;
        return _outbound.Writer.TryWrite(batch);
    }

    /// <summary>A batch was not answered in time: the socket is not to be trusted any more (Bayeux rule 50).</summary>
    public void Expire() => End(_opened ? TransportFault.Timeout() : TransportFault.UpgradeTimeout());

    public async ValueTask DisposeAsync()
    {
        bool alive = Interlocked.CompareExchange(ref _fault, TransportFault.Closed, null) is null;
        _outbound.Writer.TryComplete();
        if (alive && _socket.State == WebSocketState.Open)
        {
            try
            {
                using var limit = new CancellationTokenSource(CloseTimeout, _settings.Options.TimeProvider);
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
            {
                // The socket is thrown away either way.
            }
        }

        await CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    private void End(BayeuxFault fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, null) is null)
        {
            _outbound.Writer.TryComplete();
            _ = CancelAsync();
        }
    }

    private async Task CancelAsync()
    {
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await OpenAsync().ConfigureAwait(false);
            Task writing = WriteAsync();
            await ReadAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong has to end the socket, or its messages would wait until their deadline.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(TransportFault.Of(exception));
        }

        _socket.Dispose();
        _ended.Dispose();
        if (_fault is { } fault)
        {
            _settings.Sink.OnFailed(_transport, this, fault);
        }
    }

    private async Task OpenAsync()
    {
        Uri url = _settings.Options.Url;
        ClientWebSocketOptions options = _socket.Options;
        options.CollectHttpResponseDetails = true;
        options.KeepAliveInterval = _settings.Options.WebSocketKeepAliveInterval;
        options.KeepAliveTimeout = _settings.Options.WebSocketKeepAliveTimeout;
        if (_settings.Cookies.HeaderFor(url) is { Length: > 0 } cookies)
        {
            options.SetRequestHeader("Cookie", cookies);
        }

        var address = new UriBuilder(url) { Scheme = url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs, Port = url.Port, Fragment = "" };
        try
        {
            // A handler of the user's own may not heed its token.
            await _socket.ConnectAsync(address.Uri, _settings.Invoker, _endedToken).WaitAsync(_endedToken).ConfigureAwait(false);
            _opened = true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new BayeuxException(TransportFault.OfUpgrade(exception, (int)_socket.HttpStatusCode));
        }

        if (_socket.HttpResponseHeaders?.TryGetValue("Set-Cookie", out IEnumerable<string>? setCookies) == true)
        {
            _settings.Cookies.Store(url, setCookies);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (OutboundBatch batch in _outbound.Reader.ReadAllAsync(_endedToken).ConfigureAwait(false))
            {
                batch.Written = true;
                await _socket.SendAsync(batch.Body, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, _endedToken).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // As for reading.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(TransportFault.Of(exception));
        }
    }

    private async Task ReadAsync()
    {
        int limit = _settings.Options.MaxResponseSize;
        var buffer = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(buffer.GetMemory(1024), _endedToken).ConfigureAwait(false);
            buffer.Advance(result.Count);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                throw new BayeuxException(TransportFault.SocketClosed(_socket.CloseStatus));
            }

            if (buffer.WrittenCount > limit)
            {
                throw new BayeuxException(TransportFault.TooLarge(limit));
            }

            if (result.EndOfMessage)
            {
                // Payloads stay slices of what is handed on, so it gets memory of its own.
                Receive(buffer.WrittenSpan.ToArray());
                buffer.ResetWrittenCount();
            }
        }
    }

    private void Receive(byte[] frame)
    {
        try
        {
            _settings.Sink.OnReceived(_transport, BayeuxReader.Read(frame, _settings.Options.MaxJsonDepth), answered: null);
        }
        catch (JsonException exception)
        {
            throw new BayeuxException(TransportFault.NotBayeux(frame, exception));
        }
    }
}

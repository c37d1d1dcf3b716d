using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.Versioning;

namespace ChatGen;

/// <summary>Receives the frames of a WebSocket.</summary>
internal sealed class RestWebSocketFeed(RestWebSocket mapping, RestExchange exchange, IRestApi api, RestMapping rest, IChatTransportHost host) : IRestFeed
{
    private const int MaxFrame = 1024 * 1024;

    private static readonly TimeSpan s_openTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    public TimeSpan Pause => TimeSpan.Zero;

    public bool LosesEvents => true;

    public async Task<RestFeedResult> RunAsync(IRestFeedWatcher watcher, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task beating = Task.CompletedTask;
        try
        {
            await OpenAsync(socket, cancellationToken).ConfigureAwait(false);
            beating = BeatAsync(socket, over.Token);
            return new RestFeedResult(await ReceiveAsync(socket, watcher, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new RestFeedResult(ErrorOf(exception), null);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await beating.ConfigureAwait(false);
            await CloseAsync(socket).ConfigureAwait(false);
        }
    }

    private async Task OpenAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        RestRequestScope scope = exchange.PeekScope(default, null);
        string url = mapping.Url.EvaluateAddress(scope) ?? throw new FormatException("The address of the WebSocket is not known: no answer has brought it.");
        Uri address = RestAddress.Check(url, api.BaseAddress, rest.AllowedHosts, "ws", "wss");
        if (!OperatingSystem.IsBrowser())
        {
            Prepare(socket.Options, scope);
        }
        else if (mapping.Headers.Length > 0)
        {
            throw new FormatException("The backend wants headers when its WebSocket is opened, which a browser cannot send.");
        }

        if (mapping.SubProtocol is { } subProtocol)
        {
            socket.Options.AddSubProtocol(subProtocol);
        }

        using var timeout = new CancellationTokenSource(s_openTimeout, host.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await socket.ConnectAsync(address, either.Token).ConfigureAwait(false);
        foreach (JsonTemplate frame in mapping.OnOpen)
        {
            await socket.SendAsync(RestBody.Write(frame, exchange.PeekScope(default, null)), WebSocketMessageType.Text, true, either.Token).ConfigureAwait(false);
        }
    }

    [UnsupportedOSPlatform("browser")]
    private void Prepare(ClientWebSocketOptions options, RestRequestScope scope)
    {
        foreach ((string name, TextTemplate template) in mapping.Headers)
        {
            if (template.Evaluate(scope).Text is { } value)
            {
                options.SetRequestHeader(name, value);
            }
        }

        options.KeepAliveInterval = s_keepAlive;
        options.KeepAliveTimeout = s_keepAlive;
    }

    /// <returns>Why there is nothing more to receive; <see langword="null"/> if the session has ended.</returns>
    private async Task<ChatException?> ReceiveAsync(ClientWebSocket socket, IRestFeedWatcher watcher, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        bool ready = mapping.ReadyCondition.IsEmpty;
        if (ready)
        {
            await BeReadyAsync(watcher, cancellationToken).ConfigureAwait(false);
        }

        using var timeout = new CancellationTokenSource(ready ? Timeout.InfiniteTimeSpan : s_openTimeout, host.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        while (!exchange.Intake.HasEnded)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.GetMemory(4096), ready ? cancellationToken : either.Token).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return host.Protocol.ConnectionError("The backend has closed the WebSocket that brings the events.");
            }

            buffer.Advance(received.Count);
            if (buffer.WrittenCount > MaxFrame)
            {
                return host.Protocol.LibraryError($"A frame of the backend is larger than {MaxFrame / 1024} KiB.");
            }

            if (!received.EndOfMessage)
            {
                continue;
            }

            RestAnswer frame = RestAnswerReader.Parse(buffer.WrittenMemory);
            buffer.ResetWrittenCount();
            if (!ready && mapping.ReadyCondition.Holds(new RestAnswerScope(exchange.PeekScope(default, null), frame, frame.Body)))
            {
                ready = true;
                await BeReadyAsync(watcher, cancellationToken).ConfigureAwait(false);
            }

            if (Handle(frame) is { Recovery: ChatRecovery.Resume or ChatRecovery.Rehandshake } error)
            {
                return error;
            }
        }

        return null;
    }

    private static Task BeReadyAsync(IRestFeedWatcher watcher, CancellationToken cancellationToken)
    {
        watcher.OnUp();
        return watcher.CatchUpAsync(cancellationToken);
    }

    private ChatException? Handle(RestAnswer frame)
    {
        if (frame.Malformed is { } problem)
        {
            host.OnError(host.Protocol.LibraryError($"A frame of the backend {problem}."));
            return null;
        }

        return exchange.Receive(frame);
    }

    private async Task BeatAsync(ClientWebSocket socket, CancellationToken over)
    {
        if (mapping is not { HeartbeatInterval: { } interval, Heartbeat: { } heartbeat })
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(interval, host.TimeProvider);
            while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
            {
                await socket.SendAsync(RestBody.Write(heartbeat, exchange.PeekScope(default, null)), WebSocketMessageType.Text, true, over).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The socket is over; whoever receives from it tells why.
        }
    }

    private ChatException ErrorOf(Exception exception) => exception is WebSocketException or OperationCanceledException
        ? host.Protocol.ConnectionError("The WebSocket that brings the events cannot be opened or was lost.", exception)
        : RestFailure.Of(exception, "events", host.Protocol);

    private static async Task CloseAsync(ClientWebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(s_closeTimeout);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Closing in order is a courtesy.
        }
    }
}

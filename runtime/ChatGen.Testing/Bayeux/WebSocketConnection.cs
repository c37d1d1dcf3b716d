using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ChatGen.Testing.Bayeux;

/// <summary>One WebSocket: reads messages one frame after the other and sends arrays of messages in the order in which they are given.</summary>
internal sealed class WebSocketConnection(WebSocket socket, BayeuxServer server)
{
    private const int MaxMessageBytes = 1024 * 1024;
    private const int BufferBytes = 16 * 1024;

    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly HashSet<BayeuxSession> _sessions = [];
    private Task _sending = Task.CompletedTask;
    private bool _isClosed;

    /// <summary>Remembers a client, to tell it of the end.</summary>
    public void Attach(BayeuxSession session)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _sessions.Add(session);
            }
        }
    }

    /// <summary>Sends an array of messages, in one frame. After the end it does nothing.</summary>
    public void Send(IEnumerable<JsonObject> messages) => _outgoing.Writer.TryWrite(BayeuxFrame.Serialize(messages));

    public void Abort() => socket.Abort();

    /// <summary>Reads and sends until the socket is closed or broken.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _sending = SendAsync(cancellationToken);
        try
        {
            await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // A client may go away without a word; the session waits for it.
        }
        finally
        {
            await FinishSendingAsync().ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        using MemoryStream message = new();
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, "Goodbye", cancellationToken).ConfigureAwait(false);
                return;
            }

            if (message.Length + received.Count > MaxMessageBytes)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"More than {MaxMessageBytes} bytes", cancellationToken).ConfigureAwait(false);
                return;
            }

            message.Write(buffer, 0, received.Count);
            if (!received.EndOfMessage)
            {
                continue;
            }

            if (!BayeuxFrame.TryParse(message.GetBuffer().AsSpan(0, (int)message.Length), out IReadOnlyList<JsonObject> messages))
            {
                await CloseAsync(WebSocketCloseStatus.InvalidPayloadData, "Not an array of Bayeux messages", cancellationToken).ConfigureAwait(false);
                return;
            }

            message.SetLength(0);
            Handle(messages);
        }
    }

    private void Handle(IReadOnlyList<JsonObject> messages)
    {
        BayeuxAnswer[] answers = [.. messages.Select(message => server.Handle(message, new BayeuxOrigin(this, BrowserId: null)))];
        JsonObject[] replies = [.. answers.Where(answer => answer.Held is null).Select(answer => answer.Reply)];
        if (replies.Length > 0)
        {
            Send(replies);
        }

        foreach (BayeuxAnswer answer in answers)
        {
            answer.Then?.Invoke();
            if (answer.Held is not null)
            {
                _ = ReplyLaterAsync(answer.Held, answer.Reply);
            }
        }
    }

    private async Task ReplyLaterAsync(HeldConnect held, JsonObject reply)
    {
        HeldConnectOutcome outcome = await held.Outcome.ConfigureAwait(false);
        if (outcome is HeldConnectOutcome.Superseded or HeldConnectOutcome.Dropped)
        {
            return;
        }

        if (outcome == HeldConnectOutcome.Disconnected)
        {
            reply["advice"] = BayeuxReplies.NoReconnect();
        }

        Send([reply]);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (byte[] frame in _outgoing.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reading side sees the end too and deals with it.
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string description, CancellationToken cancellationToken)
    {
        // The close frame is the last: what was given before goes before it.
        await FinishSendingAsync().ConfigureAwait(false);
        await socket.CloseOutputAsync(status, description, cancellationToken).ConfigureAwait(false);
    }

    private async Task FinishSendingAsync()
    {
        DetachSessions();
        _outgoing.Writer.TryComplete();
        await _sending.ConfigureAwait(false);
    }

    private void DetachSessions()
    {
        BayeuxSession[] sessions;
        lock (_lock)
        {
            _isClosed = true;
            sessions = [.. _sessions];
            _sessions.Clear();
        }

        foreach (BayeuxSession session in sessions)
        {
            session.Detach(this);
        }
    }
}

using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatGen.Testing.Faults;

namespace ChatGen.Testing.Bayeux;

/// <summary>One WebSocket: reads messages one frame after the other and sends arrays of messages in the order in which they are given.</summary>
#pragma warning disable CA1001 // The token source has neither a timer nor a wait handle: there is nothing to dispose of.
internal sealed class WebSocketConnection(WebSocket socket, string path, BayeuxServer server, Reception reception)
#pragma warning restore CA1001
{
    private const int MaxMessageBytes = 1024 * 1024;
    private const int BufferBytes = 16 * 1024;

    private readonly Channel<OutgoingFrame> _outgoing = Channel.CreateUnbounded<OutgoingFrame>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _over = new();
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

    /// <summary>Sends an array of messages that nobody asked for, in one frame. After the end it does nothing.</summary>
    public void Send(IEnumerable<JsonObject> messages) => Send(messages, reception.Push());

    /// <summary>Closes the socket after what was given before. What comes from now on is not heard, and what is to be delivered waits for another socket.</summary>
    public void Close()
    {
        DetachSessions();
        _outgoing.Writer.TryWrite(new OutgoingFrame(null, Task.CompletedTask));
    }

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
            await _over.CancelAsync().ConfigureAwait(false);
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

            bool isParsed = BayeuxFrame.TryParse(message.GetBuffer().AsSpan(0, (int)message.Length), out IReadOnlyList<JsonObject> messages);
            message.SetLength(0);
            if (IsClosed())
            {
                // Who closes need not hear what was sent before the other side has learned of it. RFC 6455, section 1.4.
                continue;
            }

            FaultPlan plan = reception.Receive(ChatBackendTransport.WebSocket, path, messages);
            if (TryAnswerInstead(plan))
            {
                continue;
            }

            if (!isParsed)
            {
                await CloseAsync(WebSocketCloseStatus.InvalidPayloadData, "Not an array of Bayeux messages", cancellationToken).ConfigureAwait(false);
                return;
            }

            Handle(messages, plan);
        }
    }

    private bool TryAnswerInstead(FaultPlan plan)
    {
        switch (plan.Effect)
        {
            case FaultEffect.Drop:
                Break();
                return true;
            case FaultEffect.Malform { Answer: MalformedAnswer.Html }:
                Send(FaultyResponse.Html.ToArray(), plan);
                return true;
            case FaultEffect.Malform { Answer: MalformedAnswer.Empty }:
                Send(Array.Empty<byte>(), plan);
                return true;
            default:
                return false;
        }
    }

    private void Handle(IReadOnlyList<JsonObject> messages, FaultPlan plan)
    {
        BayeuxAnswer[] answers = [.. messages.Select(message => server.Handle(message, new BayeuxOrigin(this, BrowserId: null)))];
        JsonObject[] replies = [.. answers.Where(answer => answer.Held is null).SelectMany(Complete)];
        if (replies.Length > 0)
        {
            Reply(replies, plan);
        }

        foreach (BayeuxAnswer answer in answers)
        {
            answer.Then?.Invoke();
            if (answer.Held is not null)
            {
                _ = ReplyLaterAsync(answer, plan);
            }
        }
    }

    private async Task ReplyLaterAsync(BayeuxAnswer answer, FaultPlan plan)
    {
        HeldConnectOutcome outcome = await answer.Held!.Outcome.ConfigureAwait(false);
        if (outcome is HeldConnectOutcome.Superseded or HeldConnectOutcome.Dropped)
        {
            return;
        }

        if (outcome == HeldConnectOutcome.Disconnected)
        {
            answer.Reply["advice"] = BayeuxReplies.NoReconnect();
        }

        Reply(Complete(answer), plan);
        if (outcome == HeldConnectOutcome.AnsweredAndClosed)
        {
            Close();
        }
    }

    private static IEnumerable<JsonObject> Complete(BayeuxAnswer answer) =>
        answer.IsToConnect ? [.. answer.Session!.TakeForConnect(answer.Reply), answer.Reply] : answer.Messages;

    private void Reply(IEnumerable<JsonObject> messages, FaultPlan plan)
    {
        switch (plan.Effect)
        {
            case FaultEffect.LoseReply:
                Break();
                break;
            case FaultEffect.Malform:
                byte[] content = BayeuxFrame.Serialize(messages);
                Send(content.AsMemory(0, content.Length / 2), plan);
                break;
            default:
                Send(messages, plan);
                break;
        }
    }

    // The clients are told first, so that what is delivered from now on waits for another socket.
    private void Break()
    {
        DetachSessions();
        socket.Abort();
    }

    private void Send(IEnumerable<JsonObject> messages, FaultPlan plan) => Send(BayeuxFrame.Serialize(messages), plan);

    private void Send(ReadOnlyMemory<byte> content, FaultPlan plan) =>
        _outgoing.Writer.TryWrite(new OutgoingFrame(content, plan.IsDelayed ? plan.DelayAsync(_over.Token) : Task.CompletedTask));

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (OutgoingFrame frame in _outgoing.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await frame.Due.ConfigureAwait(false);
                if (frame.Content is not { } content)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "Going away", cancellationToken).ConfigureAwait(false);
                    return;
                }

                await socket.SendAsync(content, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
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
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(status, description, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FinishSendingAsync()
    {
        DetachSessions();
        _outgoing.Writer.TryComplete();
        await _sending.ConfigureAwait(false);
    }

    private bool IsClosed()
    {
        lock (_lock)
        {
            return _isClosed;
        }
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

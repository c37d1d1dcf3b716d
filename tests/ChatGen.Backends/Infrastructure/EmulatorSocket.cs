using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ChatGen.Backends.Infrastructure;

/// <summary>A WebSocket of a client. Frames go out in the order in which they were given, and nobody waits for them.</summary>
internal sealed class EmulatorSocket(WebSocket socket, CancellationToken aborted)
{
    private const int BufferBytes = 16 * 1024;

    private readonly Channel<Func<Task>> _outgoing = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Sends a frame, if the client is still there.</summary>
    public void Send(JsonNode json)
    {
        byte[] frame = Encoding.UTF8.GetBytes(json.ToJsonString());
        _outgoing.Writer.TryWrite(() => socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, aborted));
    }

    /// <summary>Says that nothing more comes, after what was sent; the client closes for its part.</summary>
    public void Close(WebSocketCloseStatus status, string description)
    {
        _outgoing.Writer.TryWrite(() => socket.CloseOutputAsync(status, description, aborted));
        _outgoing.Writer.TryComplete();
    }

    /// <summary>Breaks the connection at once.</summary>
    public void Abort() => socket.Abort();

    /// <summary>Sends and receives until the client is gone.</summary>
    /// <param name="onFrame">Takes each text frame; breaks the connection by returning <see langword="false"/>.</param>
    public async Task RunAsync(Func<byte[], Task<bool>> onFrame)
    {
        Task sending = SendAllAsync();
        try
        {
            while (await ReceiveAsync() is { } frame)
            {
                if (!await onFrame(frame))
                {
                    Abort();
                }
            }
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            await sending;
        }
    }

    private static bool IsGone(Exception exception) => exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    private async Task<byte[]?> ReceiveAsync()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), aborted);
                switch (part.MessageType)
                {
                    case WebSocketMessageType.Close when socket.State is WebSocketState.CloseReceived:
                        Close(WebSocketCloseStatus.NormalClosure, "");
                        return null;
                    case WebSocketMessageType.Close:
                        return null;
                    case WebSocketMessageType.Binary:
                        Close(WebSocketCloseStatus.InvalidMessageType, "text alone is understood");
                        return null;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return message.ToArray();
                }
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return null;
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (Func<Task> send in _outgoing.Reader.ReadAllAsync(aborted))
            {
                await send();
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // Nobody is there to send to; what is still to come is of no use.
            _outgoing.Writer.TryComplete();
        }
    }
}

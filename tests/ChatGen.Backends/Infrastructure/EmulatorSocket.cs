using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGen.Backends.Infrastructure;

/// <summary>A WebSocket of a client. Frames are sent one after the other, whoever sends them.</summary>
internal sealed class EmulatorSocket(WebSocket socket, CancellationToken aborted) : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly SemaphoreSlim _sending = new(1, 1);

    public bool IsOpen => socket.State is WebSocketState.Open;

    /// <summary>Sends a frame.</summary>
    /// <returns><see langword="false"/> if the client is gone.</returns>
    public Task<bool> SendAsync(JsonNode json) => SendAsync(json.ToJsonString());

    /// <inheritdoc cref="SendAsync(JsonNode)"/>
    public Task<bool> SendAsync(string text) => WithSocketAsync(() => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, aborted));

    /// <summary>Says that nothing more comes; the client closes for its part.</summary>
    public Task<bool> CloseAsync(WebSocketCloseStatus status, string description) => WithSocketAsync(() => socket.CloseOutputAsync(status, description, aborted));

    public void Abort() => socket.Abort();

    /// <summary>The next frame's payload.</summary>
    /// <returns><see langword="null"/> if the client has closed, is gone, or sends what is no text.</returns>
    public async Task<byte[]?> ReceiveAsync()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), aborted);
                if (part.MessageType is not WebSocketMessageType.Text)
                {
                    if (socket.State is WebSocketState.CloseReceived)
                    {
                        await CloseAsync(WebSocketCloseStatus.NormalClosure, "");
                    }

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

    public void Dispose() => _sending.Dispose();

    private static bool IsGone(Exception exception) => exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    private async Task<bool> WithSocketAsync(Func<Task> use)
    {
        try
        {
            await _sending.WaitAsync(aborted);
            try
            {
                if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
                {
                    return false;
                }

                await use();
                return true;
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return false;
        }
    }
}

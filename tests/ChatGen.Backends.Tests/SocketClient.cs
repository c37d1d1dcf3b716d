using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGen.Backends.Tests;

/// <summary>A WebSocket that shows what it gets.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public void Dispose() => _socket.Dispose();

    public static async Task<SocketClient> OpenAsync(string uri)
    {
        SocketClient client = new();
        await client._socket.ConnectAsync(new Uri(uri), Deadline.Token);
        return client;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Deadline.Token);

    /// <summary>The next frame as text; <see langword="null"/> if the server has closed.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        int length = 0;
        while (true)
        {
            WebSocketReceiveResult part = await _socket.ReceiveAsync(new ArraySegment<byte>(_buffer, length, _buffer.Length - length), Deadline.Token);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Deadline.Token);
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    /// <summary>The next frame.</summary>
    public async Task<JsonNode> ReceiveAsync() => JsonNode.Parse(await ReceiveTextAsync() ?? throw new InvalidOperationException("The server has closed."))!;
}
